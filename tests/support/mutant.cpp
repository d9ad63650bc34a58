#include "tests/support/mutant.h"

#include "core/dicom/file_outline.h"

#include <QtEndian>
#include <array>

namespace testing_support {

namespace {

using Random = std::mt19937;

qsizetype below(Random& random, qsizetype limit)
{
    return limit <= 0 ? 0 : static_cast<qsizetype>(random() % static_cast<quint64>(limit));
}

template <typename List>
const auto& oneOf(Random& random, const List& list)
{
    return list[static_cast<size_t>(below(random, static_cast<qsizetype>(std::size(list))))];
}

/// Where values and items begin: their lengths stand right before.
QList<qsizetype> values(const QByteArray& bytes)
{
    QList<qsizetype> found;
    dicom::ByteWindow window{QByteArrayView(bytes)};
    if (const auto outline = dicom::outlineOf(window)) {
        const auto take = [&](const dicom::SourcePlace&, dicom::ValueRange range) { found << range.at; };
        dicom::walkStructure(window, outline->dataSetAt, outline->encoding, {}, take);
        if (outline->metaAt > 0)
            dicom::walkStructure(window, outline->metaAt, {}, {}, take);
    }
    const QByteArray item = QByteArray::fromHex("feff00e0");
    for (qsizetype at = bytes.indexOf(item); at >= 0 && at + 8 <= bytes.size();
         at = bytes.indexOf(item, at + 4))
        found << at + 8 << at; // the sequence's own length stands before its first item
    return found;
}

void flipBytes(QByteArray& bytes, Random& random)
{
    for (qsizetype i = 1 + below(random, 8); i > 0 && !bytes.isEmpty(); --i) {
        const qsizetype at = below(random, bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + below(random, 255)));
    }
}

/// The same near the beginning, where the structure is.
void flipHeader(QByteArray& bytes, Random& random)
{
    for (qsizetype i = 1 + below(random, 8); i > 0 && !bytes.isEmpty(); --i)
        bytes[below(random, std::min<qsizetype>(bytes.size(), 2000))] = static_cast<char>(below(random, 256));
}

template <typename Number>
void editLength(QByteArray& bytes, qsizetype valueAt, Random& random)
{
    const qsizetype at = valueAt - static_cast<qsizetype>(sizeof(Number));
    if (at < 0 || valueAt > bytes.size())
        return;
    const QByteArray padding(static_cast<qsizetype>(sizeof(quint32)), '\0');
    const QByteArray number = bytes.mid(at, static_cast<qsizetype>(sizeof(Number))) + padding;
    const auto length = qFromLittleEndian<quint32>(number.constData());
    const std::array<quint32, 9> lengths{0,          0xFFFFFFFF, length + 1, length - 1,       length + 2,
                                         length - 2, 0x7FFFFFFE, length * 2, quint32(random())};
    qToLittleEndian(static_cast<Number>(oneOf(random, lengths)), bytes.data() + at);
}

void editLengths(QByteArray& bytes, Random& random)
{
    const auto places = values(bytes);
    for (qsizetype i = 1 + below(random, 3); i > 0 && !places.isEmpty(); --i) {
        const qsizetype at = oneOf(random, places);
        if (random() % 2)
            editLength<quint32>(bytes, at, random);
        else
            editLength<quint16>(bytes, at, random);
    }
}

void editVr(QByteArray& bytes, Random& random)
{
    constexpr std::array<const char*, 14> vrs{"SQ", "UN", "OB", "OW", "UT", "LO", "US",
                                              "it", "pi", "px", "na", "??", "ZZ", "\0\0"};
    const auto places = values(bytes);
    if (places.isEmpty())
        return;
    const qsizetype at = oneOf(random, places) - (random() % 2 ? 4 : 8);
    if (at >= 0 && at + 2 <= bytes.size())
        bytes.replace(at, 2, QByteArray(oneOf(random, vrs), 2));
}

void cut(QByteArray& bytes, Random& random)
{
    bytes.remove(below(random, bytes.size()), 1 + below(random, std::min<qsizetype>(bytes.size(), 5000)));
}

void cutOff(QByteArray& bytes, Random& random)
{
    bytes.truncate(below(random, bytes.size()));
}

void paste(QByteArray& bytes, Random& random)
{
    const QByteArray piece = bytes.mid(below(random, bytes.size()), 1 + below(random, 5000));
    bytes.insert(below(random, bytes.size()), piece);
}

/// A piece that begins and ends with elements, put where another one begins.
void repeatElements(QByteArray& bytes, Random& random)
{
    const auto places = values(bytes);
    if (places.size() < 2)
        return;
    const qsizetype from = oneOf(random, places) - 8;
    const qsizetype to = std::max(from, oneOf(random, places) - 8);
    const QByteArray piece = bytes.mid(std::max<qsizetype>(from, 0), std::min<qsizetype>(to - from, 4000));
    bytes.insert(std::max<qsizetype>(oneOf(random, places) - 8, 0), piece.repeated(1 + below(random, 50)));
}

/// Sequences in sequences, few or very many, with or without VR.
void nest(QByteArray& bytes, Random& random)
{
    constexpr std::array<const char*, 4> begins{"400030a75351"
                                                "0000ffffffff"
                                                "feff00e0ffffffff",
                                                "400030a7ffffffff"
                                                "feff00e0ffffffff",
                                                "e07f10005351"
                                                "0000ffffffff"
                                                "feff00e0ffffffff",
                                                "09001010554e"
                                                "0000ffffffff"
                                                "feff00e0ffffffff"};
    constexpr std::array<qsizetype, 5> depths{1, 63, 65, 1000, 20'000};
    const auto places = values(bytes);
    const qsizetype at = places.isEmpty() ? below(random, bytes.size()) : oneOf(random, places) - 8;
    bytes.insert(std::max<qsizetype>(at, 0),
                 QByteArray::fromHex(oneOf(random, begins)).repeated(oneOf(random, depths)));
}

void changeTransferSyntax(QByteArray& bytes, Random& random)
{
    constexpr std::array<const char*, 8> syntaxes{
        "1.2.840.10008.1.2",      "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2",  "1.2.840.10008.1.2.1.99",
        "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2\0x", ""};
    const QByteArray header = QByteArray::fromHex("020010005549");
    const qsizetype at = bytes.indexOf(header);
    if (at < 0 || at + 8 > bytes.size())
        return flipHeader(bytes, random);
    const auto length = qFromLittleEndian<quint16>(bytes.constData() + at + 6);
    bytes.replace(at + 8, length, QByteArray(oneOf(random, syntaxes)).leftJustified(length, '\0', true));
}

struct Way {
    const char* name;
    void (*damage)(QByteArray&, Random&);
};
constexpr std::array<Way, 10> ways{{{"flipped bytes", flipBytes},
                                    {"flipped bytes of the header", flipHeader},
                                    {"edited lengths", editLengths},
                                    {"edited value representation", editVr},
                                    {"cut out", cut},
                                    {"cut off", cutOff},
                                    {"pasted", paste},
                                    {"repeated elements", repeatElements},
                                    {"nested sequences", nest},
                                    {"changed transfer syntax", changeTransferSyntax}}};

} // namespace

QByteArray mutant(QByteArray bytes, std::mt19937& random, QString& kind)
{
    const Way& way = oneOf(random, ways);
    kind = QString::fromLatin1(way.name);
    way.damage(bytes, random);
    if (random() % 4 == 0)
        flipHeader(bytes, random);
    return bytes;
}

} // namespace testing_support

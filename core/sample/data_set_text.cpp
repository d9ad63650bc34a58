#include "core/sample/data_set_text.h"

#include <QStringList>
#include <QtEndian>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace sample {

using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

namespace {

struct Kanji {
    char16_t character;
    quint16 code;
};

constexpr Kanji knownKanji[] = {
    {u'佐', 0x3a34}, {u'藤', 0x4623}, {u'花', 0x3256}, {u'子', 0x3b52}, {u'東', 0x456c}, {u'京', 0x357e},
    {u'中', 0x4366}, {u'央', 0x317b}, {u'病', 0x4942}, {u'院', 0x3121}, {u'木', 0x4c5a}, {u'下', 0x323c},
};

/// JIS X 0208; 0 when not known here.
quint16 jisCode(char16_t c)
{
    if (c >= 0x3041 && c <= 0x3093)
        return static_cast<quint16>(0x2421 + (c - 0x3041));
    const auto found = std::find_if(std::begin(knownKanji), std::end(knownKanji),
                                    [c](const Kanji& kanji) { return kanji.character == c; });
    return found == std::end(knownKanji) ? 0 : found->code;
}

QByteArray encodeJapanese(QStringView text)
{
    QByteArray bytes;
    bool inJis = false;
    for (const QChar c : text) {
        const quint16 code = jisCode(c.unicode());
        if ((code != 0) != inJis)
            bytes += inJis ? "\x1b(B" : "\x1b$B";
        inJis = code != 0;
        if (inJis)
            bytes.append(static_cast<char>(code >> 8)).append(static_cast<char>(code & 0xff));
        else
            bytes += c.unicode() < 0x80 ? static_cast<char>(c.unicode()) : '?';
    }
    if (inJis)
        bytes += "\x1b(B";
    return bytes;
}

bool isDelimiter(QChar c)
{
    return c == u'\\' || c == u'^' || c == u'=' || c.unicode() < 0x20;
}

QByteArray encodeLatinAndGreek(QStringView text)
{
    QByteArray bytes;
    bool greekIsActive = false;
    for (const QChar c : text) {
        const bool isGreek = c.unicode() >= 0x384 && c.unicode() <= 0x3ce;
        // Delimiters bring the first character set back by themselves.
        if (isDelimiter(c))
            greekIsActive = false;
        else if (c.unicode() >= 0x80 && isGreek != greekIsActive) {
            bytes += isGreek ? "\x1b-F" : "\x1b-A";
            greekIsActive = isGreek;
        }
        bytes += static_cast<char>(isGreek ? c.unicode() - 0x2d0 : std::min<char16_t>(c.unicode(), 0xff));
    }
    return bytes;
}

template <typename Number>
void appendNumber(QByteArray& bytes, Number number)
{
    char buffer[sizeof number];
    qToLittleEndian(number, buffer);
    bytes.append(buffer, sizeof number);
}

QByteArray encodeNumbers(Vr vr, const QString& text)
{
    QByteArray bytes;
    const auto parts = text.split(u'\\', Qt::SkipEmptyParts);
    for (const auto& part : parts) {
        switch (vr) {
        case Vr::FD:
            appendNumber(bytes, part.toDouble());
            break;
        case Vr::FL:
            appendNumber(bytes, part.toFloat());
            break;
        case Vr::SL:
            appendNumber(bytes, static_cast<qint32>(part.toLongLong()));
            break;
        case Vr::UL:
            appendNumber(bytes, static_cast<quint32>(part.toLongLong()));
            break;
        default:
            appendNumber(bytes, static_cast<quint16>(part.toInt()));
            break;
        }
    }
    return bytes;
}

QByteArray encodeTag(const QString& text)
{
    const auto tag = dicom::parseTag(text).value_or(Tag{});
    QByteArray bytes;
    appendNumber(bytes, tag.group);
    appendNumber(bytes, tag.element);
    return bytes;
}

QByteArray encode(Vr vr, const QString& text, Repertoire repertoire)
{
    using Content = dicom::VrInfo::Content;
    const auto content = dicom::info(vr).content;
    if (content == Content::Numbers)
        return encodeNumbers(vr, text);
    if (content == Content::Tags)
        return encodeTag(text);
    const bool isHex = content == Content::Bytes && text.startsWith(u'#');
    auto bytes = isHex ? QByteArray::fromHex(text.mid(1).toLatin1()) : encodeText(text, repertoire);
    return dicom::padded(std::move(bytes), vr);
}

QString replaced(QString line, const Variables& variables)
{
    if (!line.contains(u'{'))
        return line;
    for (auto it = variables.begin(); it != variables.end(); ++it)
        line.replace(u'{' + it.key() + u'}', it.value());
    Q_ASSERT_X(!line.contains(u'{'), "sample", "a variable has no value");
    return line;
}

class Lines {
public:
    Lines(const char* utf8, Repertoire repertoire, const Variables& variables)
        : m_lines(QString::fromUtf8(utf8).split(u'\n', Qt::SkipEmptyParts))
        , m_repertoire(repertoire)
        , m_variables(variables)
    {
    }

    void addTo(DataSet& dataSet, int depth = 0)
    {
        while (m_next < m_lines.size() && depthOf(m_lines[m_next]) == depth) {
            const QString line = m_lines[m_next].mid(depth);
            if (line == "--"_L1)
                return;
            ++m_next;
            addLine(dataSet, replaced(line, m_variables), depth);
        }
    }

private:
    static int depthOf(const QString& line)
    {
        const auto end = std::find_if(line.begin(), line.end(), [](QChar c) { return c != u'>'; });
        return static_cast<int>(std::distance(line.begin(), end));
    }

    void addLine(DataSet& dataSet, const QString& line, int depth)
    {
        const auto tag = dicom::parseTag(line.left(9));
        const auto vr = dicom::parseVr(QStringView(line).mid(10, 2));
        Q_ASSERT_X(tag && vr, "sample", qPrintable(line));
        if (*vr == Vr::SQ)
            dataSet.set(Element::make(*tag, items(depth + 1)));
        else
            dataSet.set(*tag, *vr, encode(*vr, line.mid(13), m_repertoire));
    }

    Element::Items items(int depth)
    {
        Element::Items result;
        while (m_next < m_lines.size() && depthOf(m_lines[m_next]) == depth) {
            if (m_lines[m_next].mid(depth) == "--"_L1)
                ++m_next;
            addTo(result.emplace_back(), depth);
        }
        return result;
    }

    QStringList m_lines;
    Repertoire m_repertoire;
    const Variables& m_variables;
    qsizetype m_next = 0;
};

} // namespace

QString specificCharacterSet(Repertoire repertoire)
{
    switch (repertoire) {
    case Repertoire::Latin1:
        return u"ISO_IR 100"_s;
    case Repertoire::LatinAndGreek:
        return u"ISO 2022 IR 100\\ISO 2022 IR 126"_s;
    case Repertoire::Japanese:
        return u"\\ISO 2022 IR 87"_s;
    case Repertoire::Utf8:
        break;
    }
    return u"ISO_IR 192"_s;
}

QByteArray encodeText(QStringView text, Repertoire repertoire)
{
    switch (repertoire) {
    case Repertoire::Latin1:
        return text.toLatin1();
    case Repertoire::LatinAndGreek:
        return encodeLatinAndGreek(text);
    case Repertoire::Japanese:
        return encodeJapanese(text);
    case Repertoire::Utf8:
        break;
    }
    return text.toUtf8();
}

void addText(DataSet& dataSet, const char* utf8Lines, Repertoire repertoire, const Variables& variables)
{
    Lines(utf8Lines, repertoire, variables).addTo(dataSet);
}

void addElement(DataSet& dataSet, quint32 tag, Vr vr, const QString& text, Repertoire repertoire)
{
    dataSet.set(dicom::tagOf(tag), vr, encode(vr, text, repertoire));
}

} // namespace sample

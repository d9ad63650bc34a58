// Words that nobody else has, planted in every place of an object that can hold one: what has to go is gone,
// and what stays is told.

#include "core/deid/deidentify.h"
#include "core/dicom/dicom_file.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/overlay_bits.h"
#include "core/dicom/reader.h"
#include "core/dicom/uid.h"
#include "core/write/writer.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/remains.h"

#include <QDate>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <iostream>
#include <random>

namespace {

using namespace testing_support;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

/// What a planted word must come to.
enum class Fate { Goes, GoesOrIsTold };

struct Planted {
    QByteArray word;
    Fate fate;
    QString where;
};

/// 20 kinds of objects.
const char* const sopClasses[] = {
    "1.2.840.10008.5.1.4.1.1.1",     "1.2.840.10008.5.1.4.1.1.1.2",    "1.2.840.10008.5.1.4.1.1.2",
    "1.2.840.10008.5.1.4.1.1.2.1",   "1.2.840.10008.5.1.4.1.1.4",      "1.2.840.10008.5.1.4.1.1.4.1",
    "1.2.840.10008.5.1.4.1.1.6.1",   "1.2.840.10008.5.1.4.1.1.7",      "1.2.840.10008.5.1.4.1.1.9.1.1",
    "1.2.840.10008.5.1.4.1.1.11.1",  "1.2.840.10008.5.1.4.1.1.12.1",   "1.2.840.10008.5.1.4.1.1.20",
    "1.2.840.10008.5.1.4.1.1.66.4",  "1.2.840.10008.5.1.4.1.1.77.1.4", "1.2.840.10008.5.1.4.1.1.88.33",
    "1.2.840.10008.5.1.4.1.1.104.1", "1.2.840.10008.5.1.4.1.1.128",    "1.2.840.10008.5.1.4.1.1.481.3",
    "1.2.840.10008.5.1.4.1.1.481.5", "1.2.3.4.5.private.class",
};

class Planter {
public:
    explicit Planter(quint32 seed)
        : m_random(seed)
    {
    }

    /// A word of its own for a value of that representation; empty where it holds none.
    QByteArray word(Vr vr)
    {
        const int number = ++m_count;
        const QByteArray digits = QByteArray::number(10'000 + number);
        switch (vr) {
        case Vr::UI:
            return "1.2.99." + digits;
        case Vr::DA:
            return QDate(1600, 1, 1).addDays(number).toString(QStringLiteral("yyyyMMdd")).toLatin1();
        case Vr::DT:
            return "17000101101112." + digits;
        case Vr::TM:
            return "101112." + digits;
        case Vr::AE:
        case Vr::PN:
        case Vr::LO:
        case Vr::SH:
        case Vr::ST:
        case Vr::LT:
        case Vr::UC:
        case Vr::UT:
        case Vr::UR:
        case Vr::OB:
        case Vr::UN:
            return "TOK" + digits;
        case Vr::CS:
        case Vr::DS:
        case Vr::IS:
        case Vr::AS:
            return "tok" + digits; // no code, number or age
        default:
            return {};
        }
    }

    void plant(DataSet& holder, Tag tag, Vr vr, Fate fate, QList<Planted>& planted)
    {
        const QByteArray word = this->word(vr);
        if (word.isEmpty())
            return;
        QByteArray bytes = word;
        if (bytes.size() % 2)
            bytes += vr == Vr::UI || vr == Vr::OB ? '\0' : ' ';
        holder.set(tag, oneOf(4) && vr != Vr::OB ? Vr::UN : vr,
                   bytes); // some archives do not know what it is
        planted << Planted{word, fate, dicom::toString(tag)};
    }

    bool oneOf(int count) { return m_random() % static_cast<quint32>(count) == 0; }

private:
    std::mt19937 m_random;
    int m_count = 0;
};

/// Attributes that make the object what it is.
bool isLeftAlone(Tag tag)
{
    constexpr Tag alone[] = {dicom::tags::SpecificCharacterSet,
                             dicom::tags::SOPClassUID,
                             dicom::tags::PatientName,
                             dicom::tags::PatientID,
                             {0x0012, 0x0063},
                             {0x0012, 0x0064},
                             {0x0012, 0x0062},
                             {0x0028, 0x0303}};
    return std::find(std::begin(alone), std::end(alone), tag) != std::end(alone) || tag.group < 0x0008
        || dicom::namesKind(tag) || tag.group == 0x7FE0 || tag.isPrivate() || tag.group == 0xFFFC;
}

/// Everything that can stand at one level, or one attribute of `share`, by chance.
DataSet level(Planter& planter, QList<Planted>& planted, int share = 1)
{
    constexpr Tag overlayData{0x6000, 0x3000}; // the overlay is to lie in the pixels
    DataSet result;
    for (const auto& [tag, entry] : dicom::standardEntries()) {
        if (isLeftAlone(tag) || tag.isGroupLength() || tag == overlayData || !planter.oneOf(share))
            continue;
        const bool hasRow = deid::ruleOf(tag) || dicom::isOverlay(tag);
        planter.plant(result, tag, entry.vr, hasRow ? Fate::Goes : Fate::GoesOrIsTold, planted);
    }
    for (const Vr vr : {Vr::LO, Vr::PN, Vr::UI, Vr::UN, Vr::OB, Vr::DA})
        planter.plant(result, {0x0099, static_cast<quint16>(0x1000 + static_cast<int>(vr))}, vr, Fate::Goes,
                      planted);
    result.set({0x0099, 0x0010}, Vr::LO, "TOKENS");
    planter.plant(result, {0x0010, 0x9999}, Vr::LO, Fate::Goes, planted); // no edition has it
    return result;
}

QByteArray implicitItem(const DataSet& content)
{
    QByteArray bytes;
    const auto number = [&](quint32 value, int size) {
        for (int i = 0; i < size; ++i)
            bytes.append(static_cast<char>(value >> (8 * i)));
    };
    for (const auto& element : content) {
        number(element->tag().group, 2);
        number(element->tag().element, 2);
        number(static_cast<quint32>(element->bytes().size()), 4);
        bytes += element->bytes();
    }
    QByteArray item = QByteArray::fromHex("feff00e0");
    for (int i = 0; i < 4; ++i)
        item.append(static_cast<char>(bytes.size() >> (8 * i)));
    return item + bytes;
}

struct Object {
    QByteArray bytes;
    QList<Planted> planted;
};

Object objectOf(const char* sopClass, Planter& planter)
{
    Object object;
    DataSet dataSet = level(planter, object.planted);
    dataSet.set(Element::make({0x0054, 0x0016}, Element::Items{level(planter, object.planted, 5)}));
    dataSet.set({0x0028, 0x3010}, Vr::UN,
                implicitItem(level(planter, object.planted, 10))); // as UN, defined length
    dataSet.set(dicom::tags::SOPClassUID, Vr::UI, QByteArray(sopClass).append(strlen(sopClass) % 2, '\0'));
    planter.plant(dataSet, {0x0010, 0x0010}, Vr::PN, Fate::Goes, object.planted);
    planter.plant(dataSet, {0x0010, 0x0020}, Vr::LO, Fate::Goes, object.planted);
    planter.plant(dataSet, {0x6000, 0x0022}, Vr::LO, Fate::Goes, object.planted);
    const auto us = [&](Tag tag, char value) { dataSet.set(tag, Vr::US, QByteArray(1, value) + '\0'); };
    us({0x0028, 0x0100}, 16);
    us({0x0028, 0x0101}, 12);
    us({0x0028, 0x0102}, 11);
    us({0x6000, 0x0100}, 16);
    us({0x6000, 0x0102}, 15);
    dataSet.set(dicom::tags::PixelData, Vr::OW, QByteArray(64, '\xFF'));
    dataSet.set(dicom::tags::DataSetTrailingPadding, Vr::OB, "PADTOKEN");
    object.planted << Planted{"PADTOKEN", Fate::Goes, QStringLiteral("padding")}
                   << Planted{"PRETOKEN", Fate::Goes, QStringLiteral("preamble")};
    object.bytes = dicomBytes(dataSet);
    object.bytes.replace(0, 8, "PRETOKEN");
    return object;
}

/// Eight digits may stand in a long UID by chance: a date has its length in front of it.
bool holds(const QByteArray& file, const QByteArray& word)
{
    if (word.size() != 8 || word[0] != '1')
        return file.contains(word);
    return file.contains(QByteArray("\x08\x00", 2) + word)
        || file.contains(QByteArray("\x08\x00\x00\x00", 4) + word);
}

QString toldOf(const QList<residue::Remainder>& remains)
{
    QString all;
    for (const auto& left : remains)
        all += left.what + u'=' + left.value + u'\n';
    return all;
}

} // namespace

TEST(Planter, NothingStaysThatHasToGoAndNothingStaysWithoutAWord)
{
    const quint32 seed = qEnvironmentVariableIntValue("PLANTER_SEED") != 0
        ? static_cast<quint32>(qEnvironmentVariableIntValue("PLANTER_SEED"))
        : 4711;
    std::cout << "seed " << seed << " (PLANTER_SEED=… for another one)\n";
    Planter planter(seed);
    QTemporaryDir folder;
    int words = 0;
    int told = 0;
    for (const char* sopClass : sopClasses) {
        const Object object = objectOf(sopClass, planter);
        const QString name = QString::fromLatin1(sopClass);
        const QString path = writeFile(folder.filePath(QStringLiteral("in/") + name), object.bytes);
        const auto read = dicom::readFile(path);
        ASSERT_TRUE(read.ok()) << read.error().message().toStdString();
        const auto instance = std::make_shared<const catalog::Instance>(
            catalog::instanceOf(*read, 0, folder.filePath(QStringLiteral("in"))));
        const edit::EditList edits{std::make_shared<const edit::Edit>(edit::Edit{{}, {0}, deid::Profile()})};
        edit::Evaluator evaluator({"seed"});
        const auto evaluated = evaluator.evaluate(*instance, edits);
        ASSERT_TRUE(evaluated.ok());
        const dicom::DicomFile file(*read, evaluated->meta, evaluated->dataSet);
        const QString target = folder.filePath(name);
        ASSERT_TRUE(file.write(target).ok());
        const Outcome verified = file.verify(target);
        ASSERT_TRUE(verified.ok()) << verified.error().message().toStdString();
        writer::WriteReport report;
        report.files << writer::FileOutcome{{instance, path, target, folder.path()},
                                            writer::FileOutcome::Status::Written};
        const QByteArray written = readBytes(target);
        const QString remains = toldOf(testing_support::whatRemains(report, {}, edits, evaluator));
        for (const Planted& each : object.planted) {
            ++words;
            const bool isThere = holds(written, each.word);
            if (each.fate == Fate::Goes)
                EXPECT_FALSE(isThere) << each.where.toStdString() << " in " << sopClass;
            else if (isThere) {
                ++told;
                EXPECT_TRUE(remains.contains(QString::fromLatin1(each.word)))
                    << each.where.toStdString() << " in " << sopClass << " is not told";
            }
        }
        EXPECT_EQ(written.right(64), QByteArray::fromHex("ff7f").repeated(32)) << "the overlay's bit";
    }
    std::cout << words << " words planted, " << told << " stay and are told\n";
    EXPECT_GT(words, 50'000);
}

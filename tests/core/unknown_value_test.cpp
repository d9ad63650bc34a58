#include "core/dicom/unknown_value.h"

#include "core/dicom/dicom_file.h"
#include "core/dicom/reader.h"
#include "core/edit/edit.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <ctime>
#include <gtest/gtest.h>

namespace {

using dicom::DataSet;
using dicom::Tag;
using dicom::Vr;
using testing_support::dataSet;
using testing_support::text;

/// Tag, length and value in implicit VR little endian.
QByteArray implicitElement(Tag tag, const QByteArray& value, bool isOpen = false)
{
    QByteArray bytes;
    const auto number = [&](quint32 value32, int size) {
        for (int i = 0; i < size; ++i)
            bytes.append(static_cast<char>(value32 >> (8 * i)));
    };
    number(tag.group, 2);
    number(tag.element, 2);
    number(isOpen ? 0xFFFFFFFFU : static_cast<quint32>(value.size()), 4);
    return bytes + value;
}

QByteArray item(const QByteArray& content, bool isOpen = false)
{
    const QByteArray end = isOpen ? implicitElement(dicom::tags::ItemDelimitationItem, {}) : QByteArray();
    return implicitElement(dicom::tags::Item, content + end, isOpen);
}

DataSet withUnknown(Tag tag, const QByteArray& bytes, const char* more = "")
{
    DataSet result = dataSet(QString::fromUtf8(more));
    result.set(tag, Vr::UN, bytes);
    return result;
}

constexpr Tag referencedSeries{0x0008, 0x1115};
constexpr Tag radiopharmaceutical{0x0054, 0x0016};

} // namespace

TEST(UnknownValue, IsReadAsWhatTheDictionarySays)
{
    const struct {
        Tag tag;
        QByteArray bytes;
        const char* expected;
    } cases[] = {
        {{0x0010, 0x4000}, "lives in Rye", "(0010,4000) LT lives in Rye"},
        {{0x0010, 0x0010}, "Doe^Jane", "(0010,0010) PN Doe^Jane"},
        {{0x0008, 0x0020}, "20190507", "(0008,0020) DA 20190507"},
        {{0x0028, 0x0010}, QByteArray("\x00\x02", 2), "(0028,0010) US 512"},
        {{0x0008, 0x0018}, QByteArray("1.2.3\0", 6), "(0008,0018) UI 1.2.3"},
        {{0x0028, 0x0009}, QByteArray("\x18\x00\x63\x10", 4), "(0028,0009) AT (0018,1063)"},
    };
    for (const auto& each : cases)
        EXPECT_EQ(text(dicom::withUnknownValuesRead(withUnknown(each.tag, each.bytes))).trimmed(),
                  QString::fromUtf8(each.expected));
}

TEST(UnknownValue, OfASequenceHasItemsAtAnyDepthWhateverTheLengths)
{
    const QByteArray instance = implicitElement({0x0008, 0x1155}, QByteArray("1.2.3\0", 6));
    for (const bool isOpen : {false, true}) {
        QByteArray inner = item(instance, isOpen);
        if (isOpen)
            inner += implicitElement(dicom::tags::SequenceDelimitationItem, {});
        const QByteArray series = item(implicitElement({0x0008, 0x114A}, inner, isOpen)
                                           + implicitElement({0x0020, 0x000E}, "1.2.4 "),
                                       isOpen);
        const DataSet read = dicom::withUnknownValuesRead(withUnknown(referencedSeries, series));
        const dicom::Element* sequence = read.find(referencedSeries);
        ASSERT_TRUE(sequence->isSequence()) << isOpen;
        EXPECT_TRUE(sequence->isStoredAsUnknown());
        EXPECT_EQ(sequence->storedBytes(), series);
        ASSERT_EQ(sequence->items().size(), 1U);
        EXPECT_EQ(sequence->items()[0].bytes({0x0020, 0x000E}), "1.2.4");
        const dicom::Element* nested = sequence->items()[0].find({0x0008, 0x114A});
        ASSERT_TRUE(nested && nested->isSequence()) << isOpen;
        EXPECT_EQ(nested->items()[0].bytes({0x0008, 0x1155}), "1.2.3");
    }
}

TEST(UnknownValue, OfPrivateAttributesIsReadByTheirCreator)
{
    // (0029,xx10) of SIEMENS CSA HEADER is OB, (0019,xx0C) of SIEMENS MR HEADER is IS.
    DataSet siemens = withUnknown({0x0019, 0x100C}, "1000", "(0019,0010) LO SIEMENS MR HEADER\n");
    EXPECT_EQ(dicom::withUnknownValuesRead(siemens).find({0x0019, 0x100C})->vr(), Vr::IS);
    siemens.set({0x0019, 0x0010}, Vr::UN, "SIEMENS MR HEADER ");
    const DataSet read = dicom::withUnknownValuesRead(siemens);
    EXPECT_EQ(read.find({0x0019, 0x0010})->vr(), Vr::LO) << "the creator may be UN itself";
    EXPECT_EQ(read.find({0x0019, 0x100C})->vr(), Vr::IS);
    EXPECT_EQ(
        dicom::withUnknownValuesRead(withUnknown({0x0019, 0x100C}, "1000")).find({0x0019, 0x100C})->vr(),
        Vr::UN)
        << "nobody says what it is";
}

TEST(UnknownValue, ThatDoesNotFitStaysWhatItIs)
{
    const std::pair<Tag, QByteArray> cases[] = {
        {radiopharmaceutical, "Injected by Ivan"},
        {radiopharmaceutical, item(implicitElement({0x0008, 0x1155}, "1.2.3 ")).chopped(2)},
        {radiopharmaceutical, item({}) + "Quill"},
        {radiopharmaceutical,
         item(implicitElement({0x0010, 0x0020}, "ID") + implicitElement({0x0010, 0x0010}, "Doe^Jane"))},
        {{0x0028, 0x0010}, "abc"},
        {{0x0008, 0x0020},
         QByteArray("2019\0"
                    "507",
                    8)},
        {{0x0010, 0x9999}, "who knows"},
    };
    for (const auto& [tag, bytes] : cases) {
        const DataSet before = withUnknown(tag, bytes);
        EXPECT_TRUE(dicom::withUnknownValuesRead(before) == before) << bytes.toStdString();
    }
}

TEST(UnknownValue, NestsNoDeeperThanTheLimit)
{
    QByteArray bytes = item(implicitElement({0x0010, 0x0010}, "Doe^Jane"));
    for (int i = 0; i < 500; ++i)
        bytes = item(implicitElement({0x0008, 0x1115}, bytes));
    int depth = 0;
    DataSet level = dicom::withUnknownValuesRead(withUnknown(referencedSeries, bytes));
    while (const dicom::Element* sequence = level.find(referencedSeries)) {
        if (!sequence->isSequence())
            break;
        const DataSet inside = sequence->items()[0];
        level = inside;
        ++depth;
    }
    EXPECT_LE(depth, 65);
    EXPECT_GE(depth, 60);
}

/// Looked at anew on every level it would take for ever: three open sequences around each value that fails.
TEST(UnknownValue, ThatFailsDeepInsideIsLookedAtOnce)
{
    const auto open = [](const QByteArray& content) {
        return implicitElement(
            {0x0008, 0x1115},
            item(content, true) + implicitElement(dicom::tags::SequenceDelimitationItem, {}), true);
    };
    QByteArray bytes = item(implicitElement({0x0010, 0x0010}, "Doe ")) + "garbage!";
    for (int i = 0; i < 15; ++i)
        bytes = item(open(open(open(implicitElement({0x0040, 0xA730}, bytes))))) + "garbage!";
    const std::clock_t began = std::clock();
    const DataSet read = dicom::withUnknownValuesRead(withUnknown({0x0040, 0xA730}, bytes.chopped(8)));
    EXPECT_LT(std::clock() - began, 5 * CLOCKS_PER_SEC);
    EXPECT_TRUE(read.find({0x0040, 0xA730})->isSequence());
}

/// What the file before says is taken over only where it means the same: other creators, or pixels of another
/// sign, make something else of the very same element.
TEST(UnknownValue, OfFilesOneAfterTheOtherIsThatOfEachFileAlone)
{
    const auto element = [](Tag tag, const QByteArray& bytes) {
        return dicom::Element::make(tag, Vr::UN, bytes);
    };
    const auto creator = [](const char* name) {
        return dicom::Element::make({0x0019, 0x0010}, Vr::LO, name);
    };
    const auto sign = [](const char* hex) {
        return dicom::Element::make({0x0028, 0x0103}, Vr::US, QByteArray::fromHex(hex));
    };
    const dicom::ElementPtr shared[] = {
        element({0x0010, 0x4000}, "Rye "), element({0x0019, 0x100C}, "1000"),
        element({0x0028, 0x0106}, QByteArray::fromHex("feff0100")), // US or SS
        dicom::Element::make({0x0040, 0xA730}, dicom::Element::Items{withUnknown({0x0010, 0x4000}, "deep")})};
    const dicom::ElementPtr creators[] = {
        {},
        creator("SIEMENS MR HEADER"),
        creator("GEMS_ACQU_01"),
        dicom::Element::make({0x0019, 0x0010}, Vr::UN, "SIEMENS MR HEADER "),
        creator("nobody knows")};
    const dicom::ElementPtr signs[] = {{}, sign("0000"), sign("0100")};
    std::vector<DataSet> files;
    for (const auto& eachCreator : creators)
        for (const auto& eachSign : signs) {
            DataSet file;
            for (const auto& each : shared)
                file.set(each);
            if (eachCreator)
                file.set(eachCreator);
            if (eachSign)
                file.set(eachSign);
            files.push_back(file);
        }
    for (const DataSet& before : files)
        for (const DataSet& file : files) {
            dicom::UnknownValues values;
            values.read(before);
            EXPECT_EQ(text(values.read(file)).toStdString(),
                      text(dicom::withUnknownValuesRead(file)).toStdString())
                << "after " << text(before).toStdString();
        }
    dicom::UnknownValues values;
    const DataSet once = values.read(files[4]);
    const DataSet again = values.read(files[4]);
    for (auto a = once.begin(), b = again.begin(); a != once.end(); ++a, ++b)
        EXPECT_EQ(a->data(), b->data()) << "shared, not made again";
    EXPECT_NE(once.begin()->data(), files[4].begin()->data());
}

TEST(UnknownValue, IsWrittenAsItWasUntilSomethingInItIsChanged)
{
    QTemporaryDir folder;
    const QByteArray items = item(implicitElement({0x0008, 0x1050}, "Injector^Ivan ")
                                  + implicitElement({0x0018, 0x1072}, "093000"));
    DataSet image = testing_support::ctImage(1, 1, 1);
    image.set(radiopharmaceutical, Vr::UN, items);
    image.set({0x0010, 0x4000}, Vr::UN, "lives in Rye");
    const QString path =
        testing_support::writeFile(folder.filePath(QStringLiteral("in")), testing_support::dicomBytes(image));
    const auto read = dicom::readFile(path);
    ASSERT_TRUE(read.ok());
    const auto byDcmtk = dicom::readFileByDcmtk(path);
    EXPECT_TRUE(read->dataSet == byDcmtk->dataSet) << "both ways of reading agree";
    const catalog::Instance instance = catalog::instanceOf(*read, 0, folder.path());

    const auto write = [&](const char* where, const QString& value, const QString& name) {
        const auto edit = std::make_shared<const edit::Edit>(edit::Edit{
            {},
            {0},
            QList<edit::AttributeOperation>{
                {*dicom::AttributePath::parse(QString::fromLatin1(where)), edit::Action::Assign, value}}});
        const auto evaluated = edit::evaluate(instance, {edit}, {"seed"});
        const dicom::DicomFile file(*read, evaluated->meta, evaluated->dataSet);
        const QString target = folder.filePath(name);
        EXPECT_TRUE(file.write(target).ok());
        EXPECT_TRUE(file.verify(target).ok());
        return testing_support::readBytes(target);
    };
    const QByteArray elsewhere = write("(0008,0050)", QStringLiteral("A2"), QStringLiteral("elsewhere"));
    EXPECT_TRUE(elsewhere.contains(items)) << "byte for byte";
    EXPECT_TRUE(elsewhere.contains(QByteArray("\x54\x00\x16\x00UN", 6)));
    EXPECT_TRUE(elsewhere.contains(QByteArray("\x10\x00\x00\x40UN", 6)));
    const QByteArray inside =
        write("(0054,0016)[0]/(0008,1050)", QStringLiteral("Nobody"), QStringLiteral("inside"));
    EXPECT_TRUE(inside.contains(QByteArray("\x54\x00\x16\x00SQ", 6)));
    EXPECT_TRUE(inside.contains(QByteArray("\x08\x00\x50\x10PN", 6)));
    EXPECT_FALSE(inside.contains("Injector"));
}

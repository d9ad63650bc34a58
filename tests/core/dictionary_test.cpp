#include "core/dicom/dictionary.h"
#include "core/dicom/dictionary_table.h"
#include "core/dicom/reader.h"
#include "tests/support/corpus.h"

#include <QDirIterator>
#include <algorithm>
#include <gtest/gtest.h>
#include <thread>

using namespace dicom;

namespace {

/// "Patient's Name PatientName PN 1", as far as there is something.
std::string text(const DictionaryEntry* entry)
{
    if (!entry)
        return "unknown";
    QStringList parts{entry->name, entry->keyword, name(entry->vr), entry->vm};
    if (entry->retired)
        parts.append(QStringLiteral("retired"));
    parts.removeAll(QString());
    return parts.join(u'|').toStdString();
}

std::string standard(quint32 tag)
{
    return text(findStandard(tagOf(tag)));
}

std::string privateOf(QStringView creator, quint32 tag)
{
    return text(findPrivate(creator, tagOf(tag)));
}

} // namespace

TEST(Dictionary, KnowsPublicAttributes)
{
    EXPECT_EQ(standard(0x00100010), "Patient's Name|PatientName|PN|1");
    EXPECT_EQ(standard(0x00080005), "Specific Character Set|SpecificCharacterSet|CS|1-n");
    EXPECT_EQ(standard(0x00020010), "Transfer Syntax UID|TransferSyntaxUID|UI|1");
    EXPECT_EQ(standard(0x00041220), "Directory Record Sequence|DirectoryRecordSequence|SQ|1");
    EXPECT_EQ(standard(0x7FE00010), "Pixel Data|PixelData|OB|1");
    EXPECT_EQ(standard(0x00280106), "Smallest Image Pixel Value|SmallestImagePixelValue|US|1");
    EXPECT_EQ(standard(0x00080010), "Recognition Code|RecognitionCode|SH|1|retired");
    EXPECT_EQ(standard(0x00189445), "unknown"); // retired, and its name withdrawn
    EXPECT_EQ(standard(0x00100011), "unknown");
    EXPECT_EQ(standard(0x00091001), "unknown");
    EXPECT_EQ(findStandard(tags::PatientName), findStandard(tags::PatientName));
}

TEST(Dictionary, KnowsKeywordsThatAreNotTheNamesLetters)
{
    EXPECT_EQ(standard(0x00041130), "File-set ID|FileSetID|CS|1");
    EXPECT_EQ(standard(0x00181153), "Exposure in µAs|ExposureInuAs|IS|1");
    EXPECT_EQ(standard(0x00080050), "Accession Number|AccessionNumber|SH|1");
    EXPECT_EQ(standard(0x00082112), "Source Image Sequence|SourceImageSequence|SQ|1");
}

TEST(Dictionary, KnowsRepeatingGroups)
{
    EXPECT_EQ(standard(0x60003000), "Overlay Data|OverlayData|OB|1");
    EXPECT_EQ(standard(0x601E3000), "Overlay Data|OverlayData|OB|1");
    EXPECT_EQ(standard(0x50022500), "Curve Label|CurveLabel|LO|1|retired");
    EXPECT_EQ(standard(0x00203142), "Source Image IDs|SourceImageIDs|CS|1-n|retired");
    EXPECT_EQ(standard(0x00280410),
              "Rows For Nth Order Coefficients|RowsForNthOrderCoefficients|US|1|retired");
    EXPECT_EQ(standard(0x00280400), "Transform Label|TransformLabel|LO|1|retired"); // not one of (0028,04x0)
    EXPECT_EQ(standard(0x10000000), "Group Length|UL|1|retired"); // nor one of (1000,xxx0)
    EXPECT_EQ(standard(0x60013000), "unknown"); // odd: private
    EXPECT_EQ(standard(0x52009229), "Shared Functional Groups Sequence|SharedFunctionalGroupsSequence|SQ|1");
    EXPECT_EQ(findByText(u"OverlayData"), (Tag{0x6000, 0x3000}));
}

TEST(Dictionary, NamesGroupLengths)
{
    EXPECT_EQ(standard(0x00100000), "Group Length|UL|1|retired");
    EXPECT_EQ(standard(0x00020000), "File Meta Information Group Length|FileMetaInformationGroupLength|UL|1");
    EXPECT_EQ(privateOf(u"", 0x00090000), "Group Length|UL|1|retired");
}

TEST(Dictionary, KnowsPrivateElementsInAnyBlock)
{
    EXPECT_EQ(privateOf(u"GEMS_ACQU_01", 0x001910BB), privateOf(u"GEMS_ACQU_01", 0x001942BB));
    EXPECT_EQ(privateOf(u"SIEMENS MR HEADER", 0x0019100C), "B_value|IS|1");
    EXPECT_EQ(privateOf(u"SIEMENS MR HEADER", 0x00191009), "CSA Image Header Version|LO|1");
    EXPECT_EQ(privateOf(u"SIEMENS CSA HEADER", 0x00291010), "CSA Image Header Info|OB|1");
    EXPECT_EQ(privateOf(u"SIEMENS MR SDI 02", 0x00211056), "Ima PAT Mode Text|LO|1");
    EXPECT_EQ(privateOf(u"NOBODY", 0x0019100C), "unknown");
    EXPECT_EQ(privateOf(u"", 0x0019100C), "unknown");
    EXPECT_EQ(privateOf(u"SIEMENS MR HEADER", 0x0018100C), "unknown");
    EXPECT_EQ(privateOf(u"SIEMENS MR HEADER", 0x0019000C), "unknown"); // in no block
}

TEST(Dictionary, ComparesCreatorsExactlyFirstThenWithoutCase)
{
    const auto exact = privateOf(u"SIEMENS MR HEADER", 0x0019100C);
    EXPECT_EQ(privateOf(u"Siemens MR header", 0x0019100C), exact);
    EXPECT_EQ(privateOf(u" SIEMENS MR HEADER ", 0x0019100C), exact);
    // Two spellings of one creator stand in the table; what only one knows is found under both.
    EXPECT_EQ(privateOf(u"HOLOGIC", 0x00111000), privateOf(u"Hologic", 0x00111000));
}

TEST(Dictionary, SaysTheVrWhereNoNameIsKnown)
{
    EXPECT_EQ(privateOf(u"Philips MR Imaging DD 006", 0x20051053), "FL|1");
}

TEST(Dictionary, NamesPrivateCreators)
{
    EXPECT_EQ(privateOf(u"", 0x00190010), "Private Creator|LO|1");
    EXPECT_EQ(text(find(Tag{0x0019, 0x00FF}, {})), "Private Creator|LO|1");
    EXPECT_EQ(privateOf(u"", 0x00100010), "unknown");
}

TEST(Dictionary, FindsEitherKind)
{
    EXPECT_EQ(text(find(tags::PatientName, u"")), "Patient's Name|PatientName|PN|1");
    EXPECT_EQ(text(find(Tag{0x0019, 0x100C}, u"SIEMENS MR HEADER")), "B_value|IS|1");
}

TEST(Dictionary, FindsTagsByText)
{
    for (const auto text : {u"PatientName", u"patientname", u"Patient's Name", u" PATIENT'S NAME ",
                            u"(0010,0010)", u"00100010", u"0010,0010"})
        EXPECT_EQ(findByText(text), tags::PatientName) << QString::fromUtf16(text).toStdString();
    EXPECT_EQ(findByText(u"(0019,100c)"), (Tag{0x0019, 0x100C}));
    for (const auto text : {u"", u"Patient", u"(0010)", u"B_value"})
        EXPECT_EQ(findByText(text), std::nullopt) << QString::fromUtf16(text).toStdString();
}

TEST(Dictionary, ListsAllPublicAttributesInTagOrder)
{
    const auto& entries = standardEntries();
    EXPECT_GT(entries.size(), 5000);
    EXPECT_TRUE(std::is_sorted(entries.begin(), entries.end(),
                               [](const auto& a, const auto& b) { return a.first < b.first; }));
    for (const auto& [tag, entry] : entries) {
        EXPECT_FALSE(entry.name.isEmpty() || entry.keyword.isEmpty()) << toString(tag).toStdString();
        EXPECT_EQ(findStandard(tag), &entry);
        if (!entry.retired) {
            EXPECT_EQ(findByText(entry.keyword), tag) << entry.keyword.toStdString();
        }
    }
}

TEST(Dictionary, MayBeAskedFromManyThreadsAtOnce)
{
    std::vector<const DictionaryEntry*> found(4);
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (auto& entry : found)
        threads.emplace_back([&entry] { entry = find(Tag{0x0019, 0x100C}, u"SIEMENS MR HEADER"); });
    for (auto& thread : threads)
        thread.join();
    for (const auto* entry : found)
        EXPECT_EQ(entry, found.front());
}

TEST(TagPattern, ReadsDigitsAndPlaceholders)
{
    const auto overlay = parseTagPattern("60xx3000");
    ASSERT_TRUE(overlay);
    EXPECT_TRUE(overlay->matches({0x6002, 0x3000}));
    EXPECT_FALSE(overlay->matches({0x6002, 0x3001}));
    EXPECT_FALSE(overlay->isExact());
    EXPECT_TRUE(parseTagPattern("00100010")->isExact());
    EXPECT_EQ(overlay->example(), (Tag{0x6000, 0x3000}));
    EXPECT_EQ(parseTagPattern("002804x0")->example(), (Tag{0x0028, 0x0410}));
    EXPECT_EQ(parseTagPattern("1010xxxx")->example(), (Tag{0x1010, 0x0001}));
    for (const char* bad : {"", "0010", "0010001g", "001000100"})
        EXPECT_FALSE(parseTagPattern(bad));
}

namespace {

/// Private elements that lie in a block with a creator.
struct Coverage {
    int elements = 0;
    int described = 0; ///< at least the VR is known
    int named = 0;

    void add(const DictionaryEntry* entry)
    {
        ++elements;
        described += entry ? 1 : 0;
        named += entry && !entry->name.isEmpty() ? 1 : 0;
    }
    double percent(int part) const { return elements > 0 ? 100.0 * part / elements : 0; }
};

struct CorpusCount {
    Coverage top; ///< of data sets
    Coverage all; ///< those in sequences, too
    int withoutCreator = 0;
};

void count(const DataSet& dataSet, bool top, CorpusCount& result)
{
    for (const ElementPtr& element : dataSet) {
        const Tag tag = element->tag();
        for (const DataSet& item : element->isSequence() ? element->items() : Element::Items())
            count(item, false, result);
        if (!tag.isPrivate() || tag.isPrivateCreator())
            continue;
        const QString creator = dataSet.creatorOf(tag);
        if (creator.isEmpty()) {
            ++result.withoutCreator;
            continue;
        }
        const auto* entry = findPrivate(creator, tag);
        result.all.add(entry);
        if (top)
            result.top.add(entry);
    }
}

} // namespace

/// Files that came from scanners; what was made for tests has creators that nobody knows.
TEST(DictionaryCorpus, NamesPrivateElements)
{
    const QDir folder(testing_support::sharedData());
    SKIP_WITHOUT(folder.path());
    CorpusCount result;
    int files = 0;
    QDirIterator walk(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        if (folder.relativeFilePath(path).startsWith(QLatin1StringView("derived/")))
            continue;
        const auto file = readFile(path);
        if (!file)
            continue;
        ++files;
        count(file->dataSet, true, result);
    }
    std::printf("private names over %d files: top level %d elements, %.2f %% named, %.2f %% described; "
                "with sequences %d, %.2f %% named, %.2f %% described; without creator %d\n",
                files, result.top.elements, result.top.percent(result.top.named),
                result.top.percent(result.top.described), result.all.elements,
                result.all.percent(result.all.named), result.all.percent(result.all.described),
                result.withoutCreator);
    EXPECT_GT(files, 400);
    EXPECT_GE(result.top.percent(result.top.named), 95.5);
    EXPECT_GE(result.top.percent(result.top.described), 97.0);
}

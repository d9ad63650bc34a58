#include "core/sample/data_set_text.h"
#include "core/sample/study.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace sample;

namespace {

using Files = std::map<QString, QByteArray>;

Files filesIn(const QString& folder)
{
    Files files;
    QDirIterator entries(folder, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        QFile file(entries.next());
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        files[file.fileName().mid(folder.size() + 1)] = file.readAll();
    }
    return files;
}

Files studies(quint64 seed, int chestImages = 12)
{
    const QTemporaryDir folder;
    const auto written = writeStudies(folder.path(), seed, chestImages);
    EXPECT_TRUE(written.ok());
    return filesIn(folder.path());
}

qsizetype filesWith(const Files& files, const QByteArray& bytes)
{
    return std::count_if(files.begin(), files.end(),
                         [&](const auto& file) { return file.second.contains(bytes); });
}

/// What the files say their transfer syntax is, and how many there are of each.
std::map<QByteArray, int> transferSyntaxes(const Files& files)
{
    std::map<QByteArray, int> counts;
    for (const auto& [name, bytes] : files) {
        const auto place = bytes.indexOf(QByteArray("\x02\x00\x10\x00UI", 6));
        if (place > 0)
            ++counts[bytes.mid(place + 8, bytes[place + 6]).replace('\0', "")];
    }
    return counts;
}

} // namespace

TEST(SampleText, BecomesElementsInTagOrder)
{
    dicom::DataSet dataSet;
    addText(dataSet, R"(
0040,0275 SQ
>0040,1001 SH {request}
>--
>0040,1001 SH second
0028,0010 US 512
0010,0010 PN Müller
0009,1001 OB #0102FF
)",
            Repertoire::Latin1, {{u"request"_s, u"RP-1"_s}});
    ASSERT_EQ(dataSet.size(), 4);
    EXPECT_EQ((*dataSet.begin())->bytes(), QByteArray("\x01\x02\xff\0", 4));
    EXPECT_EQ(dataSet.find(dicom::tags::PatientName)->bytes(), QByteArray("M\xfcller"));
    EXPECT_EQ(dataSet.find({0x0028, 0x0010})->bytes(), QByteArray("\x00\x02", 2));
    const auto& items = dataSet.find({0x0040, 0x0275})->items();
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].bytes({0x0040, 0x1001}), "RP-1");
    EXPECT_EQ(items[1].bytes({0x0040, 0x1001}), "second");
}

TEST(SampleText, IsEncodedAsItsCharacterSetAsks)
{
    EXPECT_EQ(encodeText(u"Jörg", Repertoire::Latin1), "J\xf6rg");
    EXPECT_EQ(encodeText(u"Jörg", Repertoire::Utf8), "J\xc3\xb6rg");
    // After a delimiter the first character set holds again.
    EXPECT_EQ(encodeText(u"A=佐藤^花子=さとう", Repertoire::Japanese),
              "A=\x1b$B:4F#\x1b(B^\x1b$B2V;R\x1b(B=\x1b$B$5$H$&\x1b(B");
    EXPECT_EQ(encodeText(u"ö Αβ^Γ ö", Repertoire::LatinAndGreek),
              "\xf6 \x1b-F\xc1\xe2^\x1b-F\xc3 \x1b-A\xf6");
}

TEST(SampleStudies, SameSeedSameBytes)
{
    // The chest series is as long as asked.
    const auto first = studies(1, 2);
    EXPECT_EQ(first.size(), 48u);
    EXPECT_TRUE(first == studies(1, 2));
    const auto other = studies(2, 2);
    ASSERT_EQ(first.size(), other.size());
    for (const auto& [name, bytes] : first) {
        if (name.endsWith(u".dcm")) {
            EXPECT_NE(bytes, other.at(name)) << qPrintable(name);
        }
    }
}

TEST(SampleStudies, FewFilesInAllUncompressedEncodingsAndRunLength)
{
    const QTemporaryDir folder;
    const auto written = writeStudies(folder.path());
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(*written, (Written{57, 1}));
    const auto files = filesIn(folder.path());
    EXPECT_EQ(files.size(), 58u);
    EXPECT_TRUE(files.contains(u"README.txt"_s));
    qsizetype size = 0;
    for (const auto& [name, bytes] : files) {
        EXPECT_EQ(bytes.mid(128, 4) == "DICM", name.endsWith(u".dcm"));
        size += bytes.size();
    }
    EXPECT_LT(size, 15'000'000);
    const std::map<QByteArray, int> expected{{"1.2.840.10008.1.2", 10},
                                             {"1.2.840.10008.1.2.1", 30},
                                             {"1.2.840.10008.1.2.1.99", 3},
                                             {"1.2.840.10008.1.2.2", 1},
                                             {"1.2.840.10008.1.2.5", 13}};
    EXPECT_EQ(transferSyntaxes(files), expected);
}

TEST(SampleStudies, HoldTheIdentityTheyPromise)
{
    const auto files = studies(1);
    for (const auto& bytes : plantedIdentity())
        EXPECT_GT(filesWith(files, bytes), 0) << bytes.constData();
    // Nested, private with known and unknown creators, and in the preamble.
    for (const char* bytes : {"Report on M\xfcller", "PATIENT=M\xfcller", "TEMP-SRC-4711-0815",
                              "RP-ACC20190312A", "CT01 M\xfcller", "tPatientName = \"Satou^Hanako",
                              "ACME RADIOLOGY 2.0", "GEMS_IDEN_01", "SIEMENS MR HEADER", "SIEMENS RIS"})
        EXPECT_GT(filesWith(files, bytes), 0) << bytes;
    const auto isTiff = [](const auto& file) { return file.second.startsWith("II*"); };
    EXPECT_EQ(std::count_if(files.begin(), files.end(), isTiff), 1);
}

TEST(SampleBulk, ImagesAreSpreadOverSeriesAndDiffer)
{
    const QTemporaryDir folder;
    ASSERT_TRUE(writeCtImages(folder.path() + u"/ct"_s, 6).ok());
    const auto images = filesIn(folder.path() + u"/ct"_s);
    EXPECT_EQ(images.size(), 6u);
    EXPECT_TRUE(images.contains(u"patient 1/study 1/series 4/IM00001.dcm"_s));
    for (const auto& [name, bytes] : images)
        EXPECT_GT(bytes.size(), 512 * 512 * 2);

    ASSERT_TRUE(writeTinyImages(folder.path() + u"/tiny"_s, 501).ok());
    const auto tiny = filesIn(folder.path() + u"/tiny"_s);
    EXPECT_EQ(tiny.size(), 501u);
    EXPECT_TRUE(tiny.contains(u"patient 1/study 1/series 2/IM00001.dcm"_s));
}

TEST(SampleBulk, AFolderThatCannotBeMadeIsAnError)
{
    const QTemporaryDir folder;
    QFile file(folder.path() + u"/taken"_s);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const auto written = writeTinyImages(file.fileName(), 1);
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().kind, Error::Kind::Unwritable);
}

#include "core/dicom/reader.h"
#include "core/dicom/value.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <iostream>

using namespace dicom;
using namespace testing_support;

namespace {

class ReaderTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseLibrary(); }

    Result<LoadedFile> read(const QByteArray& bytes)
    {
        return readFile(writeFile(m_folder.filePath(QStringLiteral("file")), bytes));
    }

    Error::Kind failureOf(const QByteArray& bytes)
    {
        const auto result = read(bytes);
        EXPECT_FALSE(result.ok());
        return result ? Error::Kind::Cancelled : result.error().kind;
    }

    QTemporaryDir m_folder;
};

/// 100,000 sequences, each in an item of the one before, none of which ends.
QByteArray endlessSequences()
{
    return QByteArray::fromHex("40007502"
                               "53510000"
                               "ffffffff"
                               "feff00e0"
                               "ffffffff")
        .repeated(100000);
}

QByteArray nested(int depth)
{
    DataSet inner = dataSet(QStringLiteral("(0008,0050) SH x"));
    for (int i = 0; i < depth; ++i) {
        DataSet outer;
        outer.set(Element::make(Tag{0x0040, 0x0275}, {inner}));
        inner = outer;
    }
    return dicomBytes(inner);
}

} // namespace

TEST_F(ReaderTest, ReadsEveryValueAsItStands)
{
    const DataSet image = ctImage(1, 2, 3);
    const auto file = read(dicomBytes(image));
    ASSERT_TRUE(file.ok()) << file.error().message().toStdString();
    QString expected = text(image);
    expected.replace(QRegularExpression(QStringLiteral("OW 03.*")),
                     QStringLiteral("OW pixel data, 32 bytes"));
    EXPECT_EQ(text(file->dataSet), expected);
    EXPECT_EQ(file->transferSyntax, u"1.2.840.10008.1.2.1");
    EXPECT_TRUE(file->hasPreamble);
    EXPECT_EQ(file->meta.bytes(tags::MediaStorageSOPInstanceUID), "1.2.9.1.2.3");
}

TEST_F(ReaderTest, LeavesLongValuesInTheFile)
{
    DataSet image = ctImage(1, 1, 1);
    image.set(Tag{0x0042, 0x0011}, Vr::OB, QByteArray(70000, 'x'));
    const auto file = read(dicomBytes(image));
    ASSERT_TRUE(file.ok());
    const Element* document = file->dataSet.find(Tag{0x0042, 0x0011});
    ASSERT_TRUE(document && document->isInSource());
    EXPECT_EQ(document->source()->length, 70000);
}

TEST_F(ReaderTest, NeedsNeitherPreambleNorFileMetaInformation)
{
    const DataSet image = ctImage(1, 1, 1);
    const auto file = read(dataSetBytes(image));
    ASSERT_TRUE(file.ok()) << file.error().message().toStdString();
    EXPECT_FALSE(file->hasPreamble);
    EXPECT_EQ(file->dataSet.bytes(tags::PatientName), "Doe^Jane");
    EXPECT_TRUE(read(dicomBytes(image).mid(132)).ok());
}

TEST_F(ReaderTest, SaysWhyAFileIsNotLoaded)
{
    EXPECT_EQ(failureOf({}), Error::Kind::NotDicom);
    EXPECT_EQ(failureOf("a text, long enough to look at and with nothing of DICOM in it"),
              Error::Kind::NotDicom);
    EXPECT_EQ(failureOf(QByteArray(4000, '\0')), Error::Kind::NotDicom);
    const QByteArray whole = dicomBytes(ctImage(1, 1, 1));
    EXPECT_EQ(failureOf(whole.chopped(20)), Error::Kind::Damaged);
    EXPECT_EQ(failureOf(nested(65)), Error::Kind::TooDeep);
    EXPECT_TRUE(read(nested(64)).ok());
    EXPECT_EQ(failureOf(dicomBytes(dataSet(QStringLiteral("(0004,1130) CS X\n(0004,1220) SQ 0")))),
              Error::Kind::Directory);
    EXPECT_EQ(readFile(m_folder.filePath(QStringLiteral("none"))).error().kind, Error::Kind::Unreadable);
    EXPECT_EQ(readFile(m_folder.path()).error().kind, Error::Kind::Unreadable);
}

TEST_F(ReaderTest, ThousandsOfNestedSequencesDoNoHarm)
{
    EXPECT_EQ(failureOf(dicomBytes(DataSet()) + endlessSequences()), Error::Kind::TooDeep);
}

namespace {

/// How many of the files can be read; the others must be refused with a reason.
int readAll(const QString& folder)
{
    int loaded = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const auto file = readFile(path);
        loaded += file ? 1 : 0;
        if (!file) {
            EXPECT_FALSE(file.error().reason.isEmpty()) << path.toStdString();
        }
    }
    std::cout << loaded << " files read\n";
    return loaded;
}

} // namespace

TEST_F(ReaderTest, EveryFileOfTheCorpusIsReadOrRefusedWithAReason)
{
    SKIP_WITHOUT(sharedData());
    EXPECT_GE(readAll(sharedData()), 500);
}

TEST_F(ReaderTest, EveryFileOfDebiansIsReadOrRefusedWithAReason)
{
    SKIP_WITHOUT(debianFiles());
    EXPECT_GE(readAll(debianFiles()), 100);
}

TEST_F(ReaderTest, NestingBehindAnElementThatCannotBeFollowedDoesNoHarm)
{
    QByteArray bytes = dicomBytes(dataSet(QStringLiteral("(0008,0050) SH x\n(0008,0060) CS CT")));
    bytes += QByteArray::fromHex("090001103f3f0000"); // a value representation that nobody knows
    EXPECT_EQ(failureOf(bytes + endlessSequences()), Error::Kind::TooDeep);
}

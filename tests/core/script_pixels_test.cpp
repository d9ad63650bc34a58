// alterPixels[]: what is blanked in the file that is written, and what is refused.

#include "core/dicom/dicom_file.h"
#include "core/dicom/encoder.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace testing_support;

namespace {

class ScriptPixels : public ::testing::Test {
protected:
    /// The pixel bytes of what the script leaves, as hex; what is wrong when it fails.
    QString altered(const QByteArray& attributes, const QByteArray& pixels, const char* rectangle,
                    const char* fill = "v=0", const char* transferSyntax = "1.2.840.10008.1.2.1")
    {
        return run(attributes, dicom::Vr::OW, pixels,
                   QStringLiteral("version \"6.6\"\nalterPixels[\"rectangle\", \"%1\", \"solid\", \"%2\"]\n")
                       .arg(QString::fromUtf8(rectangle), QString::fromUtf8(fill)),
                   transferSyntax);
    }

    QString run(const QByteArray& attributes, dicom::Vr vr, const QByteArray& pixels, const QString& source,
                const char* transferSyntax = "1.2.840.10008.1.2.1", dicom::Tag tag = dicom::tags::PixelData)
    {
        dicom::DataSet image = dataSet(QString::fromUtf8(attributes));
        image.set(tag, vr, pixels);
        const QString path = writeFile(m_folder.filePath(QStringLiteral("%1.dcm").arg(++m_files)),
                                       dicomBytes(image, QString::fromUtf8(transferSyntax)));
        const auto read = dicom::readFile(path);
        EXPECT_TRUE(read.ok());
        const auto parsed = script::parse(source);
        EXPECT_TRUE(parsed.script) << source.toStdString();
        const auto done = script::run(*parsed.script, read->dataSet, {"seed"});
        if (!done)
            return done.error().reason.section(QStringLiteral("”: "), 1);
        m_edited = text(done->dataSet);
        m_remarks = done->remarks;
        const QString target = path + QStringLiteral(".new");
        const dicom::DicomFile file(*read, done->dataSet);
        EXPECT_TRUE(file.write(target).ok());
        const auto verified = file.verify(target);
        EXPECT_TRUE(verified.ok()) << verified.error().message().toStdString();
        return QString::fromLatin1(readBytes(target).last(pixels.size()).toHex());
    }

    QTemporaryDir m_folder;
    int m_files = 0;
    QString m_edited;
    QStringList m_remarks;
};

/// An image of `columns` × `rows`, with what else is said of it.
QByteArray image(int columns, int rows, const QByteArray& rest)
{
    return "(0008,0016) UI 1.2.840.10008.5.1.4.1.1.7\n(0008,0018) UI 1.2.3\n(0028,0010) US "
        + QByteArray::number(rows) + "\n(0028,0011) US " + QByteArray::number(columns) + "\n" + rest;
}

const QByteArray grey = image(4, 3, "(0028,0002) US 1\n(0028,0100) US 8\n(0028,0301) CS YES\n");
const QByteArray ones = QByteArray::fromHex("111111112222222233333333");

QByteArray colour(int columns, int rows, const char* interpretation, int planar = 0)
{
    return image(columns, rows,
                 QByteArray("(0028,0002) US 3\n(0028,0004) CS ") + interpretation + "\n(0028,0006) US "
                     + QByteArray::number(planar)
                     + "\n(0028,0100) US 8\n(0028,0101) US 8\n(0028,0102) US 7\n");
}

} // namespace

TEST_F(ScriptPixels, RightAndBottomAreTheFirstBehindTheRectangle)
{
    EXPECT_EQ(altered(grey, ones, "l=1, t=0, r=3, b=2").toStdString(), "110000112200002233333333");
    EXPECT_EQ(altered(grey, ones, "l=3,t=1,r=99,b=99").toStdString(), "111111112222220033333300");
    EXPECT_EQ(altered(grey, ones, "b=1 r=4 t=0 l=0").toStdString(), "000000002222222233333333");
}

TEST_F(ScriptPixels, TheRectangleIsRecordedOnceAndWhatTheScriptSaysOfAnnotationsCounts)
{
    const QString twice =
        QStringLiteral("version \"6.6\"\n%1"
                       "alterPixels[\"rectangle\", \"l=1,t=0,r=3,b=2\", \"solid\", \"v=0\"]\n"
                       "alterPixels[\"rectangle\", \"l=1,t=0,r=3,b=2\", \"solid\", \"v=0\"]\n"
                       "%2");
    const QString says = QStringLiteral("(0028,0301) := \"NO\"\n");
    const QString finds = QStringLiteral("(0028,0301) ?= \"NO\"\n");
    run(grey, dicom::Vr::OW, ones, twice.arg(QString(), QString()));
    EXPECT_EQ(m_edited.count(QStringLiteral("Blanked columns 1-2, rows 0-1")), 1) << m_edited.toStdString();
    EXPECT_TRUE(m_edited.contains(QStringLiteral("(0028,0301) CS YES")));
    EXPECT_FALSE(m_edited.contains(QStringLiteral("113101")));
    for (const QString& source :
         {twice.arg(QString(), says), twice.arg(says, QString()), twice.arg(finds, QString())}) {
        run(grey, dicom::Vr::OW, ones, source);
        EXPECT_EQ(m_edited.count(QStringLiteral("113101")), 1) << source.toStdString();
        EXPECT_TRUE(m_edited.contains(QStringLiteral("(0028,0301) CS NO")));
    }
    run(grey, dicom::Vr::OW, ones, QStringLiteral("version \"6.6\"\n") + says);
    EXPECT_FALSE(m_edited.contains(QStringLiteral("113101"))) << "nothing was blanked";
    run(grey, dicom::Vr::OW, ones, twice.arg(says, QStringLiteral("(0028,0301) := \"YES\"\n")));
    EXPECT_FALSE(m_edited.contains(QStringLiteral("113101"))) << "the script took it back";
}

TEST_F(ScriptPixels, ARectangleBesideTheImageChangesNothingAndIsTold)
{
    for (const char* beside : {"l=4,t=0,r=9,b=9", "l=0,t=3,r=9,b=9"}) {
        EXPECT_EQ(altered(grey, ones, beside).toStdString(), ones.toHex().toStdString());
        EXPECT_FALSE(m_edited.contains(QStringLiteral("(0012,0063)"))) << m_edited.toStdString();
        EXPECT_EQ(m_remarks.join(u'\n').toStdString(),
                  "line 2: the rectangle lies outside the image, so nothing of it was blanked");
    }
}

TEST_F(ScriptPixels, TheFillValueIsTheStoredOne)
{
    EXPECT_EQ(altered(grey, ones, "l=1,t=0,r=3,b=1", "v=255").toStdString(), "11ffff112222222233333333");
    EXPECT_EQ(altered(grey, ones, "l=1,t=0,r=3,b=1", "").toStdString(), "110000112222222233333333");
    const QByteArray twelve = image(2, 1,
                                    "(0028,0100) US 16\n(0028,0101) US 12\n(0028,0102) US 11\n"
                                    "(0028,0103) US 0\n");
    EXPECT_EQ(altered(twelve, QByteArray::fromHex("11112222"), "l=1,t=0,r=2,b=1", "v=4095").toStdString(),
              "1111ff0f");
    const QByteArray is = image(2, 1,
                                "(0028,0100) US 16\n(0028,0101) US 16\n(0028,0102) US 15\n"
                                "(0028,0103) US 1\n");
    EXPECT_EQ(altered(is, QByteArray::fromHex("11112222"), "l=1,t=0,r=2,b=1", "v=-1000").toStdString(),
              "111118fc");
}

TEST_F(ScriptPixels, EveryFrameAndEverySampleIsBlanked)
{
    EXPECT_EQ(altered(image(3, 1, "(0028,0002) US 1\n(0028,0008) IS 2\n(0028,0100) US 16\n"),
                      QByteArray::fromHex("111122223333444455556666"), "l=1,t=0,r=2,b=1")
                  .toStdString(),
              "111100003333444400006666");
    const QByteArray pixels = QByteArray::fromHex("112233445566");
    EXPECT_EQ(altered(colour(2, 1, "RGB"), pixels, "l=1,t=0,r=2,b=1").toStdString(), "112233000000");
    EXPECT_EQ(altered(colour(2, 1, "RGB", 1), pixels, "l=1,t=0,r=2,b=1").toStdString(), "110033005500");
    EXPECT_EQ(altered(colour(2, 1, "RGB"), pixels, "l=1,t=0,r=2,b=1", "r=1, g=2, b=255").toStdString(),
              "1122330102ff");
    EXPECT_EQ(altered(colour(2, 1, "RGB", 1), pixels, "l=1,t=0,r=2,b=1", "r=1,g=2,b=255").toStdString(),
              "1101330255ff");
}

TEST_F(ScriptPixels, ColoursAreConvertedToLuminanceAndDifferences)
{
    const QByteArray pixels = QByteArray::fromHex("112233445566");
    EXPECT_EQ(altered(colour(2, 1, "YBR_FULL"), pixels, "l=1,t=0,r=2,b=1").toStdString(), "112233008080");
    EXPECT_EQ(altered(colour(2, 1, "YBR_FULL"), pixels, "l=1,t=0,r=2,b=1", "v=255").toStdString(),
              "112233ff8080");
    EXPECT_EQ(altered(colour(2, 1, "YBR_FULL"), pixels, "l=1,t=0,r=2,b=1", "r=255,g=0,b=0").toStdString(),
              "1122334c55ff");
}

TEST_F(ScriptPixels, PixelsThatShareColoursAreBlankedInPairs)
{
    const QByteArray pixels = QByteArray::fromHex("11122122313241425152616271728182");
    const QByteArray attributes = colour(4, 2, "YBR_FULL_422");
    EXPECT_EQ(altered(attributes, pixels, "l=1,t=0,r=2,b=1").toStdString(),
              "00008080313241425152616271728182");
    EXPECT_EQ(altered(attributes, pixels, "l=1,t=1,r=3,b=2").toStdString(),
              "11122122313241420000808000008080");
    EXPECT_TRUE(m_edited.contains(QStringLiteral("Blanked columns 0-3, rows 1-1"))) << m_edited.toStdString();
    EXPECT_EQ(altered(colour(4, 2, "YBR_PARTIAL_422"), pixels, "l=0,t=0,r=2,b=1").toStdString(),
              "10108080313241425152616271728182");
}

TEST_F(ScriptPixels, FloatingPointPixelsAreBlanked)
{
    const QString blank = QStringLiteral(
        "version \"6.6\"\nalterPixels[\"rectangle\", \"l=1,t=0,r=2,b=1\", \"solid\", \"v=1.5\"]\n");
    EXPECT_EQ(run(image(2, 1, "(0028,0100) US 32\n"), dicom::Vr::OF, QByteArray::fromHex("0000803f00000040"),
                  blank, "1.2.840.10008.1.2.1", {0x7FE0, 0x0008})
                  .toStdString(),
              "0000803f0000c03f");
    EXPECT_EQ(run(image(2, 1, "(0028,0100) US 64\n"), dicom::Vr::OD,
                  QByteArray::fromHex("000000000000f03f0000000000000040"), blank, "1.2.840.10008.1.2.1",
                  {0x7FE0, 0x0009})
                  .toStdString(),
              "000000000000f03f000000000000f83f");
}

/// In a file in big endian the bytes of each word are the other way round, also those of two pixels that
/// share one (PS3.5 section 8.1.1).
TEST(Blanking, FilesInBigEndianAreBlankedAtTheSamePixels)
{
    dicom::BlankedArea area;
    area.runLength = 3;
    area.rowStride = 8;
    area.rows = 2;
    area.first = 1;
    area.fill = QByteArray::fromHex("a1a2a3");
    area.unit = 2;
    const QByteArray zeros(16, '\0');
    QByteArray little = zeros;
    dicom::blank(little, 0, {area}, false);
    EXPECT_EQ(little.toHex().toStdString(), "00a1a2a30000000000a1a2a300000000");
    QByteArray swapped = little;
    dicom::swapUnits(swapped, 2);
    for (qsizetype piece = 1; piece <= zeros.size(); ++piece) { // however the value is cut into pieces
        QByteArray big;
        for (qsizetype at = 0; at < zeros.size(); at += piece) {
            QByteArray part = zeros.mid(at, piece);
            dicom::blank(part, at, {area}, true);
            big += part;
        }
        EXPECT_EQ(big.toHex().toStdString(), swapped.toHex().toStdString()) << piece;
    }
}

/// A hostile file may have as many frames as bytes: only those in the piece are looked at.
TEST(Blanking, CountsOfFramesAndRowsCostNothing)
{
    dicom::BlankedArea area;
    area.runLength = 1;
    area.rowStride = 2;
    area.rows = qint64{1} << 40;
    area.frameStride = qint64{1} << 42;
    area.frames = qint64{1} << 20;
    area.fill = "x";
    QByteArray piece(6, '\0');
    dicom::blank(piece, (qint64{3} << 42) + (qint64{1} << 30), {area}, false);
    EXPECT_EQ(piece, QByteArray("x\0x\0x\0", 6));
}

TEST_F(ScriptPixels, SlipsOfTheHeaderDoNotKeepTextInTheImage)
{
    for (const char* slip : {"(0028,0101) US 16\n(0028,0102) US 7\n", "(0028,0101) US 0\n(0028,0102) US 0\n",
                             "(0028,0101) US 8\n(0028,0102) US 15\n", "(0028,0102) US 7\n(0028,0008) IS 0\n"})
        EXPECT_EQ(altered(image(4, 3, QByteArray("(0028,0100) US 8\n") + slip), ones, "l=0,t=0,r=4,b=1")
                      .toStdString(),
                  "000000002222222233333333")
            << slip;
}

/// Programs that decompress images leave the name of what they were, and others forget the number of frames.
TEST_F(ScriptPixels, TheLengthOfThePixelsDecidesWhatTheHeaderForgets)
{
    EXPECT_EQ(altered(colour(2, 1, "YBR_FULL_422"), QByteArray::fromHex("112233445566"), "l=1,t=0,r=2,b=1")
                  .toStdString(),
              "112233008080");
    const QByteArray two = image(2, 1, "(0028,0100) US 8\n");
    EXPECT_EQ(altered(two, QByteArray::fromHex("111122223333"), "l=1,t=0,r=2,b=1").toStdString(),
              "110022003300");
}

TEST_F(ScriptPixels, WhatCannotBeAlteredIsRefused)
{
    EXPECT_EQ(altered(grey, ones, "l=1,t=0,r=2").toStdString(), "the rectangle has no number for b");
    EXPECT_EQ(altered(grey, ones, "l=-1,t=0,r=2,b=1").toStdString(),
              "l of the rectangle is not a whole number from 0 on");
    EXPECT_EQ(altered(grey, ones, "l=0,t=0,r=2,b=1", "r=255,g=0,b=0").toStdString(),
              "the pixels of this image have no colours");
    EXPECT_EQ(altered(grey, ones, "l=0,t=0,r=2,b=1", "v=7, r=255,g=0,b=0").toStdString(),
              "070711112222222233333333");
    EXPECT_EQ(altered(grey, ones, "l=0,t=0,r=2,b=1", "r=0,g=0,b=0").toStdString(),
              "000011112222222233333333");
    EXPECT_EQ(altered(grey, ones + "12", "l=0,t=0,r=2,b=1").toStdString(),
              "the image is larger or smaller than its Pixel Data");
    EXPECT_EQ(
        altered(QByteArray(grey) + "(7FE0,0008) OF 00 00 C0 3F\n", ones, "l=0,t=0,r=2,b=1").toStdString(),
        "the image holds pixels of several kinds, which cannot be altered");
    EXPECT_EQ(altered(grey, ones, "l=2,t=0,r=2,b=1").toStdString(), "the rectangle ends before it begins");
    EXPECT_EQ(altered(grey, ones, "l=0,t=0,r=2,b=1", "black").toStdString(),
              "the rectangle has nothing to be filled with");
    EXPECT_EQ(altered(grey, ones, "l=0,t=0,r=2,b=1", "v=256").toStdString(),
              "the fill value is not a whole number from 0 to 255, as the pixels of this image are");
    EXPECT_EQ(altered(grey, ones.first(8), "l=0,t=0,r=3,b=2").toStdString(),
              "the image is larger or smaller than its Pixel Data");
    const char* notSo = "the pixels of this image lie in a way that cannot be altered";
    EXPECT_EQ(altered(image(4, 3, "(0028,0100) US 1\n"), ones, "l=0,t=0,r=3,b=2").toStdString(), notSo);
    EXPECT_EQ(altered(colour(2, 2, "YBR_PARTIAL_420"), ones, "l=0,t=0,r=1,b=1").toStdString(), notSo);
    EXPECT_EQ(altered(image(4, 3, "(0028,0002) US 1\n(0028,0004) CS PALETTE COLOR\n(0028,0100) US 8\n"), ones,
                      "l=0,t=0,r=3,b=2", "r=0,g=0,b=9")
                  .toStdString(),
              "the pixels of this image are places in a palette, not colours");
}

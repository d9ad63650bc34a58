// alterPixels[]: what is blanked in the file that is written, and what is refused.

#include "core/dicom/dicom_file.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace testing_support;

namespace {

class ScriptPixels : public ::testing::Test {
protected:
    /// The pixel bytes of what the script leaves, row by row as hex; what is wrong when it fails.
    QString altered(const char* attributes, const QByteArray& pixels, const char* rectangle,
                    const char* transferSyntax = "1.2.840.10008.1.2.1")
    {
        dicom::DataSet image = dataSet(QString::fromUtf8(attributes));
        image.set(dicom::tags::PixelData, dicom::Vr::OW, pixels);
        const QString path = writeFile(m_folder.filePath(QStringLiteral("%1.dcm").arg(++m_files)),
                                       dicomBytes(image, QString::fromUtf8(transferSyntax)));
        const auto source = dicom::readFile(path);
        EXPECT_TRUE(source.ok());
        const auto parsed = script::parse(
            QStringLiteral("version \"6.6\"\nalterPixels[\"rectangle\", \"%1\", \"solid\", \"v=9\"]\n")
                .arg(QString::fromUtf8(rectangle)));
        EXPECT_TRUE(parsed.script);
        const auto run = script::run(*parsed.script, source->dataSet, {"seed"});
        if (!run)
            return run.error().reason.section(QStringLiteral("”: "), 1);
        m_edited = text(run->dataSet);
        const QString target = path + QStringLiteral(".new");
        const dicom::DicomFile file(*source, run->dataSet);
        EXPECT_TRUE(file.write(target).ok());
        const auto verified = file.verify(target);
        EXPECT_TRUE(verified.ok()) << verified.error().message().toStdString();
        return QString::fromLatin1(readBytes(target).last(pixels.size()).toHex());
    }

    QTemporaryDir m_folder;
    int m_files = 0;
    QString m_edited;
};

const char* grey = "(0008,0016) UI 1.2.840.10008.5.1.4.1.1.7\n(0008,0018) UI 1.2.3\n"
                   "(0028,0002) US 1\n(0028,0010) US 3\n(0028,0011) US 4\n(0028,0100) US 8\n"
                   "(0028,0301) CS YES\n";

} // namespace

TEST_F(ScriptPixels, TheRectangleWithItsBordersIsZeroAndItIsRecorded)
{
    EXPECT_EQ(
        altered(grey, QByteArray::fromHex("111111112222222233333333"), "l=1, t=0, r=2, b=1").toStdString(),
        "110000112200002233333333");
    EXPECT_TRUE(m_edited.contains(QStringLiteral("(0028,0301) CS NO"))) << m_edited.toStdString();
    EXPECT_TRUE(m_edited.contains(QStringLiteral("(0012,0063) LO Rectangles of the image were blanked")));
    EXPECT_TRUE(m_edited.contains(QStringLiteral("113101")));
}

TEST_F(ScriptPixels, WhatReachesBeyondTheImageIsLeftOut)
{
    EXPECT_EQ(
        altered(grey, QByteArray::fromHex("111111112222222233333333"), "l=3,t=1,r=99,b=99").toStdString(),
        "111111112222220033333300");
}

TEST_F(ScriptPixels, ARectangleBesideTheImageIsRefused)
{
    const QByteArray pixels = QByteArray::fromHex("111111112222222233333333");
    for (const char* beside : {"l=4,t=0,r=9,b=9", "l=0,t=3,r=9,b=9"})
        EXPECT_EQ(altered(grey, pixels, beside).toStdString(),
                  "the rectangle lies beside the image, which has 4 columns and 3 rows");
}

TEST_F(ScriptPixels, FloatingPointPixelsAreRefused)
{
    for (const char* element : {"(7FE0,0008) OF 00 00 C0 3F\n", "(7FE0,0009) OD 00 00 00 00 00 00 F8 3F\n"}) {
        const auto parsed = script::parse(QStringLiteral(
            "version \"6.6\"\nalterPixels[\"rectangle\", \"l=0,t=0,r=1,b=1\", \"solid\", \"v=0\"]\n"));
        const auto run = script::run(*parsed.script,
                                     dataSet(QString::fromUtf8(grey) + QString::fromUtf8(element)), {"seed"});
        ASSERT_FALSE(run.ok()) << element;
        EXPECT_TRUE(run.error().reason.contains(QStringLiteral("floating-point")));
    }
}

TEST_F(ScriptPixels, EveryFrameAndEverySampleIsBlanked)
{
    EXPECT_EQ(altered("(0008,0016) UI 1.2\n(0008,0018) UI 1.2.3\n(0028,0002) US 1\n(0028,0008) IS 2\n"
                      "(0028,0010) US 1\n(0028,0011) US 3\n(0028,0100) US 16\n",
                      QByteArray::fromHex("111122223333444455556666"), "l=1,t=0,r=1,b=0")
                  .toStdString(),
              "111100003333444400006666");
    const char* colours = "(0008,0016) UI 1.2\n(0008,0018) UI 1.2.3\n(0028,0002) US 3\n(0028,0006) US %1\n"
                          "(0028,0010) US 1\n(0028,0011) US 2\n(0028,0100) US 8\n";
    for (const int planar : {0, 1}) {
        const QByteArray attributes = QString::fromUtf8(colours).arg(planar).toUtf8();
        EXPECT_EQ(altered(attributes.constData(), QByteArray::fromHex("112233445566"), "l=1,t=0,r=1,b=0")
                      .toStdString(),
                  planar == 1 ? "110033005500" : "112233000000");
    }
}

TEST_F(ScriptPixels, WhatCannotBeAlteredIsRefused)
{
    const QByteArray pixels = QByteArray::fromHex("111111112222222233333333");
    EXPECT_EQ(altered(grey, pixels, "l=1,t=0,r=2").toStdString(), "the rectangle has no number for b");
    EXPECT_EQ(altered(grey, pixels, "l=3,t=0,r=2,b=1").toStdString(), "the rectangle ends before it begins");
    EXPECT_EQ(altered(grey, pixels.first(8), "l=0,t=0,r=2,b=1").toStdString(),
              "the image is larger or smaller than its Pixel Data");
    EXPECT_EQ(altered("(0008,0016) UI 1.2\n(0008,0018) UI 1.2.3\n(0028,0010) US 3\n(0028,0011) US "
                      "4\n(0028,0100) US 1\n",
                      pixels, "l=0,t=0,r=2,b=1")
                  .toStdString(),
              "the pixels of this image lie in a way that cannot be altered");
}

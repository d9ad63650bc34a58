// Values of more than 64 KiB that scripts make: written, read back and compared, at any depth and in any
// encoding.

#include "core/dicom/dicom_file.h"
#include "core/script/script.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/other_form.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace dicom;
using namespace testing_support;

namespace {

class LongValue : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseLibrary(); }

    /// A file in this form whose attribute holds `length` characters, at the top level and in a sequence.
    Result<LoadedFile> file(const Form& form, Tag tag, Vr vr, qsizetype length)
    {
        const QByteArray text = QByteArray("text ").repeated(length / 5 + 1).first(length);
        DataSet item;
        item.set(tag, vr, text);
        DataSet image = item;
        image.set(tags::SOPClassUID, Vr::UI, "1.2.840.10008.5.1.4.1.1.7");
        image.set(tags::SOPInstanceUID, Vr::UI, "1.2.3.4 ");
        image.set(Element::make({0x0040, 0xA730}, {item, item}));
        const QString path = m_folder.filePath(QStringLiteral("%1.dcm").arg(++m_count));
        writeFile(path, dicomBytes(image));
        const auto plain = readFile(path);
        const auto source = SourceFile::open(path, plain->encoding);
        writeFile(path, fileInForm(plain->dataSet, form, **source));
        return readFile(path);
    }

    QTemporaryDir m_folder;
    int m_count = 0;
};

} // namespace

TEST_F(LongValue, IsWrittenReadBackAndCompared)
{
    const auto doubled = script::parse(
        QStringLiteral("version \"6.6\"\n"
                       "(0040,A160) := format[\"{0}{0}\", (0040,A160)]\n"
                       "(0040,A730)[1]/(0040,A160) := format[\"{0}{0}\", (0040,A730)[1]/(0040,A160)]\n"));
    ASSERT_TRUE(doubled.script);
    constexpr Tag textValue{0x0040, 0xA160};
    for (const Form& form : otherForms())
        for (const qsizetype half : {32'766, 32'767, 32'768, 32'770, 40'000, 100'000, 1'000'000}) {
            SCOPED_TRACE(std::string(form.transferSyntax) + ' ' + std::to_string(half)
                         + (form.sequencesAreUnknown ? " UN" : ""));
            const auto before = file(form, textValue, Vr::UT, half);
            ASSERT_TRUE(before.ok()) << before.error().message().toStdString();
            const auto run = script::run(*doubled.script, before->dataSet, {"seed"});
            ASSERT_TRUE(run.ok()) << run.error().message().toStdString();
            const QString path = m_folder.filePath(QStringLiteral("out%1").arg(++m_count));
            const DicomFile made(*before, run->dataSet);
            ASSERT_TRUE(made.write(path).ok());
            const Outcome same = made.verify(path);
            ASSERT_TRUE(same.ok()) << same.error().message().toStdString();
            const auto after = readFile(path);
            ASSERT_TRUE(after.ok());
            const auto lengthIn = [&](const DataSet& dataSet) { return dataSet.find(textValue)->length(); };
            const qsizetype even = half * 2;
            // A blank at the end is padding, and no part of the value that a script reads.
            EXPECT_NEAR(static_cast<double>(lengthIn(after->dataSet)), static_cast<double>(even), 2);
            const Element* content = after->dataSet.find({0x0040, 0xA730});
            ASSERT_EQ(content->items().size(), 2U);
            EXPECT_NEAR(static_cast<double>(lengthIn(content->items()[0])), static_cast<double>(half), 1);
            EXPECT_NEAR(static_cast<double>(lengthIn(content->items()[1])), static_cast<double>(even), 2);
        }
}

/// A length of 16 bits is the limit of most text in explicit VR: that is said, and nothing is cut off.
TEST_F(LongValue, WhatItsRepresentationCannotHoldIsRefused)
{
    const auto doubled =
        script::parse(QStringLiteral("version \"6.6\"\n(0010,4000) := format[\"{0}{0}\", (0010,4000)]\n"));
    ASSERT_TRUE(doubled.script);
    const auto before = file(otherForms()[0], {0x0010, 0x4000}, Vr::LT, 40'000);
    ASSERT_TRUE(before.ok());
    const auto run = script::run(*doubled.script, before->dataSet, {"seed"});
    if (!run.ok()) {
        EXPECT_FALSE(run.error().reason.isEmpty());
        return;
    }
    const QString path = m_folder.filePath(QStringLiteral("out"));
    const DicomFile made(*before, run->dataSet);
    const Outcome written = made.write(path);
    EXPECT_TRUE(!written.ok() || made.verify(path).ok()) << "cut off in silence";
}

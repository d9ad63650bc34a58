// File meta information agrees with the data set, and group 0002 belongs nowhere else (PS3.10 section 7.1).

#include "core/dicom/file_meta.h"

#include "core/deid/deidentify.h"
#include "core/edit/edit.h"
#include "tests/support/data_set_text.h"

#include <gtest/gtest.h>

using namespace testing_support;
using dicom::DataSet;
using dicom::tags::MediaStorageSOPClassUID;
using dicom::tags::MediaStorageSOPInstanceUID;

namespace {

const QString littleEndian = QStringLiteral("1.2.840.10008.1.2.1");

DataSet lines(const char* text)
{
    return dataSet(QString::fromUtf8(text));
}

edit::Evaluated after(const char* meta, const char* content, const edit::Edit::Operation& operation)
{
    dicom::LoadedFile file;
    file.meta = lines(meta);
    file.dataSet = lines(content);
    file.transferSyntax = littleEndian;
    return *edit::evaluate(catalog::instanceOf(std::move(file), 0),
                           {std::make_shared<const edit::Edit>(edit::Edit{{}, {0}, operation})}, {"seed"});
}

edit::ScriptRun scripted(const char* text)
{
    return {script::parse(QString::fromUtf8(text)).script};
}

} // namespace

TEST(FileMeta, FollowsTheDataSetWhereThatSaysSomething)
{
    const struct {
        const char* content;
        const char* sopClass;
        const char* instance;
    } cases[] = {
        {"(0008,0016) UI 1.9\n(0008,0018) UI 1.8\n", "1.9", "1.8"},
        {"(0008,0016) UI\n(0008,0018) UI\n", "1.2", "1.3"},
        {"(0010,0010) PN\n", "1.2", "1.3"},
    };
    for (const auto& each : cases) {
        const DataSet meta =
            dicom::writtenMeta(lines("(0002,0002) UI 1.2\n(0002,0003) UI 1.3\n(0002,0016) AE X\n"),
                               lines(each.content), littleEndian);
        EXPECT_EQ(meta.bytes(MediaStorageSOPClassUID), each.sopClass) << each.content;
        EXPECT_EQ(meta.bytes(MediaStorageSOPInstanceUID), each.instance) << each.content;
        EXPECT_EQ(meta.bytes(dicom::tags::TransferSyntaxUID), littleEndian.toLatin1());
        EXPECT_TRUE(meta.contains({0x0002, 0x0016})) << "what follows nothing stays";
    }
}

TEST(FileMeta, KeepsTheLastUidThatWasAssigned)
{
    const char* meta = "(0002,0002) UI 1.2\n(0002,0003) UI 1.3\n";
    const char* content = "(0008,0016) UI 1.2\n(0008,0018) UI 1.3\n";
    const auto uidAfter = [&](const edit::Edit::Operation& operation) {
        return after(meta, content, operation).meta.bytes(MediaStorageSOPInstanceUID);
    };
    EXPECT_EQ(uidAfter(scripted("version \"6.6\"\n-(0008,0018)\n")), "1.3");
    EXPECT_EQ(uidAfter(scripted("version \"6.6\"\n(0008,0018) := \"1.7\"\n-(0008,0018)\n")), "1.7");
    EXPECT_TRUE(uidAfter(scripted("version \"6.6\"\n(0008,0018) := hashUID[(0008,0018)]\n-(0008,0018)\n"))
                    .startsWith("2.25."));
    EXPECT_TRUE(uidAfter(deid::Profile()).startsWith("2.25."));
}

TEST(FileMeta, TheLengthOfAGroupGoesWithItsLastElement)
{
    const char* before = "(0010,0000) UL 10\n(0010,0010) PN A\n(6000,0000) UL 10\n(6000,3000) OW 01 00\n"
                         "(0040,0275)[0]/(0010,0000) UL 10\n(0040,0275)[0]/(0010,0020) LO 1\n"
                         "(0040,0275)[0]/(0040,0007) LO x\n";
    const edit::Evaluated changed =
        after("(0002,0003) UI 1.3\n", before,
              scripted("version \"6.6\"\n- (60X@,3000)\n-*/(0010,0020)\n(0010,0010) := \"B\"\n"));
    EXPECT_EQ(text(changed.dataSet).toStdString(),
              "(0010,0000) UL 10\n(0010,0010) PN B\n(0040,0275) SQ 1 item\n(0040,0275)[0]/(0040,0007) LO x");
}

TEST(FileMeta, IsNotToBeFoundInTheDataSetOfAFileThatIsWrittenChanged)
{
    const char* stray =
        "(0000,0002) UI 1.2\n(0002,0003) UI 1.2.3.4\n(0002,0016) AE SENDER\n(0010,0010) PN Doe\n"
        "(0040,0275)[0]/(0002,0016) AE SENDER\n";
    const edit::Evaluated changed =
        after("(0002,0003) UI 1.3\n", stray, scripted("version \"6.6\"\n(0010,0010) := \"X\"\n"));
    EXPECT_TRUE(changed.rewritten);
    EXPECT_FALSE(dicom::hasStrayGroups(changed.dataSet)) << text(changed.dataSet).toStdString();
    const edit::Evaluated same =
        after("(0002,0003) UI 1.3\n", stray, scripted("version \"6.6\"\n-(0010,4000)\n"));
    EXPECT_FALSE(same.rewritten);
    EXPECT_TRUE(dicom::hasStrayGroups(same.dataSet)) << "it is shown as it is";
    const edit::AttributeOperation deletion{dicom::AttributePath(dicom::Tag{0x0002, 0x0016}),
                                            edit::Action::Delete};
    const edit::Evaluated removed =
        after("(0002,0016) AE OWN\n", stray, QList<edit::AttributeOperation>{deletion});
    EXPECT_TRUE(removed.rewritten) << "it can be removed by itself";
    EXPECT_TRUE(removed.meta.contains({0x0002, 0x0016})) << "the file's own stays";
}

/// A file without file meta information in which nothing is left to do: it is written anew all the same.
TEST(FileMeta, AProfileReachesAFileThatItLeavesEqual)
{
    const deid::Profile profile{deid::Option::RetainUids};
    const DataSet clean = *deid::deidentify(lines("(0008,0018) UI 1.3\n(0010,0010) PN\n"), profile, "seed");
    const QByteArray content = text(clean).toUtf8();
    ASSERT_TRUE(*deid::deidentify(lines(content.constData()), profile, "seed") == lines(content.constData()));
    EXPECT_TRUE(after("", content.constData(), profile).rewritten);
}

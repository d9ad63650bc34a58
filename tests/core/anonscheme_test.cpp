// schemes/AnonScheme.das against the attributes that the profile of 2006 names (PS3.15-2006 Table E.1-1).

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"

#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

using dicom::tagOf;

enum class Fate { Gone, NewUid, Kept };

struct Named {
    quint32 tag;
    Fate fate = Fate::Gone; ///< absent or empty
};

constexpr Named profile[] = {
    {0x00080014, Fate::NewUid},
    {0x00080018, Fate::NewUid},
    {0x00080050},
    {0x00080080},
    {0x00080081},
    {0x00080090},
    {0x00080092},
    {0x00080094},
    {0x00081010},
    {0x00081030},
    {0x0008103E},
    {0x00081040},
    {0x00081048},
    {0x00081050},
    {0x00081060},
    {0x00081070},
    {0x00081080},
    {0x00081155},
    {0x00082111},
    {0x00100010},
    {0x00100020},
    {0x00100030},
    {0x00100032},
    {0x00100040, Fate::Kept},
    {0x00101000},
    {0x00101001},
    {0x00101010, Fate::Kept},
    {0x00101020},
    {0x00101030},
    {0x00101090},
    {0x00102160},
    {0x00102180},
    {0x001021B0},
    {0x00104000},
    {0x00181000},
    {0x00181030},
    {0x0020000D, Fate::NewUid},
    {0x0020000E, Fate::NewUid},
    {0x00200010},
    {0x00200052, Fate::NewUid},
    {0x00200200, Fate::NewUid},
    {0x00204000},
    {0x00400275},
    {0x0040A124, Fate::NewUid},
    {0x0040A730},
    {0x00880140},
    {0x30060024},
    {0x300600C2},
};

script::ParseResult scheme()
{
    const auto source = script::readSource(QStringLiteral(PROJECT_DIR "/schemes/AnonScheme.das"));
    return source ? script::parse(*source) : script::ParseResult();
}

/// Every attribute of the profile with a value of its kind.
dicom::DataSet everything()
{
    dicom::DataSet result;
    for (const Named& named : profile) {
        const dicom::Tag tag = tagOf(named.tag);
        const dicom::Vr vr = dicom::findStandard(tag)->vr;
        if (vr == dicom::Vr::SQ)
            result.set(dicom::Element::make(
                tag, {testing_support::dataSet(QStringLiteral("(0010,0010) PN Secret"))}));
        else
            result.set(tag, vr, vr == dicom::Vr::UI ? QByteArray("1.2.3.99") : QByteArray("Secret"));
    }
    return result;
}

dicom::DataSet anonymized(const dicom::DataSet& before)
{
    const auto run = script::run(*scheme().script, before, {"seed"});
    EXPECT_TRUE(run.ok());
    return run ? run->dataSet : dicom::DataSet();
}

} // namespace

TEST(AnonScheme, IsAScriptWithoutProblems)
{
    const auto parsed = scheme();
    ASSERT_TRUE(parsed.script);
    EXPECT_EQ(parsed.dialect, script::Dialect::Four);
    EXPECT_TRUE(parsed.problems.isEmpty()) << parsed.problems.value(0).toString().toStdString();
}

TEST(AnonScheme, ReachesEveryAttributeOfTheProfile)
{
    const auto before = everything();
    const auto after = anonymized(before);
    for (const auto& [number, fate] : profile) {
        const dicom::Tag tag = tagOf(number);
        SCOPED_TRACE(dicom::toString(tag).toStdString());
        const auto* element = after.find(tag);
        if (fate == Fate::Kept) {
            EXPECT_TRUE(dicom::sameElement(before.find(tag), element));
        } else if (fate == Fate::NewUid) {
            ASSERT_TRUE(element);
            EXPECT_TRUE(element->bytes().startsWith("2.25."));
        } else {
            EXPECT_TRUE(!element || element->length() == 0);
        }
    }
}

TEST(AnonScheme, OnAnImage)
{
    const auto before = testing_support::dataSet(QStringLiteral(R"(
        (0008,0005) CS ISO_IR 100
        (0008,0008) CS ORIGINAL\PRIMARY
        (0008,0018) UI 1.2.3.1
        (0008,0020) DA 20200102
        (0008,0050) SH A77
        (0008,0060) CS MR
        (0008,0080) LO Klinik Süd
        (0008,0090) PN Groß^Hans
        (0008,1030) LO Brain of Mr. Müller
        (0008,1140) SQ
        (0008,1140)[0]/(0008,1155) UI 1.2.3.2
        (0010,0010) PN Müller^Jörg
        (0010,0020) LO 4711
        (0010,0030) DA 19700101
        (0010,0040) CS M
        (0010,1010) AS 050Y
        (0020,000D) UI 1.2.3
        (0020,000E) UI 1.2.3.4
        (0020,0010) SH 12
        (0020,0013) IS 5
        (0029,0010) LO ACME
        (0029,1001) LO private
        (0028,0010) US 512)"));
    const QString text = testing_support::text(anonymized(before));
    const QStringList lines =
        text.split(u'\n').filter(QRegularExpression(QStringLiteral("^(?!.* UI 2\\.25\\.)")));
    EXPECT_EQ(lines.join(u'\n').toStdString(), R"((0008,0005) CS ISO_IR 100
(0008,0008) CS ORIGINAL\PRIMARY
(0008,0020) DA 20200102
(0008,0050) SH
(0008,0060) CS MR
(0008,0090) PN
(0010,0010) PN
(0010,0020) LO
(0010,0030) DA
(0010,0040) CS M
(0010,1010) AS 050Y
(0012,0063) LO AnonScheme: basic profile of 2006, age and sex kept
(0020,0010) SH
(0020,0013) IS 5
(0028,0010) US 512
(0029,0010) LO ACME
(0029,1001) LO private)");
    EXPECT_EQ(text.count(QStringLiteral(" UI 2.25.")), 3);
}

TEST(AnonScheme, InventsNoUids)
{
    const auto after = anonymized(testing_support::dataSet(QStringLiteral("(0008,0018) UI 1.2")));
    for (const auto& element : after)
        EXPECT_TRUE(element->vr() != dicom::Vr::UI || element->tag() == dicom::tags::SOPInstanceUID)
            << dicom::toString(element->tag()).toStdString();
}

TEST(AnonScheme, KeepsAStudyTogether)
{
    const QString image = QStringLiteral("(0008,0018) UI 1.2.3.%1\n(0020,000D) UI 1.2\n(0020,000E) UI 1.2.3");
    const auto one = anonymized(testing_support::dataSet(image.arg(1)));
    const auto two = anonymized(testing_support::dataSet(image.arg(2)));
    for (const quint32 shared : {0x0020000DU, 0x0020000EU})
        EXPECT_EQ(one.bytes(tagOf(shared)), two.bytes(tagOf(shared)));
    EXPECT_NE(one.bytes(dicom::tags::SOPInstanceUID), two.bytes(dicom::tags::SOPInstanceUID));
}

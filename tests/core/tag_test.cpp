#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

#include <gtest/gtest.h>

using namespace dicom;

TEST(Tag, PrintsInUpperCaseAndReadsItsUsualSpellings)
{
    EXPECT_EQ(toString(Tag{0x0008, 0x103e}), u"(0008,103E)");
    for (const auto text : {u"(0008,103E)", u"0008,103e", u"0008103e", u" (0008, 103E) "})
        EXPECT_EQ(parseTag(text), (Tag{0x0008, 0x103e}));
    for (const auto text : {u"", u"(0008,103)", u"8,103e", u"(0008,103E", u"0008,103g"})
        EXPECT_EQ(parseTag(text), std::nullopt);
}

TEST(Tag, KnowsPrivateElementsAndTheirCreators)
{
    EXPECT_TRUE((Tag{0x0019, 0x0010}).isPrivateCreator());
    EXPECT_FALSE((Tag{0x0019, 0x1002}).isPrivateCreator());
    EXPECT_EQ((Tag{0x0019, 0x1002}).creatorTag(), (Tag{0x0019, 0x0010}));
    EXPECT_EQ((Tag{0x0019, 0x0002}).creatorTag().element, 0);
    EXPECT_FALSE((Tag{0x0010, 0x0010}).isPrivateCreator());
}

TEST(Vr, EveryRowStandsAtItsPlaceAndReadsItsOwnName)
{
    for (int i = 0; i <= static_cast<int>(Vr::UV); ++i) {
        const auto vr = static_cast<Vr>(i);
        EXPECT_EQ(info(vr).vr, vr);
        EXPECT_EQ(parseVr(QString(name(vr))), vr);
    }
    EXPECT_EQ(parseVr(u"XX"), std::nullopt);
}

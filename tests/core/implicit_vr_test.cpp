#include "core/dicom/implicit_vr.h"

#include "core/dicom/dictionary.h"

#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

using dicom::Tag;
using dicom::Vr;

/// Files are read by DCMTK where they are not ordinary: their values must not depend on who reads.
TEST(ImplicitVr, OfEveryAttributeThatDcmtkKnowsIsWhatDcmtkSays)
{
    dicom::ImplicitVrs vrs;
    int known = 0;
    for (const auto& [tag, entry] : dicom::standardEntries()) {
        const DcmEVR theirs = DcmTag(tag.group, tag.element).getEVR();
        if (theirs == EVR_UN || theirs == EVR_UNKNOWN || theirs == EVR_UNKNOWN2B)
            continue; // newer than DCMTK, or reserved
        ++known;
        const bool isOfWords = theirs == EVR_ox || theirs == EVR_px || theirs == EVR_lt;
        const QString expected =
            isOfWords ? QStringLiteral("OW") : QString::fromLatin1(DcmVR(theirs).getValidVRName());
        EXPECT_EQ(QString(name(vrs.of(tag, {}).vr)), expected) << toString(tag).toStdString();
        EXPECT_EQ(vrs.of(tag, {}).followsSign, theirs == EVR_xs) << toString(tag).toStdString();
    }
    EXPECT_GT(known, 4500);
}

TEST(ImplicitVr, OfRepeatingGroupsAndPrivateAttributes)
{
    dicom::ImplicitVrs vrs;
    const std::pair<Tag, Vr> cases[] = {
        {{0x6002, 0x3000}, Vr::OW}, {{0x501E, 0x3000}, Vr::OW}, {{0x7F02, 0x0010}, Vr::OW},
        {{0x7FE0, 0x0010}, Vr::OW}, {{0x7FE0, 0x0008}, Vr::OF}, {{0x6002, 0x0010}, Vr::US},
        {{0x0009, 0x0010}, Vr::LO}, {{0x0009, 0x1001}, Vr::UN}, {{0x0009, 0x0000}, Vr::UL},
        {{0x0008, 0x0000}, Vr::UL}, {{0x0008, 0x9999}, Vr::UN},
    };
    for (const auto& [tag, vr] : cases)
        EXPECT_EQ(vrs.of(tag, {}).vr, vr) << toString(tag).toStdString();
}

TEST(ImplicitVr, OfPrivateSequencesGoesByTheCreator)
{
    dicom::ImplicitVrs vrs;
    const auto holder = [](const char* creator) {
        dicom::DataSet level;
        level.set({0x0029, 0x0010}, Vr::LO, creator);
        return level;
    };
    const dicom::DataSet medcom = holder("SIEMENS MEDCOM HEADER"), other = holder("ACME");
    for (int round = 0; round < 2; ++round) { // also what is remembered
        EXPECT_EQ(vrs.of({0x0029, 0x1040}, medcom).vr, Vr::SQ);
        EXPECT_EQ(vrs.of({0x0029, 0x1040}, other).vr, Vr::UN);
        EXPECT_EQ(vrs.of({0x0029, 0x1040}, {}).vr, Vr::UN);
        EXPECT_EQ(vrs.of({0x0029, 0x1010}, medcom).vr, Vr::UN);
    }
}

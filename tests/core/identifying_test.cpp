#include "core/dicom/identifying.h"

#include "core/dicom/dictionary.h"

#include <gtest/gtest.h>

using namespace dicom;
using Kind = IdentifyingKind;

namespace {

struct Example {
    const char* keyword;
    Kind kind;
};

class Identifying : public testing::TestWithParam<Example> {};

} // namespace

TEST_P(Identifying, KindOfAttribute)
{
    const auto [keyword, kind] = GetParam();
    const auto tag = findByText(QString::fromLatin1(keyword));
    ASSERT_TRUE(tag) << keyword;
    EXPECT_EQ(identifyingKind(*tag, findStandard(*tag)->vr), kind) << keyword;
}

INSTANTIATE_TEST_SUITE_P(
    Examples, Identifying,
    testing::Values(
        Example{"PatientName", Kind::PersonName}, Example{"OperatorsName", Kind::PersonName},
        Example{"PersonName", Kind::PersonName},
        Example{"PersonIdentificationCodeSequence", Kind::PersonName},
        Example{"ReferringPhysicianIdentificationSequence", Kind::PersonName},
        Example{"PatientID", Kind::Identifier}, Example{"AccessionNumber", Kind::Identifier},
        Example{"StudyID", Kind::Identifier}, Example{"OtherPatientIDs", Kind::Identifier},
        Example{"PatientTelephoneNumbers", Kind::Identifier}, Example{"StationName", Kind::Identifier},
        Example{"DeviceSerialNumber", Kind::Identifier}, Example{"StationAETitle", Kind::Identifier},
        Example{"SourceApplicationEntityTitle", Kind::Identifier},
        Example{"ClinicalTrialSiteID", Kind::Identifier}, Example{"RequestedProcedureID", Kind::Identifier},
        Example{"PatientBirthDate", Kind::Date}, Example{"StudyDate", Kind::Date},
        Example{"StudyTime", Kind::Date}, Example{"AcquisitionDateTime", Kind::Date},
        Example{"PatientBirthDateInAlternativeCalendar", Kind::Date}, Example{"ExpiryDate", Kind::Date},
        Example{"InstitutionName", Kind::Place}, Example{"InstitutionAddress", Kind::Place},
        Example{"PatientAddress", Kind::Place}, Example{"CountryOfResidence", Kind::Place},
        Example{"InstitutionalDepartmentName", Kind::Place}, Example{"GPSLatitude", Kind::Place},
        Example{"StudyDescription", Kind::FreeText}, Example{"PatientComments", Kind::FreeText},
        Example{"ImageComments", Kind::FreeText}, Example{"ProtocolName", Kind::FreeText},
        Example{"OverlayComments", Kind::FreeText}, Example{"TextValue", Kind::FreeText},
        Example{"AdditionalPatientHistory", Kind::FreeText}, Example{"StudyInstanceUID", Kind::Uid},
        Example{"SOPInstanceUID", Kind::Uid}, Example{"FrameOfReferenceUID", Kind::Uid},
        Example{"SOPClassUID", Kind::None}, Example{"TransferSyntaxUID", Kind::None},
        Example{"Modality", Kind::None}, Example{"PatientSex", Kind::None}, Example{"PatientAge", Kind::None},
        Example{"SeriesNumber", Kind::None}, Example{"PixelData", Kind::None},
        Example{"TimezoneOffsetFromUTC", Kind::None}, Example{"ReferencedImageSequence", Kind::None}),
    [](const auto& example) { return std::string(example.param.keyword); });

TEST(IdentifyingKindOf, GoesByVrWhereTheTableIsSilent)
{
    const Tag unknown{0x0099, 0x1001};
    EXPECT_EQ(identifyingKind(unknown, Vr::PN), Kind::PersonName);
    EXPECT_EQ(identifyingKind(unknown, Vr::LO), Kind::None); // private
    EXPECT_EQ(identifyingKind(unknown, Vr::DA), Kind::None);
    EXPECT_EQ(identifyingKind({0x0098, 0x1001}, Vr::DA), Kind::Date);
    EXPECT_EQ(identifyingKind({0x0098, 0x1001}, Vr::LO), Kind::None);
    EXPECT_EQ(identifyingKind(tags::PatientID, Vr::UN), Kind::Identifier);
    EXPECT_EQ(identifyingKind({0x6002, 0x4000}, Vr::LT), Kind::FreeText);
}

TEST(IdentifyingKindOf, FilterShowsNamesIdentifiersDatesAndPlaces)
{
    EXPECT_TRUE(isIdentifying(tags::PatientName, Vr::PN));
    EXPECT_TRUE(isIdentifying(tags::PatientID, Vr::LO));
    EXPECT_TRUE(isIdentifying(tags::StudyDate, Vr::DA));
    EXPECT_TRUE(isIdentifying({0x0008, 0x0080}, Vr::LO));
    EXPECT_FALSE(isIdentifying(tags::StudyDescription, Vr::LO));
    EXPECT_FALSE(isIdentifying(tags::StudyInstanceUID, Vr::UI));
    EXPECT_FALSE(isIdentifying(tags::Modality, Vr::CS));
}

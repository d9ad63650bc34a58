// What the profile does where the table has no row, and to patients, UIDs, dates and overlays.

#include "core/deid/deidentify.h"
#include "core/dicom/dicom_file.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/reader.h"
#include "core/dicom/uid.h"
#include "core/dicom/unknown_value.h"
#include "core/edit/edit.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace deid;
using namespace testing_support;
using dicom::DataSet;
using dicom::Tag;
using dicom::Vr;

namespace {

const QByteArray seed(32, 's');

Profile withoutIds(Options options = {})
{
    return {options, {Patients::NewIds::Empty}};
}

/// One attribute after the profile, as text; "removed" where it is gone.
QString after(const char* line, Options options = {})
{
    const DataSet before = dicom::withUnknownValuesRead(dataSet(QString::fromUtf8(line)));
    const Tag tag = (*before.begin())->tag();
    const DataSet result = *deidentify(before, withoutIds(options), seed);
    DataSet one;
    if (const dicom::ElementPtr element = result.share(tag))
        one.set(element);
    return one.isEmpty() ? QStringLiteral("removed") : text(one).trimmed();
}

} // namespace

TEST(DeidRules, DecideByValueRepresentationWhereTheTableHasNoRow)
{
    const struct {
        const char* before;
        Options options;
        const char* expected;
    } cases[] = {
        {"(0040,A067) PN Doe^Jane", {}, "(0040,A067) PN"},
        {"(0014,0102) DA 20200105", {}, "(0014,0102) DA"},
        {"(0014,0102) DA 20200105", Option::RetainFullDates, "(0014,0102) DA 20200105"},
        {"(0014,0103) TM 101112", Option::RetainModifiedDates, "(0014,0103) TM 101112"},
        {"(0014,0103) TM 101112", {}, "(0014,0103) TM"},
        {"(0028,0010) US 512", {}, "(0028,0010) US 512"},
        {"(0008,0070) LO ACME", {}, "(0008,0070) LO ACME"},
        {"(0010,9999) LO who knows", {}, "removed"},
        {"(0008,0070) OW 4f 44 5e 45", {}, "removed"},
        {"(0010,999A) PN Doe^Jane", {}, "removed"},
        {"(0014,6001)[0]/(0010,4000) LT newer than the edition", {}, "removed"},
        {"(0008,0070) UN 41 00 42 00 43 44", {}, "removed"},
        {"(0000,0002) UI 1.2.3", {}, "removed"},
        {"(0002,0016) AE DOE", {}, "removed"},
    };
    for (const auto& each : cases)
        EXPECT_EQ(after(each.before, each.options), QString::fromUtf8(each.expected)) << each.before;
}

TEST(DeidRules, RemoveWhatLaterEditionsNameAndIssuers)
{
    for (const char* line :
         {"(0010,0011)[0]/(0010,0012) LT Jane", "(0010,0012) LT Jane", "(0010,0016) LT she",
          "(0010,0033) LO 1368", "(0010,0034) LO 1440", "(0010,0035) CS ISLAMIC", "(0010,0041) SQ",
          "(0010,0045) LT x", "(0010,0047) UR x", "(0010,2161) SQ", "(0010,0024) SQ", "(0008,0051) SQ",
          "(0040,0026) SQ", "(0040,0039) SQ", "(0038,0014) SQ"})
        EXPECT_EQ(after(line), QStringLiteral("removed")) << line;
    EXPECT_EQ(after("(0042,0010) ST Report on Jane"), QStringLiteral("(0042,0010) ST")) << "type 2";
    EXPECT_NE(after("(0010,2161)[0]/(0008,0100) SH 1", Option::RetainPatientCharacteristics),
              QStringLiteral("removed"))
        << "as (0010,2160)";
}

TEST(DeidRules, MapUidsOfThingsAndNeverThoseOfKindsOrOfTheStandard)
{
    const auto isMapped = [](const char* line) { return after(line).contains(QStringLiteral("UI 2.25.")); };
    for (const char* line :
         {"(0020,0242) UI 1.2.3", "(0008,1167) UI 1.2.3", "(0028,0304) UI 1.2.3", "(0020,9312) UI 1.2.3",
          "(0008,1155) UI 1.2.840.10008.999.1", "(0020,000D) UI 1.2.840.10008.5.1.4.1.1.2.77",
          "(0020,0242) UI 1.2.840.10008.6.1.x", "(0020,0052) UI 1.2.3"})
        EXPECT_TRUE(isMapped(line)) << line;
    for (const char* line : {"(0008,0016) UI 1.2.3.private", "(0008,1150) UI 1.2.3", "(0008,010C) UI 1.2.3",
                             "(0008,0117) UI 1.2.3", "(0008,0118) UI 1.2.3", "(0008,3002) UI 1.2.3",
                             "(0020,0052) UI 1.2.840.10008.1.4.1.1", "(0028,0304) UI 1.2.840.10008.1.5.1",
                             "(0020,0200) UI 1.2.840.10008.15.1.1", "(0008,1155) UI 1.2.840.10008.1.1",
                             "(0020,000D) UI 1.2.840.10008.6.1.1234"})
        EXPECT_FALSE(isMapped(line)) << line;
    EXPECT_EQ(after("(0020,0242) UI 1.2.3", Option::RetainUids), QStringLiteral("(0020,0242) UI 1.2.3"));
}

TEST(DeidRules, LeaveNoTrueDateBesideShiftedOnes)
{
    for (const auto& [tag, rule] : allRules()) {
        const auto* entry = dicom::findStandard(tag);
        if (!entry || (entry->vr != Vr::DA && entry->vr != Vr::DT))
            continue;
        for (const Option other : {Option::RetainDeviceIdentity, Option::RetainInstitutionIdentity,
                                   Option::RetainPatientCharacteristics, Option::RetainUids}) {
            DataSet before;
            before.set(tag, entry->vr, "20200105");
            const DataSet result = *deidentify(before, {Option::RetainModifiedDates | other}, seed);
            EXPECT_NE(result.bytes(tag), "20200105") << dicom::toString(tag).toStdString();
        }
    }
}

TEST(DeidRules, EmptyWhatIsNoWholeDateWhereDatesAreShifted)
{
    for (const char* line :
         {"(0008,0020) DA 2018", "(0008,0020) DA 201811", "(0008,002A) DT 2018", "(0008,0020) DA May"})
        EXPECT_TRUE(after(line, Option::RetainModifiedDates).endsWith(QStringLiteral("DA"))
                    || after(line, Option::RetainModifiedDates).endsWith(QStringLiteral("DT"))
                    || after(line, Option::RetainModifiedDates) == u"removed")
            << line << after(line, Option::RetainModifiedDates).toStdString();
}

TEST(DeidRules, OnePatientHasOneIdentityWhateverThePaddingAndTheCharacterSet)
{
    const char* same[] = {"(0010,0020) LO MRN1", "(0010,0020) LO  MRN1  "};
    QSet<QString> names;
    for (const char* line : same)
        names.insert(after(line) + patientIdOf(dataSet(QString::fromUtf8(line))));
    EXPECT_EQ(names.size(), 1);

    DataSet latin;
    latin.set(dicom::tags::SpecificCharacterSet, Vr::CS, "ISO_IR 100");
    latin.set(dicom::tags::PatientID, Vr::LO, "M\xFCller");
    DataSet unicode;
    unicode.set(dicom::tags::SpecificCharacterSet, Vr::CS, "ISO_IR 192");
    unicode.set(dicom::tags::PatientID, Vr::LO, "M\xC3\xBCller ");
    DataSet nul = unicode;
    nul.set(dicom::tags::PatientID, Vr::LO, QByteArray("M\xC3\xBCller\0", 8));
    EXPECT_EQ(patientIdOf(latin), patientIdOf(unicode));
    EXPECT_EQ(patientIdOf(latin), patientIdOf(nul));
    EXPECT_EQ(deidentify(latin, {}, seed)->bytes(dicom::tags::PatientID),
              deidentify(unicode, {}, seed)->bytes(dicom::tags::PatientID));
}

TEST(DeidRules, PatientsStayApartByPseudonyms)
{
    const auto idOf = [](const char* lines, const Profile& profile = {}) {
        const auto result = deidentify(dataSet(QString::fromUtf8(lines)), profile, seed);
        return result ? QString::fromLatin1(result->bytes(dicom::tags::PatientID)) + u'|'
                + QString::fromLatin1(result->bytes(dicom::tags::PatientName))
                      : result.error().reason;
    };
    const QString one = idOf("(0010,0010) PN Doe^Jane\n(0010,0020) LO MRN1\n");
    EXPECT_EQ(one, idOf("(0010,0010) PN Doe^J.\n(0010,0020) LO MRN1\n")) << "the ID tells who it is";
    EXPECT_NE(one, idOf("(0010,0010) PN Doe^Jane\n(0010,0020) LO MRN2\n"));
    static const QRegularExpression readable(
        QStringLiteral(R"(\A([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\|)"));
    EXPECT_TRUE(one.contains(readable)) << one.toStdString();
    EXPECT_EQ(one.section(u'|', 0, 0), one.section(u'|', 1, 1)) << "ID and name are one";
    EXPECT_NE(idOf("(0010,0010) PN Doe^Jane\n(0010,0020) LO\n"), idOf("(0010,0010) PN Roe\n(0010,0020) LO\n"))
        << "without IDs the names tell them apart";
    EXPECT_EQ(idOf("(0010,0010) PN\n(0010,0020) LO\n"), u"|");
    EXPECT_EQ(idOf("(0010,0010) PN Doe\n(0010,0020) LO MRN1\n", withoutIds()), u"|");

    const auto table =
        patientsInTable(QStringLiteral("id_old,id_new\nMRN1,Case 7\n\"MRN,2\",\"Case \"\"8\"\"\"\n"));
    ASSERT_TRUE(table.ok()) << table.error().message().toStdString();
    EXPECT_EQ(idOf("(0010,0010) PN Doe\n(0010,0020) LO MRN1\n", {{}, *table}), u"Case 7|Case 7");
    EXPECT_EQ(idOf("(0010,0020) LO MRN,2\n", {{}, *table}), u"Case \"8\"|");
    EXPECT_TRUE(idOf("(0010,0020) LO MRN3\n", {{}, *table}).startsWith(u"the table of patients"));
    EXPECT_TRUE(
        idOf("(0010,0010) PN Doe\n(0010,0020) LO\n", {{}, *table}).startsWith(u"the table of patients"));
    for (const char* bad :
         {"", "a,b\n", "id_old,id_new\nMRN1\n", "id_old,id_new\nMRN1,\n", "id_old,id_new\nMRN1,A\nMRN1,B\n",
          "id_old,id_new\n\"MRN1,A\n", "id_old,id_new\nMRN1,MRN1\n", "id_old,id_new\nA1,B1\nB1,A1\n",
          "id_old;id_new\nMRN1;A\n"})
        EXPECT_FALSE(patientsInTable(QString::fromUtf8(bad)).ok()) << bad;
}

TEST(DeidRules, WhatWasSaidBeforeStaysSaid)
{
    const auto datesAfter = [](const char* before, Options options) {
        return deidentify(dataSet(QStringLiteral("(0028,0303) CS ") + QString::fromUtf8(before)), {options},
                          seed)
            ->bytes({0x0028, 0x0303});
    };
    EXPECT_EQ(datesAfter("UNMODIFIED", Option::RetainFullDates), "UNMODIFIED");
    EXPECT_EQ(datesAfter("MODIFIED", Option::RetainFullDates), "MODIFIED");
    EXPECT_EQ(datesAfter("REMOVED", Option::RetainFullDates), "REMOVED");
    EXPECT_EQ(datesAfter("UNMODIFIED", Option::RetainModifiedDates), "MODIFIED");
    const DataSet twice =
        *deidentify(*deidentify(dataSet(QStringLiteral("(0012,0063) LO By hand\n"
                                                       "(0012,0064)[0]/(0008,0100) SH 113111\n")),
                                {}, seed),
                    {}, seed);
    EXPECT_EQ(twice.bytes({0x0012, 0x0063}), "By hand\\DICOM PS3.15 2024b Basic Profile");
    EXPECT_EQ(twice.find({0x0012, 0x0064})->items().size(), 2U) << "each code once";
}

namespace {

/// A small image of 16 bits with an overlay in a bit of its pixels.
DataSet imageWithOverlay(int stored, int high, int position, const QByteArray& pixels)
{
    DataSet image = ctImage(1, 1, 1);
    const auto number = [&](Tag tag, int value) {
        image.set(tag, Vr::US, QByteArray(1, static_cast<char>(value)) + '\0');
    };
    number({0x0028, 0x0100}, 16);
    number({0x0028, 0x0101}, stored);
    number({0x0028, 0x0102}, high);
    number({0x6000, 0x0100}, 16);
    number({0x6000, 0x0102}, position);
    image.set({0x6000, 0x0022}, Vr::LO, "DOE^JANE");
    image.set(dicom::tags::PixelData, Vr::OW, pixels);
    return image;
}

/// The pixels after the profile.
QByteArray pixelsAfter(const DataSet& image)
{
    QTemporaryDir folder;
    const QString path = writeFile(folder.filePath(QStringLiteral("in")), dicomBytes(image));
    const auto read = dicom::readFile(path);
    const auto edit = std::make_shared<const edit::Edit>(edit::Edit{{}, {0}, Profile()});
    const auto evaluated = edit::evaluate(catalog::instanceOf(*read, 0, folder.path()), {edit}, {seed});
    EXPECT_FALSE(evaluated->dataSet.contains({0x6000, 0x0022}));
    const dicom::DicomFile file(*read, evaluated->meta, evaluated->dataSet);
    EXPECT_TRUE(file.write(folder.filePath(QStringLiteral("out"))).ok());
    EXPECT_TRUE(file.verify(folder.filePath(QStringLiteral("out"))).ok());
    const QByteArray bytes = readBytes(folder.filePath(QStringLiteral("out")));
    return bytes.right(image.find(dicom::tags::PixelData)->bytes().size());
}

} // namespace

TEST(DeidRules, OverlaysInUnusedBitsAreClearedAndNothingElse)
{
    const QByteArray pixels = QByteArray::fromHex("ffff34120080ff7f");
    EXPECT_EQ(pixelsAfter(imageWithOverlay(12, 11, 15, pixels)).toHex(), "ff7f34120000ff7f");
    EXPECT_EQ(pixelsAfter(imageWithOverlay(12, 15, 0, pixels)).toHex(), "feff34120080fe7f")
        << "position 0, too";
    EXPECT_EQ(pixelsAfter(imageWithOverlay(12, 11, 5, pixels)), pixels) << "a stored bit is the image's";
    EXPECT_EQ(pixelsAfter(imageWithOverlay(16, 15, 15, pixels)), pixels);
    DataSet withData = imageWithOverlay(12, 11, 15, pixels);
    withData.set({0x6000, 0x3000}, Vr::OW, QByteArray(2, '\1'));
    EXPECT_EQ(pixelsAfter(withData), pixels) << "its data stand elsewhere";
}

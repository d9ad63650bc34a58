#include "core/deid/deidentify.h"
#include "core/deid/dummy.h"
#include "core/dicom/dicom_file.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/unknown_value.h"
#include "core/dicom/value.h"
#include "core/edit/edit.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QMap>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <iostream>

using namespace deid;
using namespace testing_support;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

namespace {

const QByteArray seed(32, 's');
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2";
const QByteArray enhancedMr = "1.2.840.10008.5.1.4.1.1.4.1";
const QByteArray pet = "1.2.840.10008.5.1.4.1.1.128";

Action actionOf(const char* tag, const QByteArray& sopClass, Options options = {})
{
    const Rule* rule = ruleOf(*dicom::parseTag(QString::fromLatin1(tag)));
    return rule->action(options, rule->typeIn(sopClass));
}

/// As the table has it: the patient gets no new ID.
Profile withoutIds(Options options = {})
{
    return {options, {Patients::NewIds::Empty}};
}

QString basicOf(const QString& lines, Options options = {})
{
    return text(*deidentify(dataSet(lines), withoutIds(options), seed));
}

/// A value of that VR that somebody planted.
QByteArray planted(Vr vr)
{
    switch (vr) {
    case Vr::UI:
        return "1.2.3.4.555.66";
    case Vr::DA:
        return "19550131";
    case Vr::TM:
        return "131415";
    case Vr::DT:
        return "19550131131415";
    case Vr::AS:
        return "088Y";
    case Vr::DS:
    case Vr::IS:
        return "4711";
    default:
        return dicom::isString(vr) ? QByteArray("PLANTED ") : QByteArray(8, '\x47');
    }
}

Vr vrOf(Tag tag)
{
    const auto* entry = dicom::findStandard(tag);
    return entry ? entry->vr : Vr::LO; // curves
}

dicom::ElementPtr plantedElement(Tag tag)
{
    const Vr vr = vrOf(tag);
    if (vr != Vr::SQ)
        return Element::make(tag, vr, planted(vr));
    DataSet item;
    item.set({0x0010, 0x4000}, Vr::LT, "PLANTED ");
    return Element::make(tag, Element::Items{item});
}

/// Command elements and file meta information do not.
bool standsInDataSets(Tag tag)
{
    return tag.group > 0x0004 && !tag.isFileMeta();
}

/// All rows' attributes, at the top and in an item.
DataSet objectOfAllRows()
{
    DataSet object;
    DataSet item;
    for (const auto& [tag, rule] : allRules())
        if (standsInDataSets(tag))
            item.set(plantedElement(tag));
    constexpr Tag withoutRow{0x0054, 0x0016}; // Radiopharmaceutical Information Sequence
    object = item;
    object.set(Element::make(withoutRow, Element::Items{item}));
    return object;
}

/// What was done to a plain value, as the table's letters have it.
char doneTo(const Element* before, const Element* after)
{
    if (!after)
        return 'X';
    if (dicom::sameElement(before, after))
        return 'K';
    if (after->length() == 0)
        return 'Z';
    return after->bytes() == dummyBytes(after->vr()) ? 'D' : after->vr() == Vr::UI ? 'U' : 'C';
}

/// The letters that the row allows under these options.
QByteArray allowedBy(const Rule& rule, Options options, Vr vr)
{
    if (options & rule.kept)
        return "K";
    const bool movesDates = (options & rule.cleaned & Option::RetainModifiedDates)
        && (vr == Vr::DA || vr == Vr::DT || vr == Vr::TM);
    if (movesDates)
        return vr == Vr::TM ? "K" : "C";
    return vr == Vr::UI && rule.basic.contains('D') ? rule.basic + 'U' : rule.basic;
}

const Options allOptions[] = {{},
                              Option::RetainUids,
                              Option::RetainDeviceIdentity,
                              Option::RetainInstitutionIdentity,
                              Option::RetainPatientCharacteristics,
                              Option::RetainFullDates,
                              Option::RetainModifiedDates,
                              Option::RetainUids | Option::RetainFullDates};

} // namespace

TEST(ProfileTable, HasEveryRowOfTheStandardButThatOfPrivateAttributes)
{
    QMap<QByteArray, int> codes;
    for (const auto& [tag, rule] : allRules())
        ++codes[rule->basic];
    const QMap<QByteArray, int> wanted{{"X", 383},  {"D", 92},  {"U", 54},    {"Z", 42},    {"X/D", 22},
                                       {"X/Z", 11}, {"Z/D", 6}, {"X/Z/D", 8}, {"X/Z/U*", 2}};
    EXPECT_EQ(codes, wanted);
    EXPECT_EQ(ruleOf({0x6002, 0x3000})->name, QStringLiteral("Overlay Data"));
    EXPECT_EQ(ruleOf({0x5004, 0x2500})->name, QStringLiteral("Curve Data"));
    EXPECT_EQ(ruleOf({0x0011, 0x1001}), nullptr);
    EXPECT_EQ(ruleOf({0x0028, 0x0010}), nullptr);
}

TEST(ProfileTable, TheTypeInTheIodDecidesCombinedCodes)
{
    EXPECT_EQ(actionOf("(0010,0020)", ct), Action::Empty);
    EXPECT_EQ(actionOf("(0008,002A)", ct), Action::Remove);
    EXPECT_EQ(actionOf("(0008,002A)", enhancedMr), Action::Dummy);
    EXPECT_EQ(actionOf("(0008,0021)", ct), Action::Remove);
    EXPECT_EQ(actionOf("(0008,0021)", pet), Action::Dummy);
    EXPECT_EQ(actionOf("(0008,0022)", ct), Action::Remove);
    EXPECT_EQ(actionOf("(0008,0022)", pet), Action::Empty);
    EXPECT_EQ(actionOf("(0008,1140)", ct), Action::MapUid);
    EXPECT_EQ(actionOf("(0008,0021)", ct, Option::RetainFullDates), Action::Keep);
    EXPECT_EQ(actionOf("(0008,0021)", ct, Option::RetainModifiedDates), Action::Clean);
}

TEST(Deidentify, DoesWithEveryRowWhatTheTableSaysAtEveryDepthUnderEveryOption)
{
    const DataSet original = objectOfAllRows();
    constexpr Tag withoutRow{0x0054, 0x0016};
    int checked = 0;
    for (const Options options : allOptions) {
        const DataSet result = *deidentify(original, withoutIds(options), seed);
        const DataSet& inside = result.find(withoutRow)->items().front();
        for (const auto& [tag, rule] : allRules())
            for (const DataSet* place : {&result, &inside}) {
                const bool isOurs = tag.group == 0x0012; // the outcome speaks of itself there
                if (!standsInDataSets(tag) || vrOf(tag) == Vr::SQ || isOurs)
                    continue;
                const char done = doneTo(original.find(tag), place->find(tag));
                EXPECT_TRUE(allowedBy(*rule, options, vrOf(tag)).contains(done))
                    << rule->name.toStdString() << ": " << done << " of " << rule->basic.toStdString()
                    << (place == &inside ? ", in an item" : "") << ", options " << options.toInt();
                ++checked;
            }
    }
    std::cout << checked << " actions checked\n";
}

TEST(Deidentify, LeavesNothingPlantedInSequencesThatAreReplaced)
{
    const QString result = basicOf(QStringLiteral("(0008,0016) UI 1.2.840.10008.5.1.4.1.1.88.33\n"
                                                  "(0040,A730)[0]/(0040,A040) CS TEXT\n"
                                                  "(0040,A730)[0]/(0040,A043)[0]/(0008,0100) SH 121106\n"
                                                  "(0040,A730)[0]/(0040,A043)[0]/(0008,0102) SH DCM\n"
                                                  "(0040,A730)[0]/(0040,A043)[0]/(0008,0104) LO Comment\n"
                                                  "(0040,A730)[0]/(0040,A160) UT Jane Doe came back\n"
                                                  "(0040,A730)[1]/(0040,A123) PN Doe^Jane\n"));
    EXPECT_FALSE(result.contains(QStringLiteral("Doe"))) << result.toStdString();
    EXPECT_TRUE(result.contains(QStringLiteral("121106"))) << result.toStdString();
}

TEST(Deidentify, UidsAreMappedAlikeWhereverTheyStand)
{
    const DataSet result =
        *deidentify(dataSet(QStringLiteral("(0008,0016) UI 1.2.840.10008.5.1.4.1.1.2\n(0008,0018) UI 1.2.3\n"
                                           "(0008,1140)[0]/(0008,1150) UI 1.2.840.10008.5.1.4.1.1.2\n"
                                           "(0008,1140)[0]/(0008,1155) UI 1.2.3\n(0020,000D) UI 1.2.4\n")),
                    {}, seed);
    const QByteArray own = result.bytes(dicom::tags::SOPInstanceUID);
    const DataSet& reference = result.find({0x0008, 0x1140})->items().front();
    EXPECT_TRUE(own.startsWith("2.25."));
    EXPECT_EQ(reference.bytes({0x0008, 0x1155}), own);
    EXPECT_EQ(reference.bytes({0x0008, 0x1150}), "1.2.840.10008.5.1.4.1.1.2");
    EXPECT_NE(result.bytes(dicom::tags::StudyInstanceUID), own);
    EXPECT_EQ(result.bytes(dicom::tags::SOPClassUID), ct);
}

TEST(Deidentify, ModifiedDatesKeepIntervalsAtEveryDepth)
{
    const DataSet result = *deidentify(
        dataSet(QStringLiteral("(0008,0020) DA 20200105\n(0008,0023) DA 20200110\n(0008,0030) TM 101112\n"
                               "(0008,002A) DT 20200105101112.5\n(0010,0020) LO MRN1\n"
                               "(0054,0016)[0]/(0018,1078) DT 20200104101112\n(0010,0030) DA 19550131\n")),
        {Option::RetainModifiedDates}, seed);
    const auto date = [&](Tag tag) {
        return QDate::fromString(QString::fromLatin1(result.bytes(tag)), u"yyyyMMdd");
    };
    const QDate study = date({0x0008, 0x0020});
    EXPECT_EQ(study.daysTo(QDate(2020, 1, 5)), daysOf(seed, QStringLiteral("MRN1")));
    EXPECT_EQ(study.daysTo(date({0x0008, 0x0023})), 5);
    EXPECT_EQ(result.bytes({0x0008, 0x0030}), "101112");
    EXPECT_EQ(result.bytes({0x0008, 0x002A}), study.toString(u"yyyyMMdd").toLatin1() + "101112.5");
    EXPECT_EQ(result.find({0x0054, 0x0016})->items().front().bytes({0x0018, 0x1078}),
              study.addDays(-1).toString(u"yyyyMMdd").toLatin1() + "101112");
    EXPECT_EQ(result.find({0x0010, 0x0030})->length(), 0);
    EXPECT_NE(daysOf(seed, QStringLiteral("MRN1")), daysOf(seed, QStringLiteral("MRN2")));
}

TEST(Deidentify, OverlaysAndCurvesGoWholly)
{
    const QString result =
        basicOf(QStringLiteral("(5000,0005) US 2\n(6000,0010) US 8\n(6000,3000) OW 47 47\n"
                               "(6000,4000) LO Doe\n(6002,0011) US 8\n(0028,0010) US 8\n"));
    EXPECT_FALSE(result.contains(QStringLiteral("(60"))) << result.toStdString();
    EXPECT_FALSE(result.contains(QStringLiteral("(50"))) << result.toStdString();
    EXPECT_TRUE(result.contains(QStringLiteral("(0028,0010)"))) << result.toStdString();
}

TEST(Deidentify, TakesTheMeaningOfUnknownValuesFromTheDictionary)
{
    const DataSet result =
        *deidentify(dicom::withUnknownValuesRead(
                        dataSet(QStringLiteral("(0008,0018) UN 31 2e 32 2e 33 00\n(0002,0016) AE DOE\n"))),
                    {}, seed);
    EXPECT_TRUE(result.bytes(dicom::tags::SOPInstanceUID).startsWith("2.25."));
    EXPECT_FALSE(result.contains({0x0002, 0x0016}));
}

TEST(Profile, IsReadFromText)
{
    const auto profile = profileFrom(QStringLiteral("basic,retain-uids,shift-dates"));
    ASSERT_TRUE(profile.ok());
    EXPECT_EQ(profile->options, Option::RetainUids | Option::RetainModifiedDates);
    EXPECT_EQ(toString(*profile), QStringLiteral("basic,retain-uids,shift-dates"));
    EXPECT_TRUE(profileFrom(QStringLiteral("basic"))->options == Options());
    for (const char* bad : {"", "full", "basic,", "basic,retain-uid", "basic,retain-dates,shift-dates"})
        EXPECT_FALSE(profileFrom(QString::fromLatin1(bad)).ok()) << bad;
    EXPECT_EQ(profileFrom(QStringLiteral("basic,retain-uid")).error().remedy,
              QStringLiteral("Did you mean retain-uids?"));
}

TEST(Deidentify, FilesGetFreshMetaInformation)
{
    QTemporaryDir folder;
    const QString path = writeFile(folder.filePath(QStringLiteral("in.dcm")), dicomBytes(ctImage(1, 1, 1)));
    auto source = dicom::readFile(path).value();
    source.meta.set({0x0002, 0x0016}, Vr::AE, "DOES_CT ");
    source.meta.set({0x0002, 0x0102}, Vr::OB, "Doe^Jane");
    const catalog::Instance instance = catalog::instanceOf(source, 1, folder.path());
    const auto edit = [](edit::Edit::Operation operation) {
        return std::make_shared<const edit::Edit>(edit::Edit{{}, {1}, std::move(operation)});
    };
    const auto byProfile = edit::evaluate(instance, {edit(Profile())}, {seed});
    const auto byHand = edit::evaluate(instance, {edit(edit::DeletePrivate())}, {seed});
    for (const bool isByProfile : {true, false}) {
        const edit::Evaluated& evaluated = isByProfile ? *byProfile : *byHand;
        ASSERT_TRUE(evaluated.rewritten);
        const QString target = folder.filePath(QString::number(isByProfile));
        const dicom::DicomFile file(source, evaluated.meta, evaluated.dataSet);
        ASSERT_TRUE(file.write(target).ok());
        EXPECT_TRUE(file.verify(target).ok());
        EXPECT_EQ(readBytes(target).contains("DOES_CT"), !isByProfile);
        EXPECT_EQ(evaluated.meta.contains({0x0002, 0x0102}), !isByProfile);
    }
}

TEST(Deidentify, AnEditThatIsTakenBackCountsNoMore)
{
    const auto edit = [](edit::Edit::Operation operation) {
        return std::make_shared<const edit::Edit>(edit::Edit{{}, {1, 2}, std::move(operation)});
    };
    const auto isFresh = [](int id, const edit::EditList& edits) {
        dicom::LoadedFile file;
        file.dataSet = ctImage(1, 1, 1);
        file.meta.set({0x0002, 0x0016}, Vr::AE, "DOES_CT ");
        return !edit::evaluate(catalog::instanceOf(file, id), edits, {seed})->meta.contains({0x0002, 0x0016});
    };
    const auto profile = edit(Profile());
    const auto other = edit(edit::DeletePrivate());
    const auto revert = edit(edit::RevertAll());
    EXPECT_TRUE(isFresh(1, {profile, other}));
    EXPECT_FALSE(isFresh(3, {profile}));
    EXPECT_FALSE(isFresh(1, {other}));
    EXPECT_FALSE(isFresh(2, {profile, revert}));
    EXPECT_TRUE(isFresh(2, {profile, revert, profile}));
}

TEST(Deidentify, SaysWhatWasDone)
{
    const DataSet result = *deidentify(dataSet(QStringLiteral("(0008,0018) UI 1.2.3\n(0012,0063) LO Doe\n")),
                                       {Option::RetainUids | Option::RetainModifiedDates}, seed);
    EXPECT_EQ(result.bytes({0x0012, 0x0062}), "YES");
    EXPECT_EQ(result.bytes({0x0012, 0x0063}), "Doe\\DICOM PS3.15 2024b Basic Profile") << "it is added to";
    EXPECT_EQ(result.bytes({0x0028, 0x0303}), "MODIFIED");
    QByteArrayList codes;
    for (const DataSet& item : result.find({0x0012, 0x0064})->items())
        codes << item.bytes({0x0008, 0x0100});
    EXPECT_EQ(codes, (QByteArrayList{"113100", "113110", "113107"}));
}

TEST(Deidentify, NothingPlantedIsLeftInTheDataSetsOfRealFiles)
{
    const QDir folder(sharedData("data/derived/phi-planted"));
    SKIP_WITHOUT(folder.path());
    const QString key = QString::fromUtf8(readBytes(folder.filePath(QStringLiteral("ANSWER_KEY.tsv"))));
    QMultiMap<QString, QByteArray> tokens;
    for (const QString& line : key.split(u'\n').mid(1))
        if (const QStringList fields = line.split(u'\t'); fields.size() > 1)
            tokens.insert(fields[0], fields[1].toLatin1());
    int looked = 0;
    for (const QString& name : tokens.uniqueKeys()) {
        const auto file = dicom::readFile(folder.filePath(name));
        ASSERT_TRUE(file.ok()) << name.toStdString();
        DataSet result = *deidentify(file->dataSet, {}, seed);
        result.remove(dicom::tags::PixelData);
        const QByteArray bytes = dataSetBytes(result);
        for (const QByteArray& token : tokens.values(name)) {
            EXPECT_FALSE(bytes.contains(token)) << name.toStdString() << " " << token.toStdString();
            ++looked;
        }
    }
    EXPECT_GT(looked, 500);
    std::cout << looked << " planted words looked for in " << tokens.uniqueKeys().size() << " files\n";
}

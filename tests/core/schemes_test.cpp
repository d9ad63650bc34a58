// schemes/Basic2006.das and schemes/TeachingFile.das.

#include "core/catalog/scan.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/new_uid.h"
#include "core/dicom/value.h"
#include "core/script/lint.h"
#include "core/script/script.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <functional>
#include <gtest/gtest.h>
#include <iostream>

namespace {

const QByteArray seed = "seed";
const script::RunContext context{seed, {{QStringLiteral("days"), QStringLiteral("-1827")}}};

script::ParseResult parsed(const char* name)
{
    const auto source = script::readSource(QStringLiteral(":/schemes/%1.das").arg(QLatin1StringView(name)));
    return source ? script::parse(*source) : script::ParseResult();
}

QString after(const char* scheme, const char* before)
{
    const auto run =
        script::run(*parsed(scheme).script, testing_support::dataSet(QString::fromUtf8(before)), context);
    EXPECT_TRUE(run) << run.error().message().toStdString();
    return run ? testing_support::text(run->dataSet) : QString();
}

QString mapped(const char* uid)
{
    return dicom::mappedUid(seed, QLatin1StringView(uid));
}

using Visit = std::function<void(const dicom::Element&)>;

void forEachElement(const dicom::DataSet& dataSet, const Visit& visit)
{
    for (const auto& element : dataSet) {
        visit(*element);
        for (const dicom::DataSet& item : element->items())
            forEachElement(item, visit);
    }
}

/// What names a person, a place or an examination: values that must be nowhere in the result.
QSet<QByteArray> identityOf(const dicom::DataSet& dataSet)
{
    static const QSet<quint32> telling = {0x00100020, 0x00080050, 0x00080080, 0x00080081, 0x00081010,
                                          0x00081040, 0x00181000, 0x00101000, 0x00101040, 0x00102154,
                                          0x00104000, 0x00380010, 0x00402016, 0x00402017, 0x00080018,
                                          0x0020000D, 0x0020000E, 0x00200052, 0x00081155, 0x00100030};
    QSet<QByteArray> values;
    forEachElement(dataSet, [&](const dicom::Element& element) {
        if (element.vr() != dicom::Vr::PN && !telling.contains(element.tag().value()))
            return;
        const QByteArray bytes = QByteArray(element.bytes()).replace('\0', ' ').trimmed();
        if (bytes.size() > 5)
            values.insert(bytes);
    });
    return values;
}

/// Attributes of the technique that stay: where they say the same as a name or number of the identity (a
/// station that is called as its model), that is by chance.
bool isTechnique(dicom::Tag tag)
{
    static const QSet<quint32> technique = {0x00080070, 0x00081090, 0x00180024, 0x00200011};
    return technique.contains(tag.value()) || tag.group == 0x0002; // the writer replaces these
}

/// Checks one result; says what is left of the identity.
void expectClean(const dicom::DataSet& before, const dicom::DataSet& result)
{
    const auto identity = identityOf(before);
    forEachElement(result, [&](const dicom::Element& element) {
        const std::string tag = dicom::toString(element.tag()).toStdString();
        EXPECT_FALSE(element.tag().isPrivate()) << tag << " is private";
        const QByteArray bytes = QByteArray(element.bytes()).replace('\0', ' ').trimmed();
        EXPECT_FALSE(identity.contains(bytes) && !isTechnique(element.tag()))
            << tag << " is left: " << bytes.toStdString();
        EXPECT_TRUE(element.vr() != dicom::Vr::PN || bytes.isEmpty() || bytes == "Removed") << tag;
    });
}

} // namespace

TEST(Schemes, AreScriptsWithoutProblems)
{
    for (const auto& [name, dialect] :
         {std::pair("Basic2006", script::Dialect::Four), std::pair("TeachingFile", script::Dialect::Six)}) {
        const auto result = parsed(name);
        ASSERT_TRUE(result.script) << name << result.problems.value(0).toString().toStdString();
        EXPECT_EQ(result.dialect, dialect);
        EXPECT_TRUE(result.problems.isEmpty()) << result.problems.value(0).toString().toStdString();
        for (const script::Problem& problem : script::lint(*result.script))
            EXPECT_EQ(problem.severity, script::Problem::Severity::Note) << problem.toString().toStdString();
    }
}

TEST(Schemes, Basic2006HasItsStatements)
{
    const auto basic = parsed("Basic2006");
    QStringList texts;
    for (const auto& statement : basic.script->statements())
        texts << statement.text;
    EXPECT_EQ(texts.size(), 49);
    EXPECT_EQ(texts.filter(QStringLiteral("new UID")).size(), 7);
    EXPECT_EQ(texts.filter(QRegularExpression(QStringLiteral("^- \\("))).size(), 40);
    EXPECT_EQ(after("Basic2006", R"((0008,0018) UI 1.2.3
(0008,0020) DA 20200102
(0010,0010) PN Doe^Jane
(0010,0040) CS F
(0010,1010) AS 050Y
(0018,1000) LO 77
(0040,A730) SQ
(0029,0010) LO ACME)")
                  .toStdString(),
              (QStringLiteral("(0008,0018) UI %1\n").arg(mapped("1.2.3"))
               + QStringLiteral(R"((0008,0020) DA 20200102
(0012,0063) LO DicomBrowser metainfo basic deidentification
(0018,1000) LO (deidentified)
(0029,0010) LO ACME)"))
                  .toStdString());
}

TEST(Schemes, TeachingFileOnAnImage)
{
    const QString text = after("TeachingFile", R"((0008,0016) UI 1.2.840.10008.5.1.4.1.1.4
(0008,0018) UI 1.2.3.1
(0008,0020) DA 20200102
(0008,0021) DA 2020.01.02
(0008,0030) TM 101112
(0008,0050) SH A77
(0008,0060) CS MR
(0008,0080) LO Klinik
(0008,0090) PN Gross^Hans
(0008,103E) LO Brain of Mr. Doe
(0008,1140) SQ
(0008,1140)[0]/(0008,1150) UI 1.2.840.10008.5.1.4.1.1.4
(0008,1140)[0]/(0008,1155) UI 1.2.3.2
(0008,1140)[0]/(0010,0010) PN Nested^Name
(0010,0010) PN Doe^Jane
(0010,0020) LO 4711
(0010,0030) DA 19200101
(0010,0040) CS F
(0010,1010) AS 100Y
(0018,0015) CS HEAD
(0018,0020) CS SE
(0018,1030) LO t2_tse_tra 3mm
(0020,000D) UI 1.2
(0029,0010) LO ACME
(0029,1001) LO private
(6000,4000) LT a comment)");
    EXPECT_EQ(text.toStdString(),
              QStringLiteral(R"((0008,0016) UI 1.2.840.10008.5.1.4.1.1.4
(0008,0018) UI %1
(0008,0020) DA 20150101
(0008,0030) TM 101112
(0008,0050) SH
(0008,0060) CS MR
(0008,0090) PN
(0008,1140) SQ 1 item
(0008,1140)[0]/(0008,1150) UI 1.2.840.10008.5.1.4.1.1.4
(0008,1140)[0]/(0008,1155) UI %2
(0008,1140)[0]/(0010,0010) PN
(0010,0010) PN
(0010,0020) LO
(0010,0030) DA
(0010,0040) CS F
(0010,1010) AS 089Y
(0012,0063) LO TeachingFile: profile of 2024b, age and sex kept, dates moved
(0018,0015) CS HEAD
(0018,0020) CS SE
(0018,1030) LO t2_tse_tra 3mm
(0020,000D) UI %3
(0028,0303) CS MODIFIED)")
                  .arg(mapped("1.2.3.1"), mapped("1.2.3.2"), mapped("1.2"))
                  .toStdString());
}

TEST(Schemes, TeachingFileKeepsProtocolNamesOfTechniqueOnly)
{
    for (const auto& [name, kept] :
         {std::pair("AX T1 FLAIR +C", false), std::pair("Ax T1 FLAIR", true), std::pair("ep2d_Doe", false),
          std::pair("head 20200102", false), std::pair("Chest routine 5 mm", true)})
        EXPECT_EQ(after("TeachingFile",
                        qPrintable(QStringLiteral("(0018,1030) LO %1").arg(QLatin1StringView(name))))
                      .contains(QLatin1StringView(name)),
                  kept)
            << name;
}

TEST(Schemes, TeachingFileOnAnEmptyAge)
{
    EXPECT_TRUE(after("TeachingFile", "(0010,1010) AS").contains(QStringLiteral("(0010,1010) AS\n")));
}

TEST(Schemes, TeachingFileAsksForItsDays)
{
    const auto scheme = parsed("TeachingFile").script;
    ASSERT_EQ(scheme->variables().size(), 1);
    EXPECT_TRUE(scheme->variables()[0].isSeeded);
    EXPECT_TRUE(scheme->variables()[0].used);
    for (const char* good : {"-1", "1000", " -36500 "})
        EXPECT_TRUE(script::refusalOf(scheme->variables()[0], QLatin1StringView(good)).isEmpty()) << good;
    for (const char* bad : {"0", "", "abc", "1.5", "-36501", "-2147483648", "99999999999"})
        EXPECT_FALSE(script::refusalOf(scheme->variables()[0], QLatin1StringView(bad)).isEmpty()) << bad;
    const auto studyDate = [&](const script::RunContext& given) {
        const auto run = script::run(
            *scheme, testing_support::dataSet(QStringLiteral("(0008,0020) DA 20200101\n")), given);
        EXPECT_TRUE(run);
        return run ? run->dataSet.bytes(dicom::tags::StudyDate) : QByteArray();
    };
    EXPECT_EQ(studyDate(context), "20141231");
    EXPECT_EQ(studyDate({"one seed"}), studyDate({"one seed"}));
    EXPECT_NE(studyDate({"one seed"}), studyDate({"another seed"}));
    EXPECT_LT(studyDate({"one seed"}), "20190102") << "moved by a year at least";
}

TEST(Schemes, TeachingFileEmptiesDatesInsideSequencesThatAreNone)
{
    const char* before = "(0008,0020) DA 20200101\n(0040,0260)[0]/(0008,0023) DA 20190231\n"
                         "(5200,9230)[0]/(0020,9111)[0]/(0018,9074) DT yesterday\n"
                         "(5200,9230)[1]/(0020,9111)[0]/(0018,9074) DT 20200101120000\n";
    const QString text = after("TeachingFile", before);
    EXPECT_TRUE(text.contains(QStringLiteral("(0008,0020) DA 20141231\n"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("(0040,0260)[0]/(0008,0023) DA\n"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("(5200,9230)[0]/(0020,9111)[0]/(0018,9074) DT\n")));
    EXPECT_TRUE(text.contains(QStringLiteral("(5200,9230)[1]/(0020,9111)[0]/(0018,9074) DT 20141231120000")));
    const auto run = script::run(*parsed("TeachingFile").script,
                                 testing_support::dataSet(QString::fromUtf8(before)), context);
    EXPECT_EQ(run->remarks.size(), 2) << run->remarks.join(u'\n').toStdString();
}

/// Forms of earlier standards (PS3.5 table 6.2-1, DA) and days that are none are moved or go, wherever they
/// stand.
TEST(Schemes, TeachingFileLeavesNoDateThatItCannotMove)
{
    const char* places[] = {"(0008,0020) DA %1\n",
                            "(0008,0012) DA %1\n",
                            "(0008,0021) DA %1\n",
                            "(0008,0023) DA %1\n",
                            "(0008,002A) DT %1\n",
                            "(0010,0030) DA %1\n",
                            "(0040,0244) DA %1\n",
                            "(0040,0260)[0]/(0008,0021) DA %1\n",
                            "(5200,9230)[0]/(0020,9111)[0]/(0018,9074) DT %1\n",
                            "(0008,1140)[0]/(0008,1199)[1]/(0008,0023) DA %1\n",
                            "(0018,1078) DT %1\n",
                            "(0040,A121) DA %1\n"};
    const auto scheme = parsed("TeachingFile").script;
    for (const char* date :
         {"2019.05.07", "2019/05/07", "20190231", "00000000", "20191301", "2019-05-07", "7.5.2019", "201905",
          "2019", "yesterday", "20190507-20190601", "20190507\\20190231"})
        for (const char* place : places) {
            const auto run = script::run(
                *scheme,
                testing_support::dataSet(QStringLiteral("(0008,0016) UI 1.2.840.10008.5.1.4.1.1.2\n")
                                         + QString::fromUtf8(place).arg(QString::fromUtf8(date))),
                context);
            ASSERT_TRUE(run) << place << date << run.error().message().toStdString();
            const QString left = testing_support::text(run->dataSet);
            EXPECT_FALSE(left.contains(QString::fromUtf8(date))) << place << date << '\n'
                                                                 << left.toStdString();
        }
}

TEST(SlowSchemes, TeachingFileOnRealFiles)
{
    const QString folder = testing_support::sharedData();
    SKIP_WITHOUT(folder);
    QList<catalog::InstancePtr> instances;
    catalog::scan({folder}, {}, false,
                  [&](const catalog::ScanBatch& batch) { instances += batch.instances(); });
    EXPECT_GT(instances.size(), 500);
    const auto scheme = parsed("TeachingFile").script;
    int done = 0, refused = 0;
    for (const auto& instance : instances) {
        SCOPED_TRACE(instance->path().toStdString());
        const auto run = script::run(*scheme, instance->kept().dataSet, context);
        if (!run) {
            ++refused;
            std::cout << run.error().message().toStdString() << ' ' << instance->path().toStdString() << '\n';
            continue;
        }
        ++done;
        expectClean(instance->kept().dataSet, run->dataSet);
    }
    std::cout << done << " files, " << refused << " refused\n";
    EXPECT_LT(refused * 50, done + 1);
}

TEST(Schemes, AreOfferedByTheirNames)
{
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP()
        << "a program that Qt starts shares this one's memory for a moment, which the thread sanitizer "
           "takes for races";
#endif
    QTemporaryDir folder;
    const QString input = folder.filePath(QStringLiteral("in"));
    ASSERT_EQ(QProcess::execute(QStringLiteral(PROGRAM_DIR "/samplestudy"), {input}), 0);
    for (const char* name : {"basic", "AnonScheme", "TeachingFile"})
        EXPECT_EQ(QProcess::execute(QStringLiteral(PROGRAM_DIR "/dicomremap"),
                                    {QStringLiteral("-d"), QLatin1StringView(name), QStringLiteral("-o"),
                                     folder.filePath(QLatin1StringView(name)), input}),
                  0)
            << name;
}

// What a save of the window and a run of dicomremap have in common.

#include "core/job/fingerprint.h"
#include "core/job/interrupted.h"
#include "core/job/job.h"
#include "core/job/scripts.h"
#include "tests/core/write_fixture.h"

#include <QStandardPaths>

using namespace testing_support;

namespace {

const std::atomic<bool> going = false;

class JobTest : public WriterTest {
protected:
    /// Two patients become one.
    static edit::EditList oneId()
    {
        const auto id = *dicom::AttributePath::parse(u"(0010,0020)");
        const auto name = *dicom::AttributePath::parse(u"(0010,0010)");
        return {std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Assign"),
                       {0, 1},
                       QList<edit::AttributeOperation>{{id, edit::Action::Assign, QStringLiteral("X")},
                                                       {name, edit::Action::Assign, QStringLiteral("X")}},
                       true})};
    }

    void addTwoPatients()
    {
        add(QStringLiteral("in/a.dcm"), ctImage(1, 1, 1, QStringLiteral("Doe^Jane")));
        add(QStringLiteral("in/sub/b"), ctImage(2, 2, 2, QStringLiteral("Roe^Richard")));
    }

    job::Job job(Destination::Kind kind)
    {
        job::Job made{opened(), oneId(), {}};
        made.destination.kind = kind;
        made.destination.root = at(QStringLiteral("out"));
        return made;
    }

    edit::Evaluator m_evaluator{{"seed"}, 0};
};

QList<catalog::InstancePtr> withoutContent(const QList<catalog::InstancePtr>& instances)
{
    QList<catalog::InstancePtr> made;
    for (const catalog::InstancePtr& instance : instances) {
        auto copy = std::make_shared<catalog::Instance>(*instance);
        copy->content.reset();
        made << copy;
    }
    return made;
}

} // namespace

TEST_F(JobTest, SaysBeforeItWritesWhatBecomesOne)
{
    addTwoPatients();
    const job::Outlook outlook = job::prepare(job(Kind::NewRoot), m_evaluator, going);
    EXPECT_EQ(outlook.identity.before.patients, 2);
    EXPECT_EQ(outlook.identity.after.patients, 1);
    EXPECT_EQ(outlook.identity.before.studies, 2);
    EXPECT_EQ(outlook.identity.after.studies, 2);
    EXPECT_FALSE(QFileInfo::exists(at(QStringLiteral("out")))) << "it only looked";
}

TEST_F(JobTest, FilesThatWereWrittenBeforeAnInterruptionAreNotLookedAtAgain)
{
    add(QStringLiteral("in/a.dcm"), ctImage(1, 1, 1, QStringLiteral("X"))); // written already
    add(QStringLiteral("in/sub/b"), ctImage(1, 1, 2, QStringLiteral("Doe^Jane")));
    job::Job resumed = job(Kind::Overwrite);
    resumed.destination.finished.insert(at(QStringLiteral("in/a.dcm")), {-1, 0});
    QStringList looked;
    const auto outlook = job::prepare(resumed, m_evaluator, going, [&](const auto& instance, const auto&) {
        looked << QFileInfo(instance.path()).fileName();
    });
    EXPECT_EQ(looked, QStringList{QStringLiteral("b")});
    EXPECT_EQ(outlook.identity.before.patients, 1) << "one patient, half of whose files are new";
    EXPECT_EQ(outlook.identity.after.patients, 1);
}

TEST_F(JobTest, NothingIsLookedAtWhereThePlanHasProblems)
{
    add(QStringLiteral("out/in/a.dcm"), ctImage(1, 1, 1));
    int looked = 0;
    const auto outlook =
        job::prepare(job(Kind::NewRoot), m_evaluator, going, [&](const auto&, const auto&) { ++looked; });
    EXPECT_FALSE(outlook.plan.problems.isEmpty());
    EXPECT_EQ(looked, 0);
}

TEST_F(JobTest, ContentThatIsNotKeptGivesTheSameFiles)
{
    addTwoPatients();
    QList<QByteArray> written[2];
    for (const bool isKept : {true, false}) {
        job::Job one = job(Kind::NewRoot);
        one.destination.root = at(isKept ? QStringLiteral("kept") : QStringLiteral("read"));
        if (!isKept)
            one.instances = withoutContent(one.instances);
        const auto outlook = job::prepare(one, m_evaluator, going);
        const auto report = job::run(one, outlook.plan, m_evaluator, going, [](int, int) {});
        EXPECT_EQ(report.written.written(), 2);
        EXPECT_FALSE(report.remains.isEmpty()) << "dates, UIDs";
        for (const FileOutcome& file : report.written.files)
            written[isKept] << readBytes(file.file.target);
    }
    EXPECT_EQ(written[0], written[1]);
}

TEST_F(JobTest, AFileThatWasChangedSinceIsNotReadAsIfItWereTheSame)
{
    job::Job one = job(Kind::NewRoot);
    one.instances = withoutContent(one.instances);
    add(QStringLiteral("in/a.dcm"), ctImage(1, 1, 1, QStringLiteral("Somebody^Else")));
    EXPECT_EQ(one.instances[0]->load().error().kind, Error::Kind::Changed);
    const auto outlook = job::prepare(one, m_evaluator, going);
    const auto report = job::run(one, outlook.plan, m_evaluator, going, [](int, int) {});
    EXPECT_EQ(report.written.files[0].status, FileOutcome::Status::Refused);
    EXPECT_EQ(report.written.files[1].status, FileOutcome::Status::Written);
}

TEST_F(JobTest, AnEvaluatorThatRemembersLittleGivesTheSame)
{
    const auto instances = opened();
    for (const qsizetype capacity : {qsizetype{0}, qsizetype{1}, edit::Evaluator::usualCapacity}) {
        edit::Evaluator evaluator({"seed"}, capacity);
        for (int pass = 0; pass < 2; ++pass)
            for (const auto& instance : instances)
                EXPECT_EQ(evaluator.evaluate(*instance, oneId())->dataSet,
                          edit::evaluate(*instance, oneId(), {"seed"})->dataSet)
                    << capacity;
    }
}

TEST_F(JobTest, WhatRemainsDoesNotHangOnTheOrderOfWorkers)
{
    addTwoPatients();
    const auto instances = opened();
    QStringList told[2];
    for (const bool isReversed : {false, true}) {
        residue::Search one;
        residue::Search other;
        for (const int i : {0, 1}) {
            const auto& file = instances[i]->kept();
            ((i == 0) == isReversed ? one : other)
                .add({file, file.meta, file.dataSet, false, file.path, QStringLiteral("x"), i});
        }
        residue::Search all;
        all.append(one);
        all.append(other);
        for (const residue::Remainder& remainder : all.result())
            told[isReversed] << remainder.what + u' ' + remainder.value;
    }
    EXPECT_EQ(told[0], told[1]);
    EXPECT_TRUE(told[0].contains(QStringLiteral("Patient's Name Doe^Jane"))) << "that of the first file";
}

TEST_F(JobTest, AJobIsToldByItsEditsAndItsSeed)
{
    QStandardPaths::setTestModeEnabled(true);
    const auto scripted = [](const char* text, bool allFiles = true) -> edit::EditList {
        const auto script = script::parse(QString::fromUtf8(text)).script;
        return {std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Script"), {0, 1}, edit::ScriptRun(script), allFiles})};
    };
    const auto first = job::journalJob(scripted("(0010,0010) := \"A\""), {"seed"});
    EXPECT_FALSE(first.fingerprint.isEmpty());
    EXPECT_EQ(job::journalJob(scripted("(0010,0010) := \"A\""), {"seed"}), first);
    EXPECT_NE(job::journalJob(scripted("(0010,0010) := \"B\""), {"seed"}), first);
    EXPECT_NE(job::journalJob(scripted("(0010,0010) := \"A\""), {"other"}), first);
    EXPECT_NE(job::journalJob(oneId(), {"seed"}), first);
    EXPECT_TRUE(job::journalJob(scripted("(0010,0010) := \"A\"", false), {"seed"}).fingerprint.isEmpty())
        << "numbers of instances say nothing to another run";
    QStandardPaths::setTestModeEnabled(false);
}

TEST(JobScripts, AreNamedAsUsersNameThem)
{
    EXPECT_EQ(job::bundledScripts(),
              QStringList({QStringLiteral("AnonScheme"), QStringLiteral("Basic2006"),
                           QStringLiteral("TeachingFile")}));
    EXPECT_EQ(job::scriptFile(QStringLiteral("AnonScheme")), u":/schemes/AnonScheme.das");
    EXPECT_EQ(job::scriptFile(QStringLiteral("basic")), u":/schemes/Basic2006.das");
    EXPECT_EQ(job::scriptFile(QStringLiteral("./AnonScheme")), u"./AnonScheme");
    EXPECT_EQ(job::scriptFile(QStringLiteral("mine.das")), u"mine.das");
}

TEST(JobScripts, SayWhatTheyNeed)
{
    const auto needs = [](const char* text, const script::VariableValues& given = {}, bool lookup = false) {
        return job::needsOf(*script::parse(QString::fromUtf8(text)).script, given, lookup);
    };
    const char* six = "version \"6.6\"\n(0010,0010) := name\n";
    EXPECT_EQ(needs(six).values, QStringList{QStringLiteral("name")});
    EXPECT_FALSE(needs(six).isReady());
    EXPECT_TRUE(needs(six, {{QStringLiteral("name"), QStringLiteral("A")}}).isReady());
    const char* looksUp = "version \"6.6\"\n(0010,0020) := lookup[\"id\", (0010,0020)]\n";
    EXPECT_TRUE(needs(looksUp).lookup);
    EXPECT_TRUE(needs(looksUp, {}, true).isReady());
}

TEST_F(JobTest, LeavesNoEmptyFoldersWhereNothingWasWritten)
{
    job::Job made = job(Kind::NewRoot);
    made.destination.root = at(QStringLiteral("out/deep"));
    const auto rows = *dicom::AttributePath::parse(u"(0028,0010)");
    made.edits = {std::make_shared<const edit::Edit>(edit::Edit{
        {}, {0, 1}, QList<edit::AttributeOperation>{{rows, edit::Action::Assign, QStringLiteral("wide")}}})};
    const auto before = files();
    const job::Outlook outlook = job::prepare(made, m_evaluator, going);
    const job::JobReport report = job::run(made, outlook.plan, m_evaluator, going, [](int, int) {});
    EXPECT_EQ(report.written.count(FileOutcome::Status::Refused), 2);
    EXPECT_FALSE(QFileInfo::exists(at(QStringLiteral("out")))) << "nor what is above it";
    EXPECT_EQ(files(), before);

    QDir().mkpath(at(QStringLiteral("out/deep")));
    job::run(made, job::prepare(made, m_evaluator, going).plan, m_evaluator, going, [](int, int) {});
    EXPECT_TRUE(QFileInfo::exists(at(QStringLiteral("out/deep")))) << "it was there before";
}

TEST_F(JobTest, SaysInWhichScriptAStatementFails)
{
    const auto script =
        job::checkedScript(QStringLiteral("(0028,0010) := \"wide\"\n"), script::Dialect::Auto);
    edit::ScriptRun run(script.script);
    run.name = QStringLiteral("second.das");
    const edit::EditList edits{std::make_shared<const edit::Edit>(edit::Edit{{}, {0}, run})};
    const auto evaluated = m_evaluator.evaluate(*opened().first(), edits);
    ASSERT_FALSE(evaluated.ok());
    EXPECT_TRUE(evaluated.error().message().contains(u"second.das: script line 1"))
        << evaluated.error().message().toStdString();
}

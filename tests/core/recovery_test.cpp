// What a save leaves when it ends before it is done, and what is made of that.

#include "core/base/save_files.h"
#include "core/write/digest.h"
#include "core/write/folder_lock.h"
#include "core/write/recovery.h"
#include "core/write/safe_file.h"
#include "tests/core/write_fixture.h"

#include <QLockFile>
#include <thread>

using namespace testing_support;
using State = RecoveredFile::State;
using Status = FileOutcome::Status;

namespace {

class RecoveryTest : public WriterTest {
protected:
    /// An overwrite that ends before in/a.dcm is put into place and while in/sub/b is written. That nobody
    /// holds the journal any more releases the lock, as the end of the process does.
    void interrupt(bool isReady, const QString& backup = {})
    {
        const auto instances = opened();
        QList<JournalEntry> entries;
        for (const auto& instance : instances) {
            JournalEntry entry{QDir(at(QStringLiteral("in"))).relativeFilePath(instance->path())};
            entry.oldSize = instance->stamp.size;
            entry.oldModifiedNs = instance->stamp.modifiedNs;
            entries << entry;
        }
        entries[0].backup = backup;
        JournalContent content{at(QStringLiteral("in"))};
        content.job = {"job", "seed"};
        content.entries = entries;
        if (!backup.isEmpty()) {
            content.originals = QFileInfo(backup).path();
            QDir().mkpath(content.originals);
        }
        const auto journal = Journal::begin(content, entriesOf(content), true);
        ASSERT_TRUE(journal.ok());
        const QString temporary = (*journal)->temporaryIn(at(QStringLiteral("in")), 0);
        writeFile(temporary, dicomBytes(ctImage(9, 9, 9, QStringLiteral("New^Name"))));
        QByteArray oldDigest;
        if (!backup.isEmpty()) {
            QFile::copy(at(QStringLiteral("in/a.dcm")), backup);
            oldDigest = *digestOf(backup);
        }
        if (isReady) {
            ASSERT_TRUE((*journal)->ready(0, QFileInfo(temporary).size(), *digestOf(temporary), oldDigest));
        }
        writeFile((*journal)->temporaryIn(at(QStringLiteral("in/sub")), 1), "half a file");
    }

    QString journalPath() const { return findJournals(m_folder.path()).value(0); }

    static QString states(const Result<RecoveryReport>& report)
    {
        if (!report)
            return report.error().message();
        QStringList words;
        for (const RecoveredFile& file : report->files)
            words << QFileInfo(file.path).fileName() + u' '
                    + QStringList{QStringLiteral("new"), QStringLiteral("old"), QStringLiteral("restored"),
                                  QStringLiteral("changed"),
                                  QStringLiteral("failed")}[static_cast<int>(file.state)];
        return words.join(QStringLiteral(", "));
    }
};

} // namespace

TEST_F(RecoveryTest, ASaveThatEndsWellLeavesNothing)
{
    EXPECT_EQ(save(plan(opened(), to(Kind::Overwrite))).written(), 2);
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, AVerifiedFileTakesItsPlaceAndAnUnfinishedOneGoes)
{
    interrupt(true);
    const auto report = recover(journalPath(), Recovery::Complete);
    EXPECT_EQ(states(report), u"a.dcm new, b old");
    EXPECT_EQ(report->completed, 1);
    EXPECT_EQ(report->removed, 1);
    EXPECT_EQ(report->done.job, (JournalJob{"job", "seed"}));
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"New^Name");
    EXPECT_EQ(nameIn(QStringLiteral("in/sub/b")), u"Doe^Jane");
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, WhatWasNotVerifiedIsNotTaken)
{
    interrupt(false);
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm old, b old");
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Doe^Jane");
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, ATemporaryFileThatIsDamagedIsNotTaken)
{
    interrupt(true);
    const auto content = readJournal(journalPath());
    ASSERT_TRUE(content.ok());
    QByteArray bytes = readBytes(content->temporaryOf(0));
    bytes[bytes.size() - 3] = char(bytes[bytes.size() - 3] ^ 1);
    writeFile(content->temporaryOf(0), bytes);
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm old, b old");
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Doe^Jane");
}

TEST_F(RecoveryTest, WhatSomebodyChangedMeanwhileIsLeftAlone)
{
    interrupt(true);
    writeFile(at(QStringLiteral("in/a.dcm")), "something else");
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm changed, b old");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), "something else");
    EXPECT_EQ(findJournals(m_folder.path()).size(), 0);
}

TEST_F(RecoveryTest, ACopyThatIsNotNeededGoes)
{
    interrupt(false, at(QStringLiteral("originals/a.dcm")));
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm old, b old");
    EXPECT_FALSE(QFileInfo::exists(at(QStringLiteral("originals/a.dcm"))));
}

TEST_F(RecoveryTest, RollsBackWhereOriginalsWereKept)
{
    const QByteArray original = readBytes(at(QStringLiteral("in/a.dcm")));
    interrupt(true, at(QStringLiteral("originals/a.dcm")));
    EXPECT_EQ(states(recover(journalPath(), Recovery::RollBack)), u"a.dcm restored, b old");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), original);
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, CompletedWithOriginalsItCanStillBeRestored)
{
    const QByteArray original = readBytes(at(QStringLiteral("in/a.dcm")));
    interrupt(true, at(QStringLiteral("originals/a.dcm")));
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm new, b old");
    const QStringList manifests = findManifests(at(QStringLiteral("originals")));
    ASSERT_EQ(manifests.size(), 1);
    EXPECT_EQ(states(restoreOriginals(manifests[0])), u"a.dcm restored");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), original);
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, ARollBackThatWasInterruptedGoesOn)
{
    const QByteArray original = readBytes(at(QStringLiteral("in/a.dcm")));
    interrupt(true, at(QStringLiteral("originals/a.dcm")));
    ASSERT_TRUE(QFile::remove(at(QStringLiteral("in/a.dcm"))));
    writeFile(at(QStringLiteral("in/a.dcm")), original); // it was put back, and then the power failed
    EXPECT_EQ(states(recover(journalPath(), Recovery::RollBack)), u"a.dcm restored, b old");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), original);
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, AJournalWithMoreFilesThanItSaysIsRefused)
{
    interrupt(true);
    const QString path = journalPath();
    QByteArray bytes = readBytes(path);
    const QByteArray more = R"({"name":"x"})"
                            "\n";
    writeFile(path, bytes + more.repeated(100));
    EXPECT_EQ(readJournal(path).error().kind, Error::Kind::Damaged);
    writeFile(path, bytes + QByteArray(100'000, 'x') + '\n');
    EXPECT_EQ(readJournal(path).error().kind, Error::Kind::Damaged) << "no line is that long";
}

TEST_F(RecoveryTest, AFolderThatIsNotMarkedIsLeftAlone)
{
    interrupt(true);
    QDir().mkpath(at(QStringLiteral("elsewhere")));
    const QString path = journalPath();
    QByteArray bytes = readBytes(path);
    bytes.replace(R"("originals":"")", R"("originals":")" + at(QStringLiteral("elsewhere")).toUtf8() + '"');
    writeFile(path, bytes);
    ASSERT_EQ(readJournal(path)->originals, at(QStringLiteral("elsewhere")));
    EXPECT_TRUE(recover(path, Recovery::Complete).ok());
    EXPECT_TRUE(QFileInfo::exists(at(QStringLiteral("elsewhere")))) << "an empty folder of somebody else";
}

TEST_F(RecoveryTest, ASaveThatWasKilledAtItsVeryEndHasOneManifest)
{
    interrupt(true, at(QStringLiteral("originals/a.dcm")));
    const auto content = readJournal(journalPath());
    ASSERT_TRUE(content.ok());
    JournalContent done = *content;
    done.entries = {done.entries[0]};
    ASSERT_TRUE(writeManifest(done)); // and then the power fails
    writeFile(manifestIn(at(QStringLiteral("originals"))), ""); // as it may in the middle of a manifest
    EXPECT_EQ(states(recover(journalPath(), Recovery::Complete)), u"a.dcm new, b old");
    const QStringList manifests = findManifests(at(QStringLiteral("originals")));
    ASSERT_EQ(manifests.size(), 1);
    EXPECT_EQ(states(restoreOriginals(manifests[0])), u"a.dcm restored");
    EXPECT_EQ(files(), (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(RecoveryTest, AJournalThatWasCutOffSaysWhatItCan)
{
    interrupt(true);
    const QByteArray whole = readBytes(journalPath());
    const QString path = journalPath();
    for (qsizetype length = whole.size() - 1; length >= 0; --length) {
        writeFile(path, whole.first(length));
        const auto content = readJournal(path);
        ASSERT_TRUE(content.ok()) << length;
        ASSERT_LE(content->entries.size(), 2) << length;
        for (const JournalEntry& entry : content->entries)
            ASSERT_FALSE(entry.isReady()) << length << ": the line is not whole";
    }
    EXPECT_EQ(states(recover(path, Recovery::Complete)), u"") << "nothing was begun";
    EXPECT_FALSE(QFileInfo::exists(path));
}

TEST_F(RecoveryTest, AJournalThatWasNotWholeYetStandsInNobodysWay)
{
    interrupt(false);
    const QString path = journalPath();
    for (const qsizetype length : {qsizetype(0), qsizetype(10), readBytes(path).indexOf('\n') + 1}) {
        writeFile(path, readBytes(path).first(length));
        EXPECT_FALSE(readJournal(path)->isBegun()) << length;
        EXPECT_TRUE(recover(path, Recovery::CompleteToResume).ok());
        EXPECT_FALSE(QFileInfo::exists(path)) << length;
        interrupt(false);
        QFile::rename(journalPath(), path);
    }
}

TEST_F(RecoveryTest, AJournalCannotReachOutOfItsFolder)
{
    writeFile(at(QStringLiteral("victim")), "precious");
    const QString path =
        at(QStringLiteral("in/")) + savefiles::journalName(QStringLiteral("0123456789abcdef"));
    for (const char* name : {"../victim", "sub/../../victim", "/etc/passwd", "..", "", "./a.dcm"}) {
        writeFile(
            path,
            QByteArray("{\"dicombrowserJournal\":2,\"batch\":\"0123456789abcdef\",\"files\":1}\n{\"name\":\"")
                + name + "\"}\n");
        const auto report = recover(path, Recovery::Complete);
        ASSERT_FALSE(report.ok()) << name;
        EXPECT_EQ(report.error().kind, Error::Kind::Damaged);
    }
    EXPECT_EQ(readBytes(at(QStringLiteral("victim"))), "precious");
}

TEST_F(RecoveryTest, ALinkedFolderDoesNotLeadOut)
{
    QDir().mkpath(at(QStringLiteral("outside")));
    writeFile(at(QStringLiteral("outside/file")), "precious");
    QFile::link(at(QStringLiteral("outside")), at(QStringLiteral("in/link")));
    const QString batch = QStringLiteral("0123456789abcdef");
    const QByteArray evil = "evil";
    const QString temporary = at(QStringLiteral("outside/")) + savefiles::temporaryName(batch, 0);
    writeFile(temporary, evil);
    const auto stamp = dicom::stampOf(at(QStringLiteral("outside/file")));
    JournalContent content{at(QStringLiteral("in")), {}, batch};
    content.entries = {{QStringLiteral("link/file"), stamp->size, stamp->modifiedNs}};
    content.entries[0].newSize = evil.size();
    content.entries[0].newDigest = *digestOf(temporary);
    const QString path = at(QStringLiteral("in/")) + savefiles::journalName(batch);
    ASSERT_TRUE(writeJournal(content, entriesOf(content), path, false));
    (void)recover(path, Recovery::Complete);
    EXPECT_EQ(readBytes(at(QStringLiteral("outside/file"))), "precious");
}

TEST_F(RecoveryTest, AJournalOfSomebodyElseDeletesNoCopies)
{
    interrupt(false, at(QStringLiteral("elsewhere/precious.dcm")));
    QFile::remove(readJournal(journalPath())->markPath()); // what a delivered journal does not have
    EXPECT_EQ(states(recover(journalPath(), Recovery::RollBack)), u"a.dcm old, b old");
    EXPECT_TRUE(QFileInfo::exists(at(QStringLiteral("elsewhere/precious.dcm"))));
}

TEST_F(RecoveryTest, AManifestReplacesNothingButImages)
{
    writeFile(at(QStringLiteral("home/.profile")), "precious");
    writeFile(at(QStringLiteral("kept/evil")), dicomBytes(ctImage(6, 6, 6)));
    JournalContent content{at(QStringLiteral("home")), at(QStringLiteral("kept")),
                           QStringLiteral("0123456789abcdef")};
    content.entries = {{QStringLiteral(".profile"), 8, 0, at(QStringLiteral("kept/evil")), 8,
                        *digestOf(at(QStringLiteral("home/.profile"))),
                        *digestOf(at(QStringLiteral("kept/evil")))}};
    ASSERT_TRUE(writeManifest(content));
    EXPECT_EQ(states(restoreOriginals(findManifests(at(QStringLiteral("kept")))[0])), u".profile failed");
    EXPECT_EQ(readBytes(at(QStringLiteral("home/.profile"))), "precious");
}

TEST_F(RecoveryTest, OneSaveKeepsAnotherOutOfTheFolder)
{
    const auto lock = lockFolder(at(QStringLiteral("in")));
    ASSERT_TRUE(lock.ok());
    const WriteReport report = save(plan(opened(), to(Kind::Overwrite)));
    EXPECT_EQ(report.count(Status::Failed), 2);
    EXPECT_TRUE(report.files[0].error().message().contains(u"another program is saving"))
        << report.files[0].error().message().toStdString();
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Doe^Jane");
}

TEST_F(RecoveryTest, OneSaveKeepsAnotherOutOfFoldersAboveAndBelow)
{
    const auto sum = [&](const QString& root) {
        const WriteReport report = save(plan(opened({root}), to(Kind::Overwrite)));
        return QStringLiteral("%1 of %2").arg(report.count(Status::Failed)).arg(report.files.size());
    };
    {
        const auto above = lockFolder(at(QString()));
        EXPECT_EQ(sum(QStringLiteral("in")), u"2 of 2");
        EXPECT_EQ(sum(QStringLiteral("in/sub")), u"1 of 1");
    }
    {
        const auto below = lockFolder(at(QStringLiteral("in/sub")));
        EXPECT_EQ(sum(QStringLiteral("in")), u"2 of 2");
    }
    EXPECT_EQ(sum(QStringLiteral("in")), u"0 of 2");
}

TEST_F(RecoveryTest, ALockThatWasBeingMadeWhenItsProgramWasKilledKeepsNobodyOut)
{
    writeFile(at(QStringLiteral("in/")) + savefiles::lockName(), {});
    EXPECT_EQ(save(plan(opened(), to(Kind::Overwrite))).written(), 2);
    writeFile(at(QStringLiteral("in/sub/")) + savefiles::lockName(), {});
    removeStaleLocks(at(QStringLiteral("in")));
    EXPECT_EQ(files().join(u" ").toStdString(), "in/a.dcm in/sub/b");
}

TEST_F(RecoveryTest, OneSaveIsAtWorkInAFolderAndInOneBelow)
{
    const WriteReport report =
        save(plan(opened({QStringLiteral("in/a.dcm"), QStringLiteral("in/sub")}), to(Kind::Overwrite)));
    EXPECT_EQ(report.written(), 2);
}

TEST_F(RecoveryTest, WhatStandsInThePlaceOfANewFileIsNotReplaced)
{
    writeFile(at(QStringLiteral("new")), "new");
    writeFile(at(QStringLiteral("there")), "there");
    TemporaryFile temporary(at(QStringLiteral("new")));
    EXPECT_EQ(temporary.moveTo(at(QStringLiteral("there")), TemporaryFile::Existing::Keep).error().reason,
              u"exists already");
    EXPECT_EQ(readBytes(at(QStringLiteral("there"))), "there");
    EXPECT_TRUE(temporary.moveTo(at(QStringLiteral("free")), TemporaryFile::Existing::Keep));
    EXPECT_EQ(readBytes(at(QStringLiteral("free"))), "new");
}

TEST_F(RecoveryTest, RestoresAllOfASaveThatWasAtWorkInTwoFolders)
{
    add(QStringLiteral("other/c"), ctImage(2, 1, 1));
    const QByteArray a = readBytes(at(QStringLiteral("in/a.dcm")));
    const QByteArray c = readBytes(at(QStringLiteral("other/c")));
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    const QStringList roots{QStringLiteral("in"), QStringLiteral("other")};
    EXPECT_EQ(save(plan(opened(roots), overwrite)).written(), 3);
    const QStringList manifests = manifestsOfLastSave(overwrite.keepOriginalsIn);
    ASSERT_EQ(manifests.size(), 2);
    for (const QString& manifest : manifests)
        EXPECT_TRUE(restoreOriginals(manifest).ok());
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), a);
    EXPECT_EQ(readBytes(at(QStringLiteral("other/c"))), c);
    EXPECT_FALSE(QFileInfo::exists(overwrite.keepOriginalsIn)) << "nothing is left in it";
}

TEST_F(RecoveryTest, TheLastSaveIsRestoredBeforeTheOneBeforeIt)
{
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    save(plan(opened({QStringLiteral("in/a.dcm")}), overwrite));
    save(plan(opened({QStringLiteral("in/sub")}), overwrite));
    ASSERT_EQ(findManifests(overwrite.keepOriginalsIn).size(), 2);
    const QStringList last = manifestsOfLastSave(overwrite.keepOriginalsIn);
    ASSERT_EQ(last.size(), 1);
    EXPECT_EQ(states(restoreOriginals(last[0])), u"b restored");
}

TEST_F(RecoveryTest, LinesOfManyThreadsAreAllInTheJournal)
{
    constexpr int files = 200;
    constexpr int threads = 8;
    JournalContent content{at(QStringLiteral("in"))};
    for (int i = 0; i < files; ++i)
        content.entries << JournalEntry{QString::number(i)};
    const auto journal = Journal::begin(content, entriesOf(content), true);
    ASSERT_TRUE(journal.ok());
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> workers;
        workers.reserve(threads);
        for (int first = 0; first < threads; ++first)
            workers.emplace_back([&, first] {
                for (int i = first; i < files; i += threads)
                    failed += (*journal)->ready(i, i, "digest", {}).ok() ? 0 : 1;
            });
    }
    EXPECT_EQ(failed, 0);
    const auto read = readJournal(journalPath());
    ASSERT_TRUE(read.ok());
    for (int i = 0; i < files; ++i)
        EXPECT_EQ(read->entries[i].newSize, i);
}

TEST_F(RecoveryTest, TellsHowFarItIs)
{
    interrupt(true);
    QList<int> done;
    (void)recover(journalPath(), Recovery::Complete, [&](int steps, int total) {
        done << steps;
        EXPECT_EQ(total, 2);
    });
    EXPECT_EQ(done, (QList<int>{1, 2}));
}

TEST_F(RecoveryTest, RestoresTheOriginalsOfAFinishedSave)
{
    const QByteArray a = readBytes(at(QStringLiteral("in/a.dcm")));
    const QByteArray b = readBytes(at(QStringLiteral("in/sub/b")));
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    EXPECT_EQ(save(plan(opened(), overwrite)).written(), 2);
    const QStringList manifests = findManifests(overwrite.keepOriginalsIn);
    ASSERT_EQ(manifests.size(), 1);
    writeFile(at(QStringLiteral("in/sub/b")), "edited since");
    EXPECT_EQ(states(restoreOriginals(manifests[0])), u"a.dcm restored, b changed");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), a);
    EXPECT_EQ(readBytes(at(QStringLiteral("in/sub/b"))), "edited since");
    EXPECT_EQ(readBytes(at(QStringLiteral("originals/in/sub/b"))), b)
        << "the only copy of the original stays";
    EXPECT_EQ(findManifests(overwrite.keepOriginalsIn).size(), 1);
}

TEST_F(RecoveryTest, AnOriginalThatWasSpoiledIsNotPutBack)
{
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    save(plan(opened(), overwrite));
    writeFile(at(QStringLiteral("originals/in/a.dcm")), "spoiled");
    EXPECT_EQ(states(restoreOriginals(findManifests(overwrite.keepOriginalsIn)[0])),
              u"a.dcm failed, b restored");
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Sarcoidosis");
}

TEST_F(RecoveryTest, AScanTellsOfTheJournalAndTakesNoTemporaryFileForAnImage)
{
    interrupt(true);
    QList<catalog::Issue> issues;
    int images = 0;
    catalog::scan({at(QStringLiteral("in"))}, {}, false, [&](const catalog::ScanBatch& batch) {
        issues += batch.issues;
        images += static_cast<int>(batch.instances().size());
    });
    EXPECT_EQ(images, 2);
    ASSERT_EQ(issues.size(), 1);
    EXPECT_EQ(issues[0].kind, catalog::Issue::Kind::Interrupted);
    EXPECT_EQ(issues[0].path, journalPath());
}

TEST_F(RecoveryTest, WhatDoesNotChangeIsLeftAlone)
{
    EXPECT_EQ(save(plan(opened(), to(Kind::Overwrite))).written(), 2);
    const auto before = dicom::stampOf(at(QStringLiteral("in/a.dcm")));
    const WriteReport again = save(plan(opened(), to(Kind::Overwrite)));
    EXPECT_EQ(again.count(Status::Unchanged), 2);
    EXPECT_EQ(*dicom::stampOf(at(QStringLiteral("in/a.dcm"))), *before);
    EXPECT_EQ(save(plan(opened(), to(Kind::NewRoot, at(QStringLiteral("out"))))).written(), 2)
        << "a copy is wanted all the same";
}

TEST_F(RecoveryTest, ComparesWithTheMediumWhenThatIsWanted)
{
    WriteOptions options;
    options.readFromMedium = true;
    EXPECT_EQ(save(plan(opened(), to(Kind::Overwrite)), false, options).written(), 2);
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Sarcoidosis");
}

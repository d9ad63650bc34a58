#include "tests/core/write_fixture.h"
#include "tests/support/corpus.h"
#include "tests/support/remains.h"

#include <filesystem>
#include <iostream>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace writer;
using namespace testing_support;
using Status = FileOutcome::Status;

namespace {

QStringList targets(const Plan& plan, const QString& base)
{
    QStringList names;
    for (const PlannedFile& file : plan.files)
        names << QDir(base).relativeFilePath(file.target);
    return names;
}

QStringList reasons(const QList<Error>& errors)
{
    QStringList texts;
    for (const Error& error : errors)
        texts << error.reason;
    return texts;
}

} // namespace

TEST_F(WriterTest, PlansWhereEveryFileGoes)
{
    const auto instances = opened();
    const QString base = at({});
    EXPECT_EQ(targets(plan(instances, to(Kind::AdjacentFolder)), base),
              (QStringList{QStringLiteral("in-anon/a.dcm"), QStringLiteral("in-anon/sub/b")}));
    EXPECT_EQ(targets(plan(instances, to(Kind::SameFolder)), base),
              (QStringList{QStringLiteral("in/a-anon.dcm"), QStringLiteral("in/sub/b-anon")}));
    EXPECT_EQ(targets(plan(instances, to(Kind::NewRoot, at(QStringLiteral("out")))), base),
              (QStringList{QStringLiteral("out/in/a.dcm"), QStringLiteral("out/in/sub/b")}));
    EXPECT_EQ(targets(plan(instances, to(Kind::Overwrite)), base),
              (QStringList{QStringLiteral("in/a.dcm"), QStringLiteral("in/sub/b")}));
}

TEST_F(WriterTest, SeveralFoldersOfOneNameGetNamesOfTheirOwn)
{
    add(QStringLiteral("other/in/c"), ctImage(1, 1, 3));
    EXPECT_EQ(targets(plan(opened({QStringLiteral("in"), QStringLiteral("other/in")}),
                           to(Kind::NewRoot, at(QStringLiteral("out")))),
                      at({})),
              (QStringList{QStringLiteral("out/in/a.dcm"), QStringLiteral("out/in/sub/b"),
                           QStringLiteral("out/in_1/c")}));
}

TEST_F(WriterTest, RefusesToWriteIntoTheInput)
{
    EXPECT_EQ(plan(opened(), to(Kind::NewRoot, at(QStringLiteral("in/sub/new")))).problems.size(), 1);
    QFile::link(at(QStringLiteral("in")), at(QStringLiteral("link")));
    EXPECT_EQ(plan(opened(), to(Kind::NewRoot, at(QStringLiteral("link/new")))).problems.size(), 1);
    EXPECT_EQ(plan(opened(), to(Kind::NewRoot)).problems.size(), 1);
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("in/old"));
    EXPECT_EQ(plan(opened(), overwrite).problems.size(), 1);
}

TEST_F(WriterTest, WritesBesideAFileThatWasOpenedAlone)
{
    const Plan planned =
        plan(opened({QStringLiteral("in/a.dcm")}), to(Kind::NewRoot, at(QStringLiteral("in/new"))));
    EXPECT_EQ(reasons(planned.problems), QStringList());
    EXPECT_EQ(targets(planned, at({})), QStringList{QStringLiteral("in/new/in/a.dcm")});
    // The same folder as the file, by the name that it gets there: the file is in the way.
    EXPECT_EQ(reasons(plan(opened({QStringLiteral("in/a.dcm")}), to(Kind::NewRoot, at({}))).problems),
              QStringList{QStringLiteral("exists already")});
}

#ifdef Q_OS_UNIX
TEST_F(WriterTest, NewFoldersAreNotMoreOpenThanThoseOfTheSources)
{
    const auto onlyOwner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther;
    QFile::setPermissions(at(QStringLiteral("in")), onlyOwner);
    QFile::setPermissions(at(QStringLiteral("in/sub")), onlyOwner);
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("old"));
    EXPECT_EQ(save(plan(opened(), overwrite)).notWritten(), 0);
    EXPECT_EQ(save(plan(opened(), to(Kind::NewRoot, at(QStringLiteral("out"))))).notWritten(), 0);
    for (const char* folder : {"old", "old/in", "old/in/sub", "out", "out/in/sub"})
        EXPECT_EQ(QFile::permissions(at(QString::fromUtf8(folder))) & others, QFile::Permissions()) << folder;
}
#endif

TEST_F(WriterTest, RefusesANewRootWhoseFolderWouldBeAnOpenedOne)
{
    add(QStringLiteral("other/in/c"), ctImage(1, 1, 3));
    // other/in would be written to in, which is open as well.
    const Plan planned =
        plan(opened({QStringLiteral("other/in"), QStringLiteral("in")}), to(Kind::NewRoot, at({})));
    ASSERT_EQ(planned.problems.size(), 1);
    EXPECT_TRUE(planned.problems[0].reason.contains(u"lies inside the opened folder"));
    EXPECT_TRUE(planned.files.isEmpty());
}

TEST_F(WriterTest, FindsCollisionsBeforeAnythingIsWritten)
{
    writeFile(at(QStringLiteral("in-anon/a.dcm")), "something else");
    EXPECT_EQ(reasons(plan(opened(), to(Kind::AdjacentFolder)).problems),
              QStringList{QStringLiteral("exists already")});
    EXPECT_EQ(readBytes(at(QStringLiteral("in-anon/a.dcm"))), "something else");
}

class EveryDestination : public WriterTest, public ::testing::WithParamInterface<Kind> {};

TEST_P(EveryDestination, WritesEditedFilesAndLeavesNothingBehind)
{
    const Plan planned = plan(opened(), to(GetParam(), at(QStringLiteral("out"))));
    ASSERT_TRUE(planned.problems.isEmpty());
    const WriteReport report = save(planned);
    EXPECT_EQ(report.written(), 2);
    for (const FileOutcome& file : report.files) {
        const auto read = dicom::readFile(file.file.target);
        ASSERT_TRUE(read.ok());
        EXPECT_EQ(read->dataSet.bytes(dicom::tags::PatientName), "Sarcoidosis");
        EXPECT_EQ(QFile::permissions(file.file.target), QFile::permissions(file.file.source));
    }
    EXPECT_EQ(files().size(), GetParam() == Kind::Overwrite ? 2 : 4) << files().join(u' ').toStdString();
    if (GetParam() != Kind::Overwrite) {
        EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Doe^Jane");
    }
}

TEST_P(EveryDestination, AFileThatWasChangedSinceIsNotWritten)
{
    const auto instances = opened();
    writeFile(at(QStringLiteral("in/a.dcm")), dicomBytes(ctImage(7, 7, 7, QStringLiteral("Somebody^Else"))));
    const Plan planned = plan(instances, to(GetParam(), at(QStringLiteral("out"))));
    EXPECT_EQ(planned.warnings.size(), 1);
    const WriteReport report = save(planned);
    EXPECT_EQ(report.written(), 1);
    EXPECT_EQ(report.notWritten(), 1);
    EXPECT_EQ(report.files[0].error().kind, Error::Kind::Changed);
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Somebody^Else");
}

TEST_P(EveryDestination, CancelledBeforeItBeganItWritesNothing)
{
    const WriteReport report = save(plan(opened(), to(GetParam(), at(QStringLiteral("out")))), true);
    EXPECT_EQ(report.count(Status::NotReached), 2);
    EXPECT_EQ(files().size(), 2);
}

INSTANTIATE_TEST_SUITE_P(Destinations, EveryDestination,
                         ::testing::Values(Kind::AdjacentFolder, Kind::SameFolder, Kind::NewRoot,
                                           Kind::Overwrite));

TEST_F(WriterTest, OverwritingFollowsSymbolicLinksAndKeepsPermissions)
{
    add(QStringLiteral("real/c"), ctImage(1, 1, 3));
    QFile::setPermissions(at(QStringLiteral("real/c")), QFile::ReadOwner | QFile::WriteOwner);
    QFile::link(at(QStringLiteral("real/c")), at(QStringLiteral("in/link")));
    EXPECT_EQ(save(plan(opened(), to(Kind::Overwrite))).written(), 3);
    EXPECT_TRUE(QFileInfo(at(QStringLiteral("in/link"))).isSymLink());
    EXPECT_EQ(nameIn(QStringLiteral("real/c")), u"Sarcoidosis");
    EXPECT_FALSE(QFile::permissions(at(QStringLiteral("real/c"))) & QFile::ReadGroup);
}

TEST_F(WriterTest, HardLinksAreWarnedOf)
{
    std::filesystem::create_hard_link(at(QStringLiteral("in/a.dcm")).toStdString(),
                                      at(QStringLiteral("twin")).toStdString());
    const Plan planned = plan(opened(), to(Kind::Overwrite));
    ASSERT_EQ(planned.warnings.size(), 1);
    EXPECT_TRUE(planned.warnings[0].reason.contains(u"hard links"));
    save(planned);
    EXPECT_EQ(nameIn(QStringLiteral("twin")), u"Doe^Jane");
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Sarcoidosis");
}

TEST_F(WriterTest, KeepsTheOriginalsWhereItIsTold)
{
    const QByteArray original = readBytes(at(QStringLiteral("in/a.dcm")));
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    EXPECT_EQ(save(plan(opened(), overwrite)).written(), 2);
    EXPECT_EQ(readBytes(at(QStringLiteral("originals/in/a.dcm"))), original);
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Sarcoidosis");
}

TEST_F(WriterTest, ARefusedFileLeavesNoCopyOfItsOriginalAndCanBeTriedAgain)
{
    const QByteArray twice = dicomBytes(dataSet(QStringLiteral("(0010,0010) PN Doe^Jane")))
        + dataSetBytes(dataSet(QStringLiteral("(0010,0010) PN Doe^Joan")));
    writeFile(at(QStringLiteral("in/a.dcm")), twice);
    Destination overwrite = to(Kind::Overwrite);
    overwrite.keepOriginalsIn = at(QStringLiteral("originals"));
    const auto instances = opened();
    EXPECT_EQ(save(plan(instances, overwrite)).notWritten(), 1);
    EXPECT_FALSE(QFileInfo::exists(at(QStringLiteral("originals/in/a.dcm"))));
    EXPECT_TRUE(QFileInfo::exists(at(QStringLiteral("originals/in/sub/b"))));
    EXPECT_TRUE(plan({instances[0]}, overwrite).problems.isEmpty());
}

#ifdef Q_OS_UNIX

namespace {

/// Files cannot grow beyond so many bytes, as on a disk that is full.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

} // namespace

TEST_P(EveryDestination, AFullDiskLeavesTheFilesThatAreThereAndNothingElse)
{
    const auto instances = opened();
    const QByteArray original = readBytes(at(QStringLiteral("in/a.dcm")));
    const Plan planned = plan(instances, to(GetParam(), at(QStringLiteral("out"))));
    WriteReport report;
    {
        const FullDisk full(static_cast<rlim_t>(original.size() / 2));
        report = save(planned);
    }
    ASSERT_EQ(report.notWritten(), 2);
    EXPECT_EQ(report.files[0].error().kind, Error::Kind::Unwritable);
    EXPECT_EQ(files().join(u" ").toStdString(), "in/a.dcm in/sub/b");
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), original);
}

TEST_F(WriterTest, AnOverwrittenFileKeepsItsOwner)
{
    const QByteArray path = QFile::encodeName(at(QStringLiteral("in/a.dcm")));
    if (::chown(path.constData(), 1234, 1234) != 0)
        GTEST_SKIP() << "only the superuser can give files away";
    save(plan(opened(), to(Kind::Overwrite)));
    EXPECT_EQ(nameIn(QStringLiteral("in/a.dcm")), u"Sarcoidosis");
    EXPECT_EQ(QFileInfo(at(QStringLiteral("in/a.dcm"))).ownerId(), 1234U);
    EXPECT_EQ(QFileInfo(at(QStringLiteral("in/a.dcm"))).groupId(), 1234U);
}

#endif

TEST_F(WriterTest, WhatTheEditDoesNotTouchIsTheSameAndTheMetaFollows)
{
    auto instances = opened();
    const auto uid = *dicom::AttributePath::parse(u"(0008,0018)");
    const edit::EditList list{std::make_shared<const edit::Edit>(edit::Edit{
        {}, {0}, QList<edit::AttributeOperation>{{uid, edit::Action::Assign, QStringLiteral("1.2.99")}}})};
    edit::Evaluator evaluator({});
    const auto report = write(plan({instances[0]}, to(Kind::NewRoot, at(QStringLiteral("out")))), list,
                              evaluator, {}, false, [](int, int) {});
    ASSERT_EQ(report.written(), 1);
    const auto read = dicom::readFile(report.files[0].file.target);
    EXPECT_EQ(read->meta.bytes(dicom::tags::MediaStorageSOPInstanceUID), "1.2.99");
    auto expected = ctImage(1, 1, 1);
    expected.set(dicom::tags::SOPInstanceUID, dicom::Vr::UI, QByteArray("1.2.99"));
    EXPECT_TRUE(readBytes(report.files[0].file.target).endsWith(dataSetBytes(expected)));
}

TEST_F(WriterTest, APreambleIsCleared)
{
    QByteArray bytes = dicomBytes(ctImage(1, 1, 1));
    bytes.replace(0, 8, "Doe^Jane");
    writeFile(at(QStringLiteral("in/a.dcm")), bytes);
    save(plan(opened(), to(Kind::Overwrite)));
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))).first(128), QByteArray(128, '\0'));
}

TEST_F(WriterTest, AFileThatHoldsAnAttributeTwiceIsRefused)
{
    QByteArray bytes = dicomBytes(dataSet(QStringLiteral("(0010,0010) PN Doe^Jane")));
    bytes += dataSetBytes(dataSet(QStringLiteral("(0010,0010) PN Doe^Joan")));
    writeFile(at(QStringLiteral("in/a.dcm")), bytes);
    const WriteReport report = save(plan(opened(), to(Kind::Overwrite)));
    EXPECT_EQ(report.notWritten(), 1);
    EXPECT_EQ(readBytes(at(QStringLiteral("in/a.dcm"))), bytes);
}

TEST_F(WriterTest, SaysWhatRemains)
{
    add(QStringLiteral("in/Doe_Jane/c"), ctImage(1, 1, 3));
    writeFile(at(QStringLiteral("in/notes.txt")), "Jane Doe, ward 7");
    const Destination overwrite = to(Kind::Overwrite);
    const WriteReport report = save(plan(opened(), overwrite));
    edit::Evaluator evaluator({});
    QStringList lines;
    for (const residue::Remainder& left : whatRemains(report, overwrite, edits(), evaluator))
        lines << QStringLiteral("%1 %2 %3").arg(static_cast<int>(left.kind)).arg(left.what).arg(left.files);
    const QString all = lines.join(u'\n');
    EXPECT_TRUE(all.contains(u"0 Patient's Name 3")) << all.toStdString();
    EXPECT_TRUE(all.contains(u"0 Request Attributes Sequence ▸ Patient's Name 3")) << all.toStdString();
    EXPECT_TRUE(all.contains(u"1 Patient ID 3"));
    EXPECT_TRUE(all.contains(u"2 Study Date 3"));
    EXPECT_TRUE(all.contains(u"4 ACME 3"));
    EXPECT_TRUE(all.contains(u"6 Doe_Jane"));
    EXPECT_TRUE(all.contains(u"notes.txt"));
}

TEST_F(WriterTest, AFileThatTookThePlaceOfTheOneThatWasReadIsRefused)
{
    add(QStringLiteral("in/twin"), ctImage(1, 1, 9));
    const auto instances = opened();
    const auto planned = plan(instances, to(Kind::Overwrite));
    const QString path = instances[0]->path();
    const QByteArray bytes = readBytes(path);
    const QDateTime time = QFileInfo(path).lastModified();
    ASSERT_TRUE(QFile::rename(path, path + QStringLiteral(".old")));
    writeFile(path, bytes); // the same size and time
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite) && file.setFileTime(time, QFileDevice::FileModificationTime));
    file.close();
    EXPECT_EQ(save(planned).notWritten(), 1);
}

TEST_F(WriterTest, AnInterruptedSaveGoesOnWithTheSameSourcesOnly)
{
    Destination copies = to(Kind::NewRoot);
    copies.root = at(QStringLiteral("new"));
    const auto instances = opened();
    const auto first = plan(instances, copies);
    const dicom::FileStamp& stamp = first.files[0].instance->stamp;
    copies.finished.insert(first.files[0].target, {stamp.size, stamp.modifiedNs});
    EXPECT_TRUE(plan(instances, copies).problems.isEmpty());
    EXPECT_EQ(plan(instances, copies).finished.size(), 1);
    copies.finished.insert(first.files[0].target, {stamp.size, stamp.modifiedNs + 1});
    ASSERT_EQ(plan(instances, copies).problems.size(), 1);
    EXPECT_TRUE(plan(instances, copies).problems[0].reason.contains(u"another file"));
}

TEST_F(WriterTest, WhatRemainsTellsWhatIsAsItWasFromWhatWasSet)
{
    const Destination copies = to(Kind::AdjacentFolder);
    const auto instances = opened();
    const WriteReport report = save(plan(instances, copies));
    edit::Evaluator evaluator({});
    edit::AttributeOperation operation;
    operation.path = dicom::AttributePath(dicom::tags::PatientName);
    operation.action = edit::Action::Assign;
    operation.text = QStringLiteral("Case 7");
    const auto assign = std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Assign"), {instances[0]->id}, QList{operation}});
    const auto remains = whatRemains(report, copies, {assign}, evaluator);
    ASSERT_FALSE(remains.isEmpty());
    for (const residue::Remainder& left : remains)
        if (left.what == u"Patient's Name") {
            EXPECT_EQ(left.files, instances.size());
            EXPECT_EQ(left.kept, instances.size() - 1);
            EXPECT_EQ(left.value.toStdString(), "Doe^Jane") << "what is as it was is shown first";
        }
}

TEST_F(WriterTest, WhatRemainsNamesWhatStandsAboveTheImagesAndEveryPathOnce)
{
    add(QStringLiteral("in/Doe_Jane/deep/c"), ctImage(1, 1, 3));
    writeFile(at(QStringLiteral("in/Doe_Jane/DICOMDIR")), "not read here");
    writeFile(at(QStringLiteral("elsewhere/letter.txt")), "is not below what was opened");
    const Destination overwrite = to(Kind::Overwrite);
    const auto instances = opened({QStringLiteral("in/Doe_Jane")});
    ASSERT_EQ(instances.size(), 1);
    const WriteReport report = save(plan(instances, overwrite));
    edit::Evaluator evaluator({});
    QStringList lines;
    for (const residue::Remainder& left : whatRemains(report, overwrite, edits(), evaluator))
        if (left.kind == residue::Remainder::Kind::PathName
            || left.kind == residue::Remainder::Kind::Neighbour)
            lines << QStringLiteral("%1 %2").arg(QFileInfo(left.what).fileName()).arg(left.files);
    EXPECT_EQ(lines, (QStringList{QStringLiteral("Doe_Jane 1"), QStringLiteral("DICOMDIR 1")}));
}

TEST_F(WriterTest, NamesOfFilesAreHeldAgainstWhatStoodInSequences)
{
    add(QStringLiteral("in/old/H-4711.dcm"),
        dataSet(QStringLiteral("(0008,0018) UI 1.2.9\n(0010,1002) SQ\n(0010,1002)[0]/(0010,0020) LO H-4711\n"
                               "(0040,0275) SQ\n(0040,0275)[0]/(0040,0002) DA 20190331\n")));
    const Destination copies = to(Kind::AdjacentFolder);
    const auto instances = opened({QStringLiteral("in/old")});
    ASSERT_EQ(instances.size(), 1);
    const WriteReport report = save(plan(instances, copies));
    edit::Evaluator evaluator({});
    const auto parsed = script::parse(QStringLiteral("-(0010,1002)\n"));
    ASSERT_TRUE(parsed.script);
    const auto script = std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Script"), {instances[0]->id}, parsed.script});
    QStringList values;
    for (const residue::Remainder& left : whatRemains(report, copies, {script}, evaluator))
        if (left.kind == residue::Remainder::Kind::PathName)
            values << QStringLiteral("%1: %2").arg(left.what, left.value);
    EXPECT_EQ(values, QStringList{QStringLiteral("names of files hold the Patient ID: H-4711.dcm")});
}

TEST_F(WriterTest, EmptyPrivateAttributesDoNotCountAsRemains)
{
    add(QStringLiteral("in/a.dcm"),
        dataSet(QStringLiteral("(0008,0018) UI 1.2.9\n(0009,0010) LO EMPTY\n"
                               "(0009,1001) LO\n(0019,0010) LO ACME\n"
                               "(0019,1001) LO something")));
    const Destination copies = to(Kind::AdjacentFolder);
    const auto instances = opened();
    const WriteReport report = save(plan({instances[0]}, copies));
    edit::Evaluator evaluator({});
    QStringList creators;
    for (const residue::Remainder& left : whatRemains(report, copies, {}, evaluator))
        if (left.kind == residue::Remainder::Kind::Private)
            creators << left.what;
    EXPECT_EQ(creators, QStringList{QStringLiteral("ACME")});
}

class WholeCorpus : public WriterTest, public ::testing::WithParamInterface<bool> {};

INSTANTIATE_TEST_SUITE_P(Files, WholeCorpus, ::testing::Bool(),
                         [](const auto& given) { return given.param ? "Shared" : "Debians"; });

TEST_P(WholeCorpus, IsEditedAndRewrittenOrRefusedWithAReason)
{
    const QString folder = GetParam() ? sharedData() : debianFiles();
    SKIP_WITHOUT(folder);
    QList<catalog::InstancePtr> instances;
    catalog::scan({folder}, {}, false,
                  [&](const catalog::ScanBatch& batch) { instances += batch.instances(); });
    EXPECT_GT(instances.size(), 100);
    instances = numbered(std::move(instances));
    const WriteReport report = save(plan(instances, to(Kind::NewRoot, at(QStringLiteral("out")))));
    std::cout << "corpus: " << report.written() << " files rewritten and verified, " << report.notWritten()
              << " refused\n";
    EXPECT_EQ(report.written() + report.notWritten(), instances.size());
    EXPECT_LE(report.notWritten(), 6);
    EXPECT_GT(report.written(), 100);
    for (const FileOutcome& file : report.files) {
        const std::string name = QFileInfo(file.file.source).fileName().toStdString();
        if (file.status == Status::Written) {
            const auto read = dicom::readFile(file.file.target);
            EXPECT_TRUE(read.ok() && read->dataSet.bytes(dicom::tags::PatientName) == "Sarcoidosis") << name;
        } else {
            EXPECT_FALSE(file.error().reason.isEmpty()) << name;
            EXPECT_FALSE(QFileInfo::exists(file.file.target)) << name;
            std::cout << "  " << name << ": " << file.error().reason.toStdString() << '\n';
        }
    }
}

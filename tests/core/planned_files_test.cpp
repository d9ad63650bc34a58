#include "core/write/writer.h"

#include <gtest/gtest.h>

namespace {

using writer::FileOutcome;
using writer::PlannedFile;
using writer::PlannedFiles;

catalog::InstancePtr instanceAt(const QString& path)
{
    auto instance = std::make_shared<catalog::Instance>();
    instance->setPath(path, {});
    return instance;
}

/// What saving beside, below, elsewhere, in place and through links gives, and paths that have nothing or
/// everything in common.
QList<PlannedFile> examples()
{
    const auto file = [](const char* path, const char* source, const char* target, const char* base,
                         const char* backup = "") {
        return PlannedFile{instanceAt(QString::fromUtf8(path)), QString::fromUtf8(source),
                           QString::fromUtf8(target), QString::fromUtf8(base), QString::fromUtf8(backup)};
    };
    return {file("/d/study/a.dcm", "/d/study/a.dcm", "/d/study-anon/a.dcm", "/d/study-anon"),
            file("/d/study/b.dcm", "/d/study/b.dcm", "/d/study/b-anon.dcm", "/d/study"),
            file("/d/study/n.dcm", "/d/study/n.dcm", "/d/study/n-anon.dcm", "/d/study"),
            file("/d/study/IM1", "/d/study/IM1", "/d/study/IM1-anon", "/d/study"),
            file("/d/study/c", "/d/study/c", "/d/study/c", "/d/study", "/kept/study/c"),
            file("/d/link/d", "/mnt/real/e", "/out/link/d", "/out"),
            file("/d/s/ü", "/d/s/ü", "/out/s/ü", "/out"),
            file("a", "b", "c", "d"),
            file("aaa", "aaaa", "a", "aa"),
            file("aa", "", "aa", "")};
}

} // namespace

TEST(PlannedFiles, GiveBackEveryPath)
{
    PlannedFiles files;
    for (const PlannedFile& file : examples())
        files << file;
    const PlannedFiles copy = files;
    qsizetype number = 0;
    for (const PlannedFile& file : copy) {
        const PlannedFile expected = examples()[number];
        EXPECT_EQ(file.instance->path(), expected.instance->path());
        EXPECT_EQ(file.source, expected.source);
        EXPECT_EQ(file.target, expected.target);
        EXPECT_EQ(file.base, expected.base);
        EXPECT_EQ(file.backup, expected.backup);
        EXPECT_EQ(copy.target(number), expected.target);
        ++number;
    }
    EXPECT_EQ(number, examples().size());
}

TEST(PlannedFiles, HaveOutcomesByNumber)
{
    PlannedFiles files;
    for (const PlannedFile& file : examples())
        files << file;
    writer::FileOutcomes outcomes(files);
    EXPECT_EQ(outcomes.count(FileOutcome::Status::NotReached), examples().size());
    const auto obstacle = std::make_shared<const Error>(Error{Error::Kind::Changed, QStringLiteral("why")});
    outcomes.set(2, {files[2], FileOutcome::Status::Written});
    outcomes.set(3, {files[3], FileOutcome::Status::Refused, obstacle});
    EXPECT_TRUE(outcomes[2].isDone());
    EXPECT_EQ(outcomes[2].file.target, files[2].target);
    EXPECT_EQ(outcomes[3].error().reason, QStringLiteral("why"));
    EXPECT_EQ(outcomes.count(FileOutcome::Status::Written), 1);
    outcomes << FileOutcome{files[0], FileOutcome::Status::Failed};
    EXPECT_EQ(outcomes.size(), examples().size() + 1);
    EXPECT_EQ(outcomes[outcomes.size() - 1].status, FileOutcome::Status::Failed);
}

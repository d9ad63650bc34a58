// Small real files, cut off at every byte and with every bit turned over: the whole job ends well or with a
// reason.

#include "tests/support/dicom_bytes.h"
#include "tests/support/whole_job.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>
#include <array>
#include <gtest/gtest.h>
#include <iostream>

using namespace testing_support;

namespace {

// All bits take half an hour under a sanitizer; every seventh comes to each place within a byte.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qsizetype step = 7;
#else
constexpr qsizetype step = 1;
#endif

class Damage : public ::testing::Test {
protected:
    /// Real files below that many bytes, smallest first.
    static QStringList smallFiles(qint64 limit)
    {
        QList<std::pair<qint64, QString>> found;
        QDirIterator files(QStringLiteral("/usr/lib/python3/dist-packages/pydicom/data/test_files"),
                           QDir::Files);
        while (files.hasNext()) {
            const QFileInfo file(files.next());
            if (file.size() < limit && file.suffix() == u"dcm")
                found.append({file.size(), file.filePath()});
        }
        std::sort(found.begin(), found.end());
        QStringList paths;
        for (const auto& [size, path] : found)
            paths << path;
        return paths;
    }

    void doJob(const QByteArray& bytes)
    {
        const QString path = writeFile(m_folder.filePath(QStringLiteral("file")), bytes);
        ++m_ends[static_cast<size_t>(wholeJob(path, m_folder.filePath(QStringLiteral("target"))))];
    }

    void cutEverywhere(const QString& path)
    {
        const QByteArray whole = readBytes(path);
        for (qsizetype size = 0; size < whole.size(); ++size)
            doJob(whole.first(size));
    }

    void flipEveryBit(const QString& path)
    {
        const QByteArray whole = readBytes(path);
        for (qsizetype bit = 0; bit < whole.size() * 8; bit += step) {
            QByteArray flipped = whole;
            flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
            doJob(flipped);
        }
    }

    void TearDown() override
    {
        const auto count = [&](JobEnd end) { return m_ends[static_cast<size_t>(end)]; };
        std::cout << count(JobEnd::Rewritten) << " rewritten and verified, " << count(JobEnd::Shown)
                  << " shown only, " << count(JobEnd::Refused) << " refused\n";
        EXPECT_EQ(count(JobEnd::Broken), 0);
    }

    QTemporaryDir m_folder{quickFolder()};
    std::array<int, 4> m_ends{};
};

class SlowDamage : public Damage {};

} // namespace

TEST_F(Damage, FilesThatAreCutOff)
{
    const QStringList files = smallFiles(1000);
    if (files.isEmpty())
        GTEST_SKIP() << "SKIPPED: there are no small files";
    for (const QString& path : files)
        cutEverywhere(path);
    std::cout << files.size() << " files: ";
}

TEST_F(Damage, FilesWithOneBitTurnedOver)
{
    const QStringList files = smallFiles(1000).mid(0, 1);
    if (files.isEmpty())
        GTEST_SKIP() << "SKIPPED: there are no small files";
    for (const QString& path : files)
        flipEveryBit(path);
    std::cout << files.size() << " files: ";
}

TEST_F(SlowDamage, FilesThatAreCutOff)
{
    const QStringList files = smallFiles(6000);
    if (files.isEmpty())
        GTEST_SKIP() << "SKIPPED: there are no small files";
    for (const QString& path : files)
        cutEverywhere(path);
    std::cout << files.size() << " files: ";
}

TEST_F(SlowDamage, FilesWithOneBitTurnedOver)
{
    const QStringList files = smallFiles(3000);
    if (files.isEmpty())
        GTEST_SKIP() << "SKIPPED: there are no small files";
    for (const QString& path : files)
        flipEveryBit(path);
    std::cout << files.size() << " files: ";
}

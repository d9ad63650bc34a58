// Thousands of damaged real files, each put through the whole job in a child process: none may crash, take
// longer than ten seconds or more memory than 1 GiB.

#include "tests/support/corpus.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/mutant.h"
#include "tests/support/other_form.h"
#include "tests/support/whole_job.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <iostream>

#ifdef Q_OS_LINUX

#include <csignal>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

using namespace testing_support;

namespace {

constexpr unsigned mostSeconds = 10;
constexpr long mostKiB = 1024L * 1024;

/// What a child tells while it works; the parent sees it also when the child is gone.
struct Progress {
    int current = 0;
    long peakKiB = 0;
    std::array<int, 4> ends{};
};

class Mutants : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (SANITIZED)
            GTEST_SKIP() << "the sanitizers' own memory would count; the mutants run without them";
        void* shared =
            ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        ASSERT_NE(shared, MAP_FAILED);
        m_progress = new (shared) Progress;
        m_files = realFiles();
        if (m_files.isEmpty())
            GTEST_SKIP() << "SKIPPED: there are no files to damage";
    }

    void TearDown() override
    {
        if (m_progress)
            ::munmap(m_progress, sizeof(Progress));
    }

    static QStringList realFiles()
    {
        const QString corpus = testing_support::sharedData();
        const bool isThere = !testing_support::isMissing(corpus);
        QStringList found;
        QDirIterator files(isThere ? corpus : testing_support::debianFiles(), QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QFileInfo file(files.next());
            if (file.size() > 0 && file.size() <= qint64{1024} * 1024)
                found << file.filePath();
        }
        found.sort();
        return found;
    }

    /// A third of them in another encoding first: implicit VR, big endian, deflated, sequences as UN.
    QByteArray made(int index, QString& kind) const
    {
        std::mt19937 random(static_cast<unsigned>(index) * 2654435761U + 1);
        const QString& path =
            m_files[static_cast<qsizetype>(random() % static_cast<quint64>(m_files.size()))];
        const auto forms = otherForms();
        const Form& form = forms[random() % forms.size()];
        QByteArray bytes = readBytes(path);
        if (index % 3 == 0) {
            const auto file = dicom::readFile(path);
            const auto source = file ? dicom::SourceFile::open(path, file->encoding)
                                     : Result<std::shared_ptr<dicom::SourceFile>>(file.error());
            if (source)
                bytes = fileInForm(file->dataSet, form, **source);
        }
        return mutant(bytes, random, kind);
    }

    /// In the child; never returns, and ends with a signal when something is thrown.
    [[noreturn]] void work(int first, int end) noexcept
    {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        const rlimit guard{rlim_t{6} << 30, rlim_t{6} << 30};
        ::setrlimit(RLIMIT_AS, &guard);
        for (int index = first; index < end; ++index) {
            m_progress->current = index;
            QString kind;
            const QString path = writeFile(m_folder.filePath(QStringLiteral("mutant")), made(index, kind));
            ::alarm(mostSeconds);
            const auto ended = wholeJob(path, m_folder.filePath(QStringLiteral("target")));
            ::alarm(0);
            ++m_progress->ends[static_cast<size_t>(ended)];
            rusage usage{};
            ::getrusage(RUSAGE_SELF, &usage);
            m_progress->peakKiB = std::max(m_progress->peakKiB, usage.ru_maxrss);
            if (ended == JobEnd::Broken)
                ::_exit(2);
            if (usage.ru_maxrss > mostKiB)
                ::_exit(3);
        }
        ::_exit(0);
    }

    static QString whatHappened(int status)
    {
        if (WIFSIGNALED(status))
            return WTERMSIG(status) == SIGALRM ? QStringLiteral("took longer than ten seconds")
                                               : QStringLiteral("ended with signal %1").arg(WTERMSIG(status));
        return WEXITSTATUS(status) == 3 ? QStringLiteral("took more than 1 GiB")
                                        : QStringLiteral("gave an error without a reason");
    }

    void run(int count)
    {
        constexpr int batch = 100;
        for (int index = 0; index < count;) {
            std::cout.flush();
            const int end = std::min(index + batch, count);
            const pid_t child = ::fork();
            ASSERT_GE(child, 0);
            if (child == 0)
                work(index, end);
            int status = 0;
            rusage usage{};
            ASSERT_EQ(::wait4(child, &status, 0, &usage), child);
            index = end;
            if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
                index = m_progress->current + 1;
                keep(m_progress->current, whatHappened(status));
            }
        }
        tell(count);
    }

    void keep(int index, const QString& what)
    {
        QString kind;
        const QString path = QDir::cleanPath(QStringLiteral(PROGRAM_DIR "/../findings/mutant-%1").arg(index));
        writeFile(path, made(index, kind));
        ADD_FAILURE() << "mutant " << index << " (" << kind.toStdString() << ") " << what.toStdString()
                      << "; kept as " << path.toStdString();
    }

    void tell(int count) const
    {
        const auto ends = [&](JobEnd end) { return m_progress->ends[static_cast<size_t>(end)]; };
        std::cout << count << " mutants of " << m_files.size() << " files: " << ends(JobEnd::Rewritten)
                  << " rewritten and verified, " << ends(JobEnd::Shown) << " shown only, "
                  << ends(JobEnd::Refused) << " refused; at most " << m_progress->peakKiB / 1024 << " MiB\n";
    }

    QTemporaryDir m_folder{quickFolder()};
    Progress* m_progress = nullptr;
    QStringList m_files;
};

class SlowMutants : public Mutants {};

} // namespace

TEST_F(Mutants, FiveHundredDoNoHarm)
{
    run(500);
}

TEST_F(SlowMutants, TwentyThousandDoNoHarm)
{
    run(20'000);
}

#endif

#include "core/base/file_sync.h"

#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

using namespace testing_support;

namespace {

/// Pages of the file that the system has in memory.
long cachedPages(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    const auto size = static_cast<size_t>(file.size());
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.handle(), 0);
    const auto page = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> resident((size + page - 1) / page);
    EXPECT_EQ(::mincore(mapped, size, resident.data()), 0);
    ::munmap(mapped, size);
    return std::count_if(resident.begin(), resident.end(), [](unsigned char state) { return state & 1; });
}

bool livesInMemory(const QString& folder)
{
    constexpr long tmpfs = 0x01021994;
    struct statfs about {};
    return ::statfs(QFile::encodeName(folder).constData(), &about) == 0 && about.f_type == tmpfs;
}

} // namespace

TEST(FileSync, WhatIsDroppedFromTheCacheIsReadFromTheMedium)
{
    const QTemporaryDir folder;
    if (livesInMemory(folder.path()))
        GTEST_SKIP() << "NOT RUN: the temporary folder is in memory, so there is no medium to read from";
    const QString path = writeFile(folder.filePath(QStringLiteral("image")), QByteArray(1 << 20, 'x'));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(syncFile(file));
    file.close();
    ASSERT_GT(cachedPages(path), 200);
    ASSERT_TRUE(dropFromCache(path));
    EXPECT_LT(cachedPages(path), 20);
    EXPECT_EQ(readBytes(path), QByteArray(1 << 20, 'x'));
}

#endif

#pragma once

#include <QDir>
#include <QDirIterator>
#include <gtest/gtest.h>

namespace testing_support {

/// A folder of the data that lie beside the project and are not part of it; elsewhere where
/// DICOMBROWSER_SHARED says.
inline QString sharedData(const char* below = "data")
{
    const QString given = qEnvironmentVariable("DICOMBROWSER_SHARED");
    const QString shared = given.isEmpty() ? QStringLiteral(PROJECT_DIR "/../shared") : given;
    return QDir::cleanPath(shared + u'/' + QString::fromUtf8(below));
}

/// The files of Debian's python3-pydicom.
inline QString debianFiles()
{
    return QStringLiteral("/usr/lib/python3/dist-packages/pydicom/data/test_files");
}

inline bool isMissing(const QString& path)
{
    return QFileInfo(path).isDir() ? !QDirIterator(path, QDir::Files, QDirIterator::Subdirectories).hasNext()
                                   : !QFileInfo::exists(path);
}

} // namespace testing_support

/// A test over files that are not there says so: it must not pass on nothing.
#define SKIP_WITHOUT(path)                                                                                   \
    if (testing_support::isMissing(path))                                                                    \
    GTEST_SKIP() << "SKIPPED: there is nothing in " << QString(path).toStdString()

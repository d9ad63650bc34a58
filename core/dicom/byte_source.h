#pragma once

#include "core/base/result.h"
#include "core/dicom/file_stamp.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QFile>
#include <memory>
#include <optional>

namespace dicom {

/// A file that is read in pieces, wherever they are wanted. It is never mapped into memory: others may
/// shorten it at any time, and touching what is gone from a map ends the program. For one thread at a time.
class FileBytes {
public:
    /// Fails with Unreadable.
    static Result<std::shared_ptr<FileBytes>> open(const QString& path);
    ~FileBytes();
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    /// When it was opened.
    qint64 size() const { return m_size; }
    /// Exactly `count` bytes from `at` on. Fails with Unreadable, or with Changed where the file has become
    /// shorter.
    Outcome read(qint64 at, char* to, qint64 count);
    /// Of the file that is open, as it is now.
    Result<FileStamp> stamp() const;

private:
    explicit FileBytes(QString path)
        : m_path(std::move(path))
    {
    }
    QString m_path;
#ifdef Q_OS_LINUX
    int m_handle = -1; ///< QFile asks the system for more than is wanted here, thousands of times
#else
    QFile m_file;
#endif
    qint64 m_size = 0;
};

/// "was being changed while it was read"; the remedy is to try again.
Error changedWhileRead(const QString& path);

/// Looks at bytes of memory or of a file from the front to the back, with at most `most` of a file in memory.
class ByteWindow {
public:
    static constexpr qint64 most = 64LL * 1024;
    static constexpr qint64 first = 16LL * 1024; ///< doubled by each read that goes on

    explicit ByteWindow(QByteArrayView bytes)
        : m_data(bytes.data())
        , m_end(bytes.size())
        , m_size(bytes.size())
    {
    }
    explicit ByteWindow(std::shared_ptr<FileBytes> file)
        : m_file(std::move(file))
        , m_size(m_file->size())
    {
    }

    qint64 size() const { return m_size; }
    /// `count` bytes (at most `most`), good until the next call; null where there are fewer or they cannot be
    /// read.
    const char* at(qint64 from, qint64 count)
    {
        if (from >= m_begin && from <= m_end - count) [[likely]]
            return m_data + (from - m_begin);
        return fill(from, count);
    }
    /// Why bytes within size() could not be read.
    const std::optional<Error>& failure() const { return m_failure; }

private:
    const char* fill(qint64 from, qint64 count);

    std::shared_ptr<FileBytes> m_file; ///< null: memory
    QByteArray m_buffer;
    const char* m_data = nullptr; ///< what stands at m_begin
    qint64 m_begin = 0;
    qint64 m_end = 0;
    qint64 m_size = 0;
    qint64 m_next = first; ///< bytes of the next read
    std::optional<Error> m_failure;
};

} // namespace dicom

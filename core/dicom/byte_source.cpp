#include "core/dicom/byte_source.h"

#include <algorithm>

namespace dicom {

namespace {

Error unreadable(const QFile& file, const QString& what)
{
    return {Error::Kind::Unreadable, QStringLiteral("%1: %2").arg(what, file.errorString()),
            QStringLiteral("Check its permissions and the disk"), file.fileName()};
}

} // namespace

Error changedWhileRead(const QString& path)
{
    return {Error::Kind::Changed, QStringLiteral("was being changed while it was read"),
            QStringLiteral("Try again when nothing writes to it any more"), path};
}

Result<std::shared_ptr<FileBytes>> FileBytes::open(const QString& path)
{
    std::shared_ptr<FileBytes> bytes(new FileBytes);
    bytes->m_file.setFileName(path);
    if (!bytes->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(bytes->m_file, QStringLiteral("cannot be opened"));
    bytes->m_size = bytes->m_file.size();
    return bytes;
}

Outcome FileBytes::read(qint64 at, char* to, qint64 count)
{
    if (m_file.pos() != at && !m_file.seek(at))
        return unreadable(m_file, QStringLiteral("cannot be read"));
    while (count > 0) {
        const qint64 got = m_file.read(to, count);
        if (got < 0)
            return unreadable(m_file, QStringLiteral("cannot be read"));
        if (got == 0)
            return changedWhileRead(m_file.fileName());
        to += got;
        count -= got;
    }
    return Done{};
}

const char* ByteWindow::fill(qint64 from, qint64 count)
{
    if (!m_file || m_failure || from < 0 || count > most || from > m_size - count)
        return nullptr;
    // Behind a value that was skipped there are often a few headers only, or the next long value.
    constexpr qint64 afterSkip = 4LL * 1024;
    const bool goesOn = from >= m_begin && from <= m_end;
    m_next = goesOn ? std::min(most, m_next * 2) : afterSkip;
    const qint64 wanted = std::min(std::max(m_next, count), m_size - from);
    if (m_buffer.size() < wanted)
        m_buffer.resize(most);
    if (const Outcome read = m_file->read(from, m_buffer.data(), wanted); !read) {
        m_failure = read.error();
        m_begin = m_end = 0;
        return nullptr;
    }
    m_data = m_buffer.constData();
    m_begin = from;
    m_end = from + wanted;
    return m_data;
}

} // namespace dicom

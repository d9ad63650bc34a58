#include "core/write/journal_content.h"

#include "core/base/file_sync.h"
#include "core/base/save_files.h"
#include "core/write/folder_lock.h"
#include "core/write/safe_file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

namespace writer {

namespace {

// One JSON object a line: a header, one line for each planned file, one more when it is ready.
const QString formatKey = QStringLiteral("dicombrowserJournal");
constexpr int format = 2; ///< 1 had other digests
constexpr qint64 longest = qint64{1024} * 1024 * 1024; ///< of a journal that is read
constexpr qint64 longestLine = qint64{64} * 1024;
constexpr qint64 mostFiles = 5'000'000; ///< of a journal that is read

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QString hex(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QByteArray bytesIn(const QJsonValue& value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

/// Numbers beyond 2^53 do not survive in JSON.
QString text(qint64 number)
{
    return QString::number(number);
}

QByteArray headerLine(const JournalContent& content, qsizetype files)
{
    return line({{formatKey, format},
                 {QStringLiteral("folder"), content.folder},
                 {QStringLiteral("originals"), content.originals},
                 {QStringLiteral("batch"), content.batch},
                 {QStringLiteral("save"), content.save},
                 {QStringLiteral("files"), files},
                 {QStringLiteral("job"), hex(content.job.fingerprint)},
                 {QStringLiteral("seed"), hex(content.job.seed)}});
}

QByteArray plannedLine(const JournalEntry& entry, const QString& originals)
{
    QJsonObject object{{QStringLiteral("name"), entry.name}};
    if (entry.oldSize >= 0) {
        object.insert(QStringLiteral("oldSize"), text(entry.oldSize));
        object.insert(QStringLiteral("oldModified"), text(entry.oldModifiedNs));
    }
    if (entry.sourceSize >= 0) {
        object.insert(QStringLiteral("sourceSize"), text(entry.sourceSize));
        object.insert(QStringLiteral("sourceModified"), text(entry.sourceModifiedNs));
    }
    if (!entry.backup.isEmpty())
        object.insert(QStringLiteral("original"), QDir(originals).relativeFilePath(entry.backup));
    return line(object);
}

bool staysInside(const QString& name)
{
    return !name.isEmpty() && !QDir::isAbsolutePath(name) && QDir::cleanPath(name) == name && name != u".."
        && !name.startsWith(u"../");
}

Error damaged(const QString& path, const QString& reason)
{
    return {Error::Kind::Damaged, reason, QStringLiteral("It was left as it is"), path};
}

class Reader {
public:
    explicit Reader(const QString& path)
        : m_path(path)
    {
    }

    Result<JournalContent> read()
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly) || file.size() > longest)
            return unreadable(file);
        bool begun = false;
        while (!file.atEnd()) {
            const QByteArray text = file.readLine(longestLine);
            if (file.error() != QFile::NoError || text.isEmpty())
                return unreadable(file);
            if (text.size() >= longestLine - 1)
                return damaged(m_path, QStringLiteral("is not the journal of a save"));
            const QJsonObject object = QJsonDocument::fromJson(text).object();
            if (!text.endsWith('\n'))
                break; // cut off while it was written: what it says was not yet done
            if (begun && object.isEmpty())
                continue; // half a line, when writing it failed: what it was to say was not done
            if (!begun ? !header(object) : !entry(object))
                return damaged(m_path, QStringLiteral("is not the journal of a save"));
            begun = true;
            if (m_content.entries.size() > std::min(mostFiles, m_content.planned))
                return damaged(m_path, QStringLiteral("is not the journal of a save"));
        }
        if (m_content.batch.isEmpty())
            m_content.batch = savefiles::batchOfJournal(fileName());
        return m_content;
    }

private:
    /// What was not read must not count as not written.
    Error unreadable(const QFile& file) const
    {
        return {Error::Kind::Unreadable,
                QStringLiteral("the journal cannot be read: %1").arg(file.errorString()),
                QStringLiteral("Check the disk, and try again"), m_path};
    }

    QString fileName() const { return QFileInfo(m_path).fileName(); }
    bool isManifest() const { return savefiles::batchOfJournal(fileName()).isEmpty(); }

    bool header(const QJsonObject& object)
    {
        m_content.folder = object.value(QStringLiteral("folder")).toString();
        m_content.originals = isManifest() ? QFileInfo(m_path).absolutePath()
                                           : object.value(QStringLiteral("originals")).toString();
        if (!m_content.originals.isEmpty() && !QDir::isAbsolutePath(m_content.originals))
            return false;
        m_content.batch = isManifest() ? object.value(QStringLiteral("batch")).toString()
                                       : savefiles::batchOfJournal(fileName());
        m_content.save = object.value(QStringLiteral("save")).toString();
        m_content.planned = object.value(QStringLiteral("files")).toInteger(-1);
        m_content.job.fingerprint = bytesIn(object.value(QStringLiteral("job")));
        m_content.job.seed = bytesIn(object.value(QStringLiteral("seed")));
        return object.value(formatKey).toInt() == format
            && !savefiles::batchOfJournal(savefiles::journalName(m_content.batch)).isEmpty();
    }

    bool entry(const QJsonObject& object)
    {
        if (object.contains(QStringLiteral("ready")))
            return ready(object);
        JournalEntry planned{object.value(QStringLiteral("name")).toString()};
        if (object.contains(QStringLiteral("oldSize"))) {
            planned.oldSize = object.value(QStringLiteral("oldSize")).toString().toLongLong();
            planned.oldModifiedNs = object.value(QStringLiteral("oldModified")).toString().toLongLong();
        }
        if (object.contains(QStringLiteral("sourceSize"))) {
            planned.sourceSize = object.value(QStringLiteral("sourceSize")).toString().toLongLong();
            planned.sourceModifiedNs = object.value(QStringLiteral("sourceModified")).toString().toLongLong();
        }
        const QString copy = object.value(QStringLiteral("original")).toString();
        if (!copy.isEmpty())
            planned.backup = m_content.originals + u'/' + copy;
        m_content.entries << planned;
        return staysInside(planned.name) && (copy.isEmpty() || staysInside(copy));
    }

    bool ready(const QJsonObject& object)
    {
        const int number = object.value(QStringLiteral("ready")).toInt(-1);
        if (number < 0 || number >= m_content.entries.size())
            return false;
        JournalEntry& entry = m_content.entries[number];
        entry.newSize = object.value(QStringLiteral("size")).toString().toLongLong();
        entry.newDigest = bytesIn(object.value(QStringLiteral("digest")));
        entry.oldDigest = bytesIn(object.value(QStringLiteral("originalDigest")));
        return true;
    }

    QString m_path;
    JournalContent m_content;
};

} // namespace

QByteArray readyLine(qsizetype number, const JournalEntry& entry)
{
    QJsonObject object{{QStringLiteral("ready"), number},
                       {QStringLiteral("size"), text(entry.newSize)},
                       {QStringLiteral("digest"), hex(entry.newDigest)}};
    if (!entry.oldDigest.isEmpty())
        object.insert(QStringLiteral("originalDigest"), hex(entry.oldDigest));
    return line(object);
}

JournalEntries entriesOf(const JournalContent& content)
{
    return {content.entries.size(), [&content](qsizetype number) { return content.entries[number]; }};
}

QStringList namesByFolder(const JournalEntries& entries)
{
    QStringList names;
    QSet<QString> parents;
    for (qsizetype i = 0; i < entries.size; ++i) {
        const JournalEntry entry = entries.at(i);
        const QString parent = entry.name.left(entry.name.lastIndexOf(u'/') + 1);
        if (!parents.contains(parent)) {
            parents.insert(parent);
            names << entry.name;
        }
    }
    return names;
}

QString JournalContent::temporaryOf(qsizetype number) const
{
    return QFileInfo(pathOf(entries[number])).path() + u'/'
        + savefiles::temporaryName(batch, static_cast<int>(number));
}

QString JournalContent::path() const
{
    return folder + u'/' + savefiles::journalName(batch);
}

QString JournalContent::markPath() const
{
    return originals + u'/' + savefiles::markName(batch);
}

bool JournalContent::hasMark() const
{
    return !originals.isEmpty() && QFileInfo::exists(markPath());
}

bool JournalContent::remove() const
{
    if (hasMark()) { // otherwise the folder is none of ours
        QFile::remove(markPath());
        QDir().rmdir(originals); // which it does when nothing was kept in it
    }
    return QFile::remove(path());
}

Result<JournalContent> readJournal(const QString& path)
{
    auto content = Reader(path).read();
    // A folder may have been moved since; a manifest lies elsewhere than its files.
    if (content && !savefiles::batchOfJournal(QFileInfo(path).fileName()).isEmpty())
        content.value().folder = QFileInfo(path).absolutePath();
    return content;
}

Outcome writeJournal(const JournalContent& content, const JournalEntries& entries, const QString& path,
                     bool sync)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(path, QStringLiteral("the journal cannot be made: %1").arg(file.errorString()));
    bool good = true;
    const auto write = [&](const QByteArray& text) { good = good && file.write(text) == text.size(); };
    write(headerLine(content, entries.size));
    for (qsizetype i = 0; i < entries.size; ++i)
        write(plannedLine(entries.at(i), content.originals));
    for (qsizetype i = 0; i < entries.size; ++i)
        if (const JournalEntry entry = entries.at(i); entry.isReady())
            write(readyLine(i, entry));
    Outcome written = good && file.flush()
        ? Outcome(Done{})
        : unwritable(path, QStringLiteral("the journal cannot be written: %1").arg(file.errorString()));
    if (written && sync)
        written = syncFile(file);
    if (written && sync)
        written = syncFolder(QFileInfo(path).path());
    if (!written) {
        file.close(); // fails again with what could not be written, and QFile::remove() would then not remove
                      // it
        QFile::remove(path);
    }
    return written;
}

} // namespace writer

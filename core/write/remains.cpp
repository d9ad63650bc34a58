#include "core/catalog/catalog.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/identifying.h"
#include "core/dicom/value.h"
#include "core/worker_thread.h"
#include "core/write/writer.h"

#include <QDir>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <map>
#include <thread>
#include <tuple>
#include <vector>

namespace writer {

namespace {

using Kind = Remainder::Kind;
using dicom::DataSet;
using dicom::Element;
using dicom::IdentifyingKind;

std::optional<Kind> kindOf(const Element& element)
{
    switch (dicom::identifyingKind(element.tag(), element.vr())) {
    case IdentifyingKind::PersonName:
        return Kind::PersonName;
    case IdentifyingKind::Identifier:
    case IdentifyingKind::Place:
        return Kind::Identifier;
    case IdentifyingKind::Date:
        return Kind::Date;
    case IdentifyingKind::FreeText:
        return Kind::FreeText;
    case IdentifyingKind::Uid:
    case IdentifyingKind::None:
        break;
    }
    return std::nullopt;
}

/// Modalities whose pictures often have text burned into them (PS3.15 section E.3.1 asks to look).
bool oftenBurnedIn(const QByteArray& modality)
{
    static const QSet<QByteArray> modalities{"US", "SC", "OT", "XA",   "RF", "ES",
                                             "XC", "GM", "SM", "IVUS", "DOC"};
    return modalities.contains(modality);
}

/// Counts what remains, file by file.
class Collector {
public:
    void addFile(const edit::Evaluated& written, const dicom::LoadedFile& original)
    {
        m_inThisFile.clear();
        walk(written.meta, &original.meta, {}, {});
        walk(written.dataSet, &original.dataSet, {}, {});
        addBurnedIn(written.dataSet);
    }

    void add(Kind kind, const QString& what, const QString& value, bool isKept = true)
    {
        const Key key{kind, what};
        const auto here = m_inThisFile.find(key);
        const bool isNew = here == m_inThisFile.end();
        const bool wasKept = !isNew && here->second;
        m_inThisFile[key] = wasKept || isKept;
        Remainder& remainder = m_found[key];
        remainder.kind = kind;
        remainder.what = what;
        if (remainder.value.isEmpty() || (isKept && remainder.kept == 0))
            remainder.value = value;
        remainder.files += isNew ? 1 : 0;
        remainder.kept += isKept && !wasKept ? 1 : 0;
    }

    void nextFile() { m_inThisFile.clear(); }

    /// What was found in files that come after those of this one.
    void append(const Collector& later)
    {
        for (const Remainder& theirs : later.m_found) {
            Remainder& mine = m_found[{theirs.kind, theirs.what}];
            if (mine.value.isEmpty() || (theirs.kept > 0 && mine.kept == 0))
                mine.value = theirs.value;
            mine.kind = theirs.kind;
            mine.what = theirs.what;
            mine.files += theirs.files;
            mine.kept += theirs.kept;
        }
    }

    QList<Remainder> result() const
    {
        QList<Remainder> sorted = m_found.values();
        std::stable_sort(sorted.begin(), sorted.end(), [](const Remainder& a, const Remainder& b) {
            const auto order = [](const Remainder& one) {
                const bool isKey = one.what == u"Patient's Name" || one.what == u"Patient ID";
                return std::tuple(one.kind, one.kept == 0, !isKey, one.what.contains(u'▸'), -one.kept,
                                  -one.files);
            };
            return order(a) < order(b);
        });
        return sorted;
    }

private:
    using Key = std::pair<Kind, QString>;

    /// `original`: the data set that it was made from; null when there was none.
    void walk(const DataSet& dataSet, const DataSet* original, const QString& prefix,
              const dicom::CharacterSet& inherited)
    {
        const auto characterSet = dicom::characterSetOf(dataSet, inherited);
        for (const auto& element : dataSet) {
            const dicom::Tag tag = element->tag();
            const auto kind = element->isSequence() ? std::nullopt : kindOf(*element);
            const bool isTold = kind || element->isSequence() || tag.isPrivate();
            if (!isTold || element->length() == 0)
                continue;
            const QString creator = dataSet.creatorOf(tag);
            const Element* before = original ? original->find(tag) : nullptr;
            const bool isKept = dicom::sameElement(before, element.data());
            if (tag.isPrivate() && !tag.isPrivateCreator())
                add(Kind::Private, creator.isEmpty() ? QStringLiteral("no creator") : creator,
                    QStringLiteral("private attributes"), isKept);
            if (!kind && !element->isSequence())
                continue;
            const auto* entry = dicom::find(tag, creator);
            const QString name =
                prefix + (entry && !entry->name.isEmpty() ? entry->name : dicom::toString(tag));
            for (size_t i = 0; i < element->items().size(); ++i)
                walk(element->items()[i],
                     before && i < before->items().size() ? &before->items()[i] : nullptr,
                     name + QStringLiteral(" ▸ "), characterSet);
            if (kind)
                add(*kind, name, dicom::shortText(*element, characterSet), isKept);
        }
    }

    void addBurnedIn(const DataSet& dataSet)
    {
        const QByteArray value = dataSet.bytes(dicom::tags::BurnedInAnnotation);
        const QByteArray modality = dataSet.bytes(dicom::tags::Modality);
        const QString what = QStringLiteral("Burned In Annotation");
        if (value == "YES")
            add(Kind::BurnedIn, what, QStringLiteral("YES: the pictures themselves may show the identity"));
        else if (value.isEmpty() && oftenBurnedIn(modality) && dataSet.contains(dicom::tags::PixelData))
            add(Kind::BurnedIn, what + QStringLiteral(" (%1)").arg(QString::fromLatin1(modality)),
                QStringLiteral("not stated: look whether the pictures show the identity"));
    }

    QMap<Key, Remainder> m_found;
    std::map<Key, bool> m_inThisFile; ///< whether it is as it was
};

/// The parts of names and IDs that are long enough to be looked for in paths.
QStringList tellingParts(const DataSet& dataSet)
{
    const auto keys = catalog::treeKeysOf(dataSet);
    QStringList parts;
    for (const QString& part :
         keys.patientName.split(QRegularExpression(QStringLiteral("[\\^=, ]")), Qt::SkipEmptyParts))
        if (part.size() >= 3)
            parts << part;
    if (keys.patientId.size() >= 3)
        parts << keys.patientId;
    return parts;
}

void addPathNames(const FileOutcome& file, const QString& base, Collector& collector)
{
    const QString path = QDir(base).relativeFilePath(file.file.target);
    const QStringList parts = tellingParts(file.file.instance->file.dataSet);
    collector.nextFile();
    for (const QString& name : path.split(u'/', Qt::SkipEmptyParts))
        for (const QString& part : parts)
            if (name.contains(part, Qt::CaseInsensitive))
                collector.add(Kind::PathName, name, QStringLiteral("contains “%1”").arg(part));
}

/// The folder of an overwritten file and those above it, up to the one that was opened: a DICOMDIR stands
/// above the images that it lists.
void addFoldersUpToRoot(const PlannedFile& file, QSet<QString>& folders)
{
    const QString root = QFileInfo(file.instance->root).canonicalFilePath();
    QString folder = QFileInfo(file.target).path();
    folders.insert(folder);
    while (folder != root && folder.startsWith(root.endsWith(u'/') ? root : root + u'/')) {
        folder = QFileInfo(folder).path();
        folders.insert(folder);
    }
}

/// Files beside the overwritten ones that were left as they were.
void addNeighbours(const WriteReport& report, Collector& collector)
{
    QSet<QString> written;
    QSet<QString> folders;
    for (const FileOutcome& file : report.files)
        if (file.isDone()) {
            written.insert(file.file.target);
            addFoldersUpToRoot(file.file, folders);
        }
    QStringList sorted(folders.begin(), folders.end());
    sorted.sort();
    for (const QString& folder : sorted)
        for (const QFileInfo& entry : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name))
            if (!written.contains(entry.canonicalFilePath())) {
                collector.nextFile();
                collector.add(Kind::Neighbour, entry.filePath(), QStringLiteral("was not changed"));
            }
}

/// Looks through the files from `begin` to `end` of the report.
Collector collected(const WriteReport& report, qsizetype begin, qsizetype end, const edit::EditList& edits,
                    edit::Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    Collector collector;
    for (qsizetype i = begin; i < end && !cancel; ++i) {
        const FileOutcome& file = report.files[i];
        if (!file.isDone())
            continue;
        const auto edited = evaluator.evaluate(*file.file.instance, edits);
        if (edited)
            collector.addFile(*edited, file.file.instance->file);
        addPathNames(file, QFileInfo(file.file.instance->root).path(), collector);
    }
    return collector;
}

} // namespace

QList<Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                             const edit::EditList& edits, edit::Evaluator& evaluator,
                             const std::atomic<bool>& cancel)
{
    const auto threads = static_cast<qsizetype>(std::max(1U, std::thread::hardware_concurrency()));
    const qsizetype count = report.files.size();
    std::vector<Collector> parts(static_cast<size_t>(threads));
    {
        std::vector<WorkerThread> workers; // joined when they go
        workers.reserve(static_cast<size_t>(threads));
        for (qsizetype i = 0; i < threads; ++i)
            workers.emplace_back([&, i] {
                parts[static_cast<size_t>(i)] = collected(
                    report, count * i / threads, count * (i + 1) / threads, edits, evaluator, cancel);
            });
    }
    Collector collector;
    for (const Collector& part : parts)
        collector.append(part);
    if (destination.kind == Destination::Kind::Overwrite)
        addNeighbours(report, collector);
    return collector.result();
}

} // namespace writer

#include "core/job/fingerprint.h"

#include "core/edit/seed.h"

#include <QCryptographicHash>
#include <QDir>
#include <QMessageAuthenticationCode>
#include <QStandardPaths>
#include <algorithm>

namespace job {

namespace {

/// Where it cannot be kept, no other run knows it, and none can go on.
QByteArray journalKey()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/DicomBrowser");
    QDir().mkpath(folder);
    const auto key = edit::seedFromFile(folder + QStringLiteral("/journal.key"));
    return key ? *key : edit::randomSeed();
}

/// Texts with their lengths, so that no two lists of texts give the same bytes.
class Digest {
public:
    void add(const QString& text)
    {
        const QByteArray bytes = text.toUtf8();
        m_hash.addData(QByteArray::number(bytes.size()) + ':' + bytes);
    }
    template <typename Table>
    void addTable(const Table& table)
    {
        QStringList keys = table.keys();
        keys.sort();
        add(QString::number(keys.size()));
        for (const QString& key : std::as_const(keys)) {
            add(key);
            add(table.value(key));
        }
    }
    void add(int number) { add(QString::number(number)); }

    void add(const edit::ScriptRun& run)
    {
        add(static_cast<int>(run.script->dialect()));
        add(run.script->source());
        addTable(run.variables);
        if (run.lookup)
            addTable(*run.lookup);
    }
    void add(const deid::Profile& profile)
    {
        add(deid::toString(profile));
        add(static_cast<int>(profile.patients.newIds));
        if (profile.patients.table)
            addTable(*profile.patients.table);
    }
    void add(const QList<edit::AttributeOperation>& operations)
    {
        for (const edit::AttributeOperation& operation : operations) {
            add(operation.path.toString());
            add(static_cast<int>(operation.action));
            add(operation.text);
            add(operation.vr ? static_cast<int>(*operation.vr) : -1);
            add(operation.reencode ? 1 : 0);
            add(operation.keepBytes ? 1 : 0);
        }
    }
    void add(const edit::DeletePrivate&) {}
    void add(const edit::RevertAll&) {}

    QByteArray result() const { return m_hash.result(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
};

} // namespace

writer::JournalJob journalJob(const edit::EditList& edits, const edit::Context& context)
{
    writer::JournalJob job{{}, context.seed};
    if (!std::all_of(edits.begin(), edits.end(), [](const edit::EditPtr& edit) { return edit->allFiles; }))
        return job;
    Digest digest;
    for (const edit::EditPtr& edit : edits) {
        digest.add(static_cast<int>(edit->operation.index()));
        std::visit([&](const auto& operation) { digest.add(operation); }, edit->operation);
    }
    digest.add(QString::fromLatin1(context.seed.toHex()));
    job.fingerprint =
        QMessageAuthenticationCode::hash(digest.result(), journalKey(), QCryptographicHash::Sha256);
    return job;
}

} // namespace job

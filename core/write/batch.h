#pragma once

#include "core/dicom/layouts.h"
#include "core/write/journal.h"
#include "core/write/safe_file.h"
#include "core/write/writer.h"

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace writer {

/// One save while it is carried out: the folders that it made, and their journals. begin(), then write() for
/// every file from any thread, then finish().
class Batch {
public:
    /// All must outlive it.
    Batch(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
          const WriteOptions& options);

    void begin();
    /// From source to target. Whatever fails, the target stays as it was.
    FileOutcome write(int number);
    /// What could not be brought to an end, though every file that counts as written is in its place.
    /// `complete`: no file was left out.
    QList<Error> finish(bool complete);

private:
    /// Where a file is in the journals.
    struct Place {
        int of = 0; ///< m_journals, or m_obstacles where there is no journal
        int number = 0; ///< in the journal
        bool hasJournal = false;
    };
    using Files = std::vector<int>;

    void beginIn(const QString& folder, const Files& files, bool mayDivide);
    Outcome endOf(const JournalContent& resumed) const;
    void takeOver(const JournalContent& resumed);
    Outcome makeFolder(const QString& folder, const PlannedFile& first);
    Result<QByteArray> writeTemporary(const PlannedFile& file, const dicom::LoadedFile& source,
                                      const edit::Evaluated& edited, const QString& temporary);
    Outcome put(const PlannedFile& file, const Place& place, TemporaryFile& temporary,
                const QByteArray& digest);
    Result<QByteArray> keepOriginal(const PlannedFile& file, const Place& place);

    const Plan& m_plan;
    const edit::EditList& m_edits;
    edit::Evaluator& m_evaluator;
    const WriteOptions& m_options;
    FolderMaker m_folders;
    dicom::Layouts m_layouts; ///< of what was read back
    QString m_save; ///< what its journals have in common
    std::vector<Place> m_places; ///< of the plan's files
    std::vector<std::shared_ptr<Journal>> m_journals;
    std::vector<Error> m_obstacles; ///< why there are no others
    std::mutex m_mutex;
    std::set<QString> m_changed; ///< folders whose names must be brought to the medium
};

} // namespace writer

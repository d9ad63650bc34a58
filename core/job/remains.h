#pragma once

#include "core/residue/search.h"
#include "core/write/writer.h"

#include <memory>
#include <mutex>
#include <vector>

namespace job {

/// Looks for what remains of an identity while the files are written: add() is what WriteOptions::done takes.
class RemainsSearch {
public:
    /// Any thread, several at once.
    void add(const writer::PlannedFile& file, const dicom::LoadedFile& original,
             const edit::Evaluated& written);
    /// What remains (residue::Search), and after an overwrite the files that were not changed (DICOMDIR,
    /// damaged, others) in the folders of the written files and those above, up to the opened one. When
    /// nothing is added any more.
    QList<residue::Remainder> result(const writer::WriteReport& report,
                                     const writer::Destination& destination) const;

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<residue::Search>> m_idle; ///< as many as were at work at once
};

} // namespace job

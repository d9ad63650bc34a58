#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"
#include "core/dicom/file_stamp.h"
#include "core/dicom/read_limits.h"
#include "core/dicom/structure.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <optional>

namespace dicom {

class ElementCache;

/// What a DICOM file holds, large values aside: those stay in the file (SourceValue).
struct LoadedFile {
    QString path;
    FileStamp stamp;
    DataSet meta; ///< group 0002; empty in files without file meta information
    DataSet dataSet; ///< everything else, also what follows Pixel Data
    QString transferSyntax; ///< UID that the data set was read with
    bool hasClearPreamble = true; ///< nothing but zeros in it, or there is none
    bool hasPreamble = true; ///< false: the data set begins at the first byte
    Encoding encoding; ///< how the data set is encoded, whatever the file meta information says
    bool duplicates = false; ///< an attribute stands twice; only its first value was read
    bool followed =
        true; ///< its structure was followed to the end without DCMTK; false: it cannot be rewritten safely
    /// Its lengths may be encoded otherwise than this program does, which gives explicit ones: with the same
    /// values it would have other bytes.
    bool hasOtherLengths = false;
    QStringList oddities; ///< harmless faults that were tolerated
};

/// Reads a DICOM file (PS3.10), recognised by content: with preamble, or beginning with the file meta
/// information or the data set. Never writes, never changes a value, and tolerates what it can. Its structure
/// is looked at within the limits before DCMTK gets to see the file. Fails with NotDicom, Directory, Damaged,
/// TooDeep, Unreadable (also beyond the other limits), or Changed when it was written to meanwhile.
/// Thread-safe; needs a stack of WorkerThread::stackSize. Elements come from the cache when there is one.
Result<LoadedFile> readFile(const QString& path, ElementCache* cache = nullptr,
                            const ReadLimits& limits = {});

/// The same without DCMTK, faults that can be mended included (LoadedFile::oddities tells them); empty when
/// that cannot follow the file (readFile() may read it all the same): `reason` says why then.
std::optional<LoadedFile> readFileDirectly(const QString& path, ElementCache& cache,
                                           const ReadLimits& limits = {}, QString* reason = nullptr);
/// The same by DCMTK only, whatever the file: what readFileDirectly() is measured by.
Result<LoadedFile> readFileByDcmtk(const QString& path, ElementCache* cache = nullptr,
                                   const ReadLimits& limits = {});

/// The File IDs (PS3.10 section 8.2, components as they stand) that a DICOMDIR's records refer to; none when
/// it is another DICOM file. Fails as readFile() does.
Result<QList<QStringList>> referencedFiles(const QString& path);

/// Must be called once before the first worker thread starts: sets the library's switches and silences its
/// logs.
void initialiseLibrary();

} // namespace dicom

#pragma once

#include <QString>

/// Names of the files that a save makes for itself beside those that it writes. All begin with a dot, so that
/// nobody takes them for images.
namespace savefiles {

/// A number of a save, in 16 hexadecimal digits.
QString newBatch();
QString temporaryName(const QString& batch, int number);
QString journalName(const QString& batch);
/// Of the file by which one save keeps others out of a folder.
QString lockName();

/// Of the file that shows, in a folder for copies of originals, that this save put them there.
QString markName(const QString& batch);

/// The batch of a temporary file or journal; empty when it is neither.
QString batchOfTemporary(const QString& fileName);
QString batchOfJournal(const QString& fileName);
/// It is one of ours and no image, whatever is in it.
bool isOurs(const QString& fileName);

} // namespace savefiles

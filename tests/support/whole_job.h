#pragma once

#include <QString>

namespace testing_support {

/// What became of a file in the whole job.
enum class JobEnd {
    Refused, ///< readFile() gave an error
    Shown, ///< it can be looked at, but was not written: with an error
    Rewritten, ///< written and verified
    Broken ///< an error without a reason, or what was written did not pass
};

/// Does with a file all that the program does: reads it, turns every value into text and into the attribute
/// table, writes it to `target` (which is removed again) and verifies that.
JobEnd wholeJob(const QString& path, const QString& target);

/// A template for QTemporaryDir: in memory where the system has that, for tests with very many files.
QString quickFolder();

} // namespace testing_support

// dicomremap: applies scripts to DICOM files and writes the results below a folder, with the same engine as
// the window.

#include "app/recover_command.h"
#include "app/remap_command.h"
#include "app/restore_command.h"
#include "core/base/crash_privacy.h"
#include "core/dicom/reader.h"

#include <QCoreApplication>

namespace {

ExitStatus run(const RemapOptions& options)
{
    return remap(options);
}

ExitStatus run(const RecoverOptions& options)
{
    return recoverFolder(options) ? Ok : NotEverythingWritten;
}

ExitStatus run(const RestoreOptions& options)
{
    return restoreFolder(options) ? Ok : NotEverythingWritten;
}

} // namespace

int main(int argc, char** argv)
{
    keepMemoryPrivate();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dicomremap"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DICOMBROWSER_VERSION));
    dicom::initialiseLibrary();
    const auto options = readOptions(application);
    return options ? std::visit([](const auto& command) { return run(command); }, *options) : WrongUse;
}

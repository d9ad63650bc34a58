#include "ui/window/session_words.h"

#include "core/edit/session.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::MainWindow", text);
}

QString counted(qsizetype count, const char* one, const char* many)
{
    return count == 1 ? tr(one) : tr(many).arg(QLocale().toString(count));
}

} // namespace

QString windowTitle(const edit::Session& session)
{
    const catalog::Catalog& catalog = session.catalog();
    QString title = QStringLiteral("DicomBrowser");
    if (catalog.size() > 0)
        title += QStringLiteral(" — ")
            + counted(catalog.count(catalog::Node::Level::Patient), "1 patient", "%1 patients")
            + counted(catalog.size(), ", 1 image", ", %1 images");
    return title + QStringLiteral("[*]");
}

QString editCount(const edit::Session& session)
{
    const auto edits = session.edits().size();
    QString text = edits == 0 ? tr("No edits")
                              : tr("%1 in %2")
                                    .arg(counted(edits, "1 edit", "%1 edits"),
                                         counted(session.editedCount(), "1 file", "%1 files"));
    if (const int failed = session.failedCount(); failed > 0)
        text += counted(failed, " · fails in 1 file", " · fail in %1 files");
    return text;
}

Questions::Question aboutProgram()
{
    return {Questions::Kind::Information, tr("About DicomBrowser"),
            QStringLiteral("DicomBrowser " DICOMBROWSER_VERSION),
            tr("Shows, edits and de-identifies the metadata of DICOM images, many files at once.\n\n"
               "BSD 2-Clause licence. Built with Qt %1 and DCMTK.")
                .arg(QString::fromLatin1(qVersion()))};
}

} // namespace ui

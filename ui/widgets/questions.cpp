#include "ui/widgets/questions.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

namespace ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Questions", text);
}

QMessageBox::Icon iconOf(Questions::Kind kind)
{
    switch (kind) {
    case Questions::Kind::Warning:
        return QMessageBox::Warning;
    case Questions::Kind::Information:
        return QMessageBox::Information;
    case Questions::Kind::Question:
        break;
    }
    return QMessageBox::Question;
}

/// Qt's own file dialogs write the folders that were visited into a settings file when they go.
class ForgetsFolders {
public:
    ForgetsFolders() = default;
    ForgetsFolders(const ForgetsFolders&) = delete;
    ForgetsFolders& operator=(const ForgetsFolders&) = delete;
    ~ForgetsFolders()
    {
        QSettings settings(QSettings::UserScope, QStringLiteral("QtProject"));
        for (const char* key : {"FileDialog/lastVisited", "FileDialog/history"})
            settings.remove(QString::fromLatin1(key));
    }
};

} // namespace

QStringList DialogQuestions::openFiles(QWidget* parent, const QString& startFolder)
{
    const ForgetsFolders forgets;
    return QFileDialog::getOpenFileNames(parent, translated("Open Files"), startFolder,
                                         translated("All files (*)"));
}

QString DialogQuestions::folder(QWidget* parent, const QString& title, const QString& startFolder)
{
    const ForgetsFolders forgets;
    return QFileDialog::getExistingDirectory(parent, title, startFolder);
}

QString DialogQuestions::openScript(QWidget* parent, const QString& startFolder)
{
    const ForgetsFolders forgets;
    return QFileDialog::getOpenFileName(parent, translated("Choose Script"), startFolder,
                                        translated("DicomEdit scripts (*.das);;All files (*)"));
}

namespace {

QString scriptToWrite(QWidget* parent, const QString& title, const QString& folder, const QString& name)
{
    const ForgetsFolders forgets;
    QFileDialog dialog(parent, title, folder, translated("DicomEdit scripts (*.das);;All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("das"));
    dialog.selectFile(name);
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

} // namespace

QString DialogQuestions::exportedScript(QWidget* parent, const QString& startFolder)
{
    return scriptToWrite(parent, translated("Export Edits as Script"), startFolder,
                         QStringLiteral("edits.das"));
}

QString DialogQuestions::savedScript(QWidget* parent, const QString& proposed)
{
    const QFileInfo about(proposed);
    return scriptToWrite(parent, translated("Save Script"), about.isAbsolute() ? about.path() : QString(),
                         about.fileName());
}

QString DialogQuestions::lookupTable(QWidget* parent)
{
    const ForgetsFolders forgets;
    return QFileDialog::getOpenFileName(parent, translated("Lookup Table"), {},
                                        translated("Lookup tables (*.txt *.map);;All files (*)"));
}

int DialogQuestions::ask(QWidget* parent, const Question& question)
{
    QMessageBox box(iconOf(question.kind), question.title, question.text, QMessageBox::NoButton, parent);
    box.setInformativeText(question.details);
    box.setTextFormat(Qt::PlainText);
    const QStringList words =
        question.buttons.isEmpty() ? QStringList{translated("Close")} : question.buttons;
    QList<QAbstractButton*> buttons;
    for (const QString& word : words)
        buttons.append(box.addButton(word, QMessageBox::ActionRole));
    const auto last = words.size() - 1;
    box.setDefaultButton(qobject_cast<QPushButton*>(buttons.value(question.defaultButton)));
    box.setEscapeButton(buttons.value(question.escapeButton < 0 ? last : question.escapeButton));
    box.exec();
    const auto index = buttons.indexOf(box.clickedButton());
    return static_cast<int>(index < 0 ? last : index);
}

} // namespace ui

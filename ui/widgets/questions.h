#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace ui {

/// Everything that the program asks of the user with a standard dialog. Windows and dialogs get one from
/// whoever makes them, so tests answer without a dialog. Every function blocks until there is an answer; an
/// empty text or list says that the user cancelled.
class Questions {
public:
    virtual ~Questions() = default;

    /// Existing files to open, any name.
    virtual QStringList openFiles(QWidget* parent, const QString& startFolder) = 0;
    /// An existing folder; `title` is a verb: "Open Folder".
    virtual QString folder(QWidget* parent, const QString& title, const QString& startFolder) = 0;
    /// An existing .das script.
    virtual QString openScript(QWidget* parent, const QString& startFolder) = 0;
    /// The path of a .das script to write; an existing one was agreed to be replaced. A path or name is
    /// proposed.
    virtual QString savedScript(QWidget* parent, const QString& proposed) = 0;
    /// The same for edits as a script.
    virtual QString exportedScript(QWidget* parent, const QString& startFolder) = 0;
    /// An existing file with a lookup table for scripts.
    virtual QString lookupTable(QWidget* parent) = 0;

    enum class Kind { Question, Warning, Information };
    struct Question {
        Kind kind = Kind::Question;
        QString title;
        QString text; ///< what it is about, one sentence
        QString details = {}; ///< what follows from it; quieter type below
        QStringList buttons = {}; ///< verbs; empty: "Close" alone
        int defaultButton = 0;
        int escapeButton = -1; ///< what Esc and closing mean; -1: the last button
    };
    /// The index of the chosen button.
    virtual int ask(QWidget* parent, const Question& question) = 0;
};

/// The standard dialogs of Qt and the desktop.
class DialogQuestions : public Questions {
public:
    QStringList openFiles(QWidget* parent, const QString& startFolder) override;
    QString folder(QWidget* parent, const QString& title, const QString& startFolder) override;
    QString openScript(QWidget* parent, const QString& startFolder) override;
    QString savedScript(QWidget* parent, const QString& proposed) override;
    QString exportedScript(QWidget* parent, const QString& startFolder) override;
    QString lookupTable(QWidget* parent) override;
    int ask(QWidget* parent, const Question& question) override;
};

} // namespace ui

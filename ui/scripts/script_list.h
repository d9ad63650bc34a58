#pragma once

#include "ui/scripts/script_draft.h"

#include <QList>
#include <QWidget>

class QListWidget;

namespace ui {

class Questions;

/// The scripts to choose from: those that come with the program, files that are browsed for, and what comes
/// from the editor.
class ScriptList : public QWidget {
    Q_OBJECT
public:
    /// `questions` must outlive it.
    explicit ScriptList(Questions& questions, QWidget* parent = nullptr);

    void showBundled();
    /// A file, listed like those that come with the program. Read again when it is listed already.
    void showFile(const QString& path);
    void showDraft(const ScriptDraft& draft);
    /// The one that is chosen; empty when none is.
    ScriptDraft current() const;

Q_SIGNALS:
    void chosen(const ui::ScriptDraft& draft);
    /// The script is to be edited instead of being applied.
    void editingWanted();

private:
    void browse();

    Questions& m_questions;
    QList<ScriptDraft> m_drafts; ///< in the order of the list
    QListWidget* m_list;
};

} // namespace ui

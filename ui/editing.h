#pragma once

#include "core/edit/session.h"
#include "ui/questions.h"

#include <QUndoStack>

namespace ui {

/// Makes the user's edits and keeps them on an undo stack. Asks where an edit needs a choice.
class Editing : public QObject {
    Q_OBJECT
public:
    /// `window` is the parent of the questions.
    Editing(edit::Session& session, Questions& questions, QWidget* window);

    QUndoStack& stack() { return m_stack; }
    void push(edit::EditPtr edit);

    /// Assigns the text, unless it cannot be set or the user takes it back. assignDecided(): what there was
    /// to ask about the value itself has been asked.
    void assign(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute, const QString& text);
    void assignDecided(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                       const QString& text, bool reencode);
    /// Keep, Clear or Delete.
    void act(const edit::InstanceIds& ids, const QList<edit::MergedAttribute>& attributes,
             edit::Action action);
    void deleteAllPrivate(const edit::InstanceIds& ids);
    void revertAll(const edit::InstanceIds& ids);

    /// Makes the undo stack that of the session's edits; what was undone can no longer be redone.
    void rebuild();

private:
    void pushOperations(const edit::InstanceIds& ids, const QString& description,
                        QList<edit::AttributeOperation> operations);
    bool mayMerge(const edit::InstanceIds& ids, const dicom::AttributePath& path, const QString& text);
    bool askForUid(const QString& offered, const QString& reason, QString& text);
    bool askForUnicode(const QString& text);
    void follow(const edit::SessionEvent& event);

    edit::Session& m_session;
    Questions& m_questions;
    QWidget* m_window;
    QUndoStack m_stack;
};

} // namespace ui

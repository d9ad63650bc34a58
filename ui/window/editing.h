#pragma once

#include "core/edit/session.h"
#include "ui/window/edit_questions.h"

#include <QUndoStack>
#include <memory>

namespace ui {

/// Makes the user's edits and keeps them on an undo stack. Asks where an edit needs a choice.
class Editing : public QObject {
    Q_OBJECT
public:
    /// `window` is the parent of the questions.
    Editing(edit::Session& session, Questions& questions, QWidget* window);

    QUndoStack& stack() { return m_stack; }
    void push(edit::EditPtr edit);

    /// Assigns the text, unless it cannot be set or the user takes it back: false then. assignDecided(): what
    /// there was to ask about the value itself has been asked.
    bool assign(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute, const QString& text);
    bool assignDecided(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                       const QString& text, bool reencode);
    /// Keep, Clear or Delete. What an image must have is neither cleared nor deleted: refused() says so.
    void act(const edit::InstanceIds& ids, const QList<edit::MergedAttribute>& attributes,
             edit::Action action);
    /// For all open images or the selected ones: asks which, where that makes a difference.
    void deleteAllPrivate(const edit::InstanceIds& selected);
    void revertAll(const edit::InstanceIds& selected);
    /// Finds out in the background whether patients or studies would become one, asks then, and pushes.
    void pushUnlessMerging(const edit::EditPtr& edit);
    /// Waits until each edit that was handed to pushUnlessMerging() is in the list or was taken back, so that
    /// what reads the edits next reads all of them. The user is asked meanwhile; other input is put off.
    void waitUntilDecided();

Q_SIGNALS:
    /// Something was not done, in words for the user.
    void refused(const QString& words);

public:
    /// Makes the undo stack that of the session's edits; what was undone can no longer be redone.
    void rebuild();

private:
    void pushOperations(const edit::InstanceIds& ids, const QString& description,
                        QList<edit::AttributeOperation> operations);
    bool assignCharacterSet(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                            const QString& text);
    void pushForAll(const QString& description, const edit::InstanceIds& selected,
                    const edit::Edit::Operation& operation);
    void follow(const edit::SessionEvent& event);

    edit::Session& m_session;
    QWidget* m_window;
    Questions& m_questions;
    EditQuestions m_asked;
    QUndoStack m_stack;
    std::weak_ptr<const void> m_deciding; ///< lives while an edit of pushUnlessMerging() is not decided
};

} // namespace ui

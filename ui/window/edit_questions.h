#pragma once

#include "core/edit/session.h"
#include "core/job/identity_changes.h"
#include "ui/widgets/questions.h"

#include <QCoreApplication>
#include <optional>

namespace ui {

/// What another Specific Character Set would do to the text of images.
struct CharacterSetTrial {
    int turned = 0; ///< images whose text gets other bytes
    int failed = 0; ///< images whose text it cannot hold
};

/// Asks the user where an edit needs a choice. Whatever is not asked for is answered with yes.
class EditQuestions {
    Q_DECLARE_TR_FUNCTIONS(EditQuestions)
public:
    /// All must outlive it; `window` is the parent of the questions.
    EditQuestions(const edit::Session& session, Questions& questions, QWidget* window);

    /// A text that is no valid UID: puts the offered one in its place when that is wanted.
    bool uid(const QString& offered, const QString& reason, QString& text);
    /// Text that the character set of the files cannot hold.
    bool unicode(const QString& text);
    /// Whether a new character set is only another label for the same bytes; empty: cancelled.
    std::optional<bool> keepsBytes(const CharacterSetTrial& trial, const QString& characterSet);
    /// That several patients, studies, series or images get the same value of what tells them apart.
    bool merging(const edit::InstanceIds& ids, const dicom::AttributePath& path, const QString& text);
    /// That patients, studies or images become one, or several.
    bool merging(const job::IdentityChange& change);
    /// All open images or the selected ones; empty when the user takes it back.
    edit::InstanceIds allOrSelected(const QString& title, const edit::InstanceIds& selected);
    /// The second question about merging is on the screen.
    bool isAsking() const { return m_isAsking; }

private:
    const edit::Session& m_session;
    Questions& m_questions;
    QWidget* m_window;
    bool m_isAsking = false;
};

} // namespace ui

#pragma once

#include "core/edit/session.h"
#include "core/write/recovery.h"

#include <QObject>

class QWidget;

namespace ui {

class Questions;

/// Brings interrupted saves to an end and puts originals back, as the user says; what is open is read again
/// then.
class Recovering : public QObject {
    Q_OBJECT
public:
    /// All must outlive it; `window` is the parent of the questions.
    Recovering(edit::Session& session, Questions& questions, QWidget* window);

    /// Journals of interrupted saves that the session came across.
    QStringList journals() const;
    /// Asks what to do about them and does it.
    void recover();

    /// The folder that the last save kept originals in; empty: none were kept.
    void setOriginals(const QString& folder) { m_originals = folder; }
    bool hasOriginals() const { return !m_originals.isEmpty(); }
    /// Puts the originals of the last save back; where there was none in this window, of a folder that is
    /// asked for.
    void restore();

Q_SIGNALS:
    /// Files were put back or into place.
    void done(const QString& words);
    /// The rest, the files that are as before, is to be done in a window that makes new UIDs as the
    /// interrupted save did.
    void goOnWanted(const writer::RecoveryReport& report);

private:
    using Reports = QList<writer::RecoveryReport>;
    using Work = std::function<QList<Result<writer::RecoveryReport>>(const writer::RecoveryProgress&)>;
    enum class Task { Recover, Restore };
    static QString titleOf(Task task);
    /// On a worker, with the steps in sight.
    void run(Task task, const Work& work);
    void offerToGoOn(const writer::RecoveryReport& report);
    void show(Task task, const QList<Result<writer::RecoveryReport>>& results);

    edit::Session& m_session;
    Questions& m_questions;
    QWidget* m_window;
    QString m_originals;
};

} // namespace ui

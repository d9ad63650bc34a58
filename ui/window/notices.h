#pragma once

#include "core/edit/session.h"

#include <QObject>

namespace ui {

class AttributeModel;
class MessageBar;
class Recovering;

/// What the message bar offers when the session has changed: to go on with what was interrupted or stopped,
/// to extend edits to files that were opened later; and what cannot be done.
class Notices : public QObject {
    Q_OBJECT
public:
    /// All must outlive it.
    Notices(edit::Session& session, MessageBar& message, Recovering& recovering, QObject* parent);

    /// When a scan has come to its end.
    void offerAll();
    /// Edits that cannot be applied to images of the table.
    void showFailures(const AttributeModel& model);
    /// Where the last save kept the originals; empty: what was offered about earlier ones is taken back.
    void offerOriginals(const QString& folder);

Q_SIGNALS:
    void openWanted(const QStringList& paths);

private:
    void offerExtension();
    void offerRecovery();
    void offerRest();

    edit::Session& m_session;
    MessageBar& m_message;
    Recovering& m_recovering;
};

} // namespace ui

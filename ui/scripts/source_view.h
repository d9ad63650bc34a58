#pragma once

#include "core/script/script.h"

#include <QPlainTextEdit>

namespace ui {

/// The text of a script, read-only unless it is told otherwise, with line numbers; the text of problems is
/// marked by a wave line and a mark beside the line number.
class SourceView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit SourceView(QWidget* parent = nullptr);

    void setSource(const QString& source, const QList<script::Problem>& problems);
    /// Marks problems in the text as it is.
    void setProblems(const QList<script::Problem>& problems);
    void setEditable();
    /// Selects the text of a problem, or the line when it has none, and scrolls there.
    void goTo(int line, int column = 1, int length = 0);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Margin;
    void paintMargin(QPaintEvent* event);
    int marginWidth() const;
    void placeMargin();
    QTextCursor cursorFor(int line, int column, int length) const;
    void markProblems();

    QWidget* m_margin;
    QList<script::Problem> m_problems;
};

} // namespace ui

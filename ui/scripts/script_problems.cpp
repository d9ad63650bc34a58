#include "ui/scripts/script_problems.h"

#include "ui/widgets/parts.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <algorithm>

namespace ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ScriptProblems", text);
}

QString severityText(const script::Problem& problem)
{
    switch (problem.severity) {
    case script::Problem::Severity::Error:
        return translated("Error");
    case script::Problem::Severity::Warning:
        return translated("Warning");
    case script::Problem::Severity::Note:
        break;
    }
    return translated("Note");
}

QString problemText(const script::Problem& problem)
{
    return problem.remedy.isEmpty() ? problem.message
                                    : problem.message + QStringLiteral(". ") + problem.remedy;
}

QString placeText(int number)
{
    return number > 0 ? QString::number(number) : QString();
}

/// Rows as high as the text of the last column needs at the column's width, which views do not do by
/// themselves.
class WrappingDelegate : public QStyledItemDelegate {
public:
    explicit WrappingDelegate(QTreeView* view)
        : QStyledItemDelegate(view)
        , m_view(view)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        if (index.column() < index.model()->columnCount() - 1)
            return hint;
        const int gap = 2 * (m_view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, m_view) + 1);
        const QRect room(0, 0, m_view->columnWidth(index.column()) - gap, QWIDGETSIZE_MAX);
        const QRect text = m_view->fontMetrics().boundingRect(room, Qt::TextWordWrap,
                                                              index.data(Qt::DisplayRole).toString());
        const int lineHeight = m_view->fontMetrics().height();
        return {hint.width(), std::max(hint.height(), hint.height() - lineHeight + text.height())};
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->displayAlignment = Qt::AlignTop | Qt::AlignLeft;
    }

private:
    QTreeView* m_view;
};

} // namespace

QTreeView* makeProblemTable(RecordModel<script::Problem>* model)
{
    QTreeView* view = makeTable(model, translated("Problems"));
    view->setUniformRowHeights(false);
    view->setWordWrap(true);
    view->setTextElideMode(Qt::ElideRight);
    view->setItemDelegate(new WrappingDelegate(view));
    QObject::connect(view->header(), &QHeaderView::sectionResized, view, [view] {
        QMetaObject::invokeMethod(view, &QTreeView::doItemsLayout, Qt::QueuedConnection);
    });
    return view;
}

QList<script::Problem> sorted(QList<script::Problem> problems)
{
    std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
        return static_cast<int>(a.severity) < static_cast<int>(b.severity);
    });
    return problems;
}

bool isPlaced(const script::Problem& problem)
{
    return problem.line > 0 && (problem.length > 0 || problem.severity != script::Problem::Severity::Note);
}

RecordModel<script::Problem>* makeProblemModel(QObject* parent)
{
    using script::Problem;
    return new RecordModel<Problem>(
        {{translated("Kind"), severityText},
         {translated("Line"),
          [](const Problem& problem) { return placeText(isPlaced(problem) ? problem.line : 0); }},
         {translated("Column"),
          [](const Problem& problem) { return placeText(isPlaced(problem) ? problem.column : 0); }},
         {translated("What is wrong"), problemText}},
        parent);
}

int errorCount(const QList<script::Problem>& problems)
{
    return static_cast<int>(std::count_if(problems.begin(), problems.end(), [](const auto& problem) {
        return problem.severity == script::Problem::Severity::Error;
    }));
}

} // namespace ui

#include "ui/window/status_bar.h"

#include "ui/widgets/icons.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

namespace ui {

StatusBar::StatusBar(QWidget* parent)
    : QStatusBar(parent)
    , m_selection(new QLabel(this))
    , m_counts(new QLabel(this))
    , m_activity(new QLabel(tr("Reading headers"), this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_issues(new QToolButton(this))
{
    addWidget(m_selection);
    m_selection->setContentsMargins(6, 0, 6, 0);
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * 24);
    m_bar->setAccessibleName(tr("Reading progress"));
    m_cancel->setIcon(icon(QStringLiteral("process-stop")));
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Stop reading; what was read stays open"));
    m_cancel->setAccessibleName(tr("Cancel Reading"));
    m_issues->setIcon(icon(QStringLiteral("dialog-warning")));
    m_issues->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_issues->setAutoRaise(true);
    m_issues->setToolTip(tr("Show files that were not loaded or should be looked at"));
    addPermanentWidget(m_activity);
    addPermanentWidget(m_bar);
    addPermanentWidget(m_cancel);
    addPermanentWidget(m_counts);
    addPermanentWidget(m_issues);
    connect(m_cancel, &QToolButton::clicked, this, &StatusBar::cancelWanted);
    connect(m_issues, &QToolButton::clicked, this, &StatusBar::issuesWanted);
    setProgress({});
    setIssues(0);
}

void StatusBar::setSelection(int images, int attributes, bool reading)
{
    const QLocale locale;
    QString text = images == 0 ? tr("Nothing selected")
        : images == 1          ? tr("1 image selected")
                               : tr("%1 images selected").arg(locale.toString(images));
    if (images > 0 && reading && attributes == 0)
        text += tr(" · reading values…");
    else if (images > 0)
        text +=
            attributes == 1 ? tr(" · 1 attribute") : tr(" · %1 attributes").arg(locale.toString(attributes));
    if (images > 0 && reading && attributes > 0)
        text += QStringLiteral("…");
    m_selection->setText(text);
}

void StatusBar::setProgress(const edit::ScanProgress& progress)
{
    for (QWidget* widget :
         {static_cast<QWidget*>(m_activity), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        widget->setVisible(progress.running);
    m_bar->setRange(0, progress.listed ? qMax(1, progress.found) : 0);
    m_bar->setValue(progress.seen);
    m_counts->setVisible(!progress.running && progress.seen > 0);
    const QLocale locale;
    m_counts->setText(progress.cancelled
                          ? tr("Reading stopped: %1 files loaded").arg(locale.toString(progress.loaded))
                          : progress.notLoaded == 0
                          ? tr("%1 files read").arg(locale.toString(progress.seen))
                          : tr("%1 of %2 files loaded")
                                .arg(locale.toString(progress.loaded), locale.toString(progress.seen)));
    m_counts->setToolTip(tr("%1 files looked at, %2 loaded, %3 not loaded")
                             .arg(progress.seen)
                             .arg(progress.loaded)
                             .arg(progress.notLoaded));
}

void StatusBar::setIssues(int count)
{
    m_issues->setVisible(count > 0);
    const QString text = count == 1 ? tr("1 issue") : tr("%1 issues").arg(QLocale().toString(count));
    m_issues->setText(text);
    m_issues->setAccessibleName(text);
}

} // namespace ui

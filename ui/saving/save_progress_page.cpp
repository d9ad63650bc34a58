#include "ui/saving/save_progress_page.h"

#include "ui/widgets/parts.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

SaveProgressPage::SaveProgressPage(QWidget* parent)
    : QWidget(parent)
    , m_timer(new QTimer(this))
    , m_bar(new QProgressBar)
    , m_text(makeText())
{
    m_bar->setAccessibleName(tr("Progress"));
    auto* layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(m_bar);
    layout->addWidget(m_text);
    layout->addStretch();
    m_timer->setInterval(50);
    connect(m_timer, &QTimer::timeout, this, &SaveProgressPage::showProgress);
}

SaveProgressPage::~SaveProgressPage()
{
    if (m_progress)
        m_progress->stop = true;
}

std::shared_ptr<SaveProgress> SaveProgressPage::begin(int total)
{
    m_progress = std::make_shared<SaveProgress>();
    m_progress->total = total;
    showProgress();
    m_timer->start();
    return m_progress;
}

void SaveProgressPage::stop()
{
    m_progress->stop = true;
    showProgress();
}

void SaveProgressPage::end()
{
    m_timer->stop();
}

void SaveProgressPage::showProgress()
{
    m_bar->setMaximum(std::max(1, m_progress->total.load()));
    m_bar->setValue(m_progress->done);
    const QString text =
        tr("%1 of %2").arg(QLocale().toString(m_progress->done.load()), filesText(m_progress->total));
    m_text->setText(
        m_progress->stop
            ? tr("%1. Finishing the files that are being written; those that are done stay done.").arg(text)
            : text);
}

} // namespace ui

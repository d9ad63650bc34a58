#include "ui/widgets/empty_page.h"

#include "ui/widgets/icons.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EmptyPage::EmptyPage(QWidget* parent)
    : QWidget(parent)
    , m_outcome(new QLabel(this))
    , m_recent(new QWidget(this))
    , m_recentLayout(new QVBoxLayout(m_recent))
{
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addStretch(2);
    auto* picture = new QLabel(this);
    picture->setPixmap(icon(QStringLiteral("mark-program")).pixmap(64, 64, QIcon::Disabled));
    picture->setAlignment(Qt::AlignCenter);
    layout->addWidget(picture);
    auto* sentence = new QLabel(tr("Drop a folder of DICOM images here, or"), this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    sentence->setFont(large);
    sentence->setAlignment(Qt::AlignCenter);
    layout->addWidget(sentence);
    auto* buttons = new QHBoxLayout;
    auto* folder = new QPushButton(icon(QStringLiteral("folder-open")), tr("Open Folder…"), this);
    auto* files = new QPushButton(icon(QStringLiteral("document-open")), tr("Open Files…"), this);
    folder->setDefault(true);
    buttons->addStretch();
    buttons->addWidget(folder);
    buttons->addWidget(files);
    buttons->addStretch();
    layout->addLayout(buttons);
    m_outcome->setAlignment(Qt::AlignCenter);
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    layout->addWidget(m_outcome);
    m_recentLayout->setSpacing(0);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(m_recent);
    centred->addStretch();
    layout->addLayout(centred);
    layout->addStretch(3);
    connect(folder, &QPushButton::clicked, this, &EmptyPage::openFolderWanted);
    connect(files, &QPushButton::clicked, this, &EmptyPage::openFilesWanted);
}

void EmptyPage::setOutcome(const QString& text)
{
    m_outcome->setText(text);
    m_outcome->setVisible(!text.isEmpty());
}

void EmptyPage::setRecent(const QStringList& folders)
{
    while (QLayoutItem* item = m_recentLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recent->setVisible(!folders.isEmpty());
    if (folders.isEmpty())
        return;
    auto* title = new QLabel(tr("Opened before"), m_recent);
    title->setForegroundRole(QPalette::PlaceholderText);
    m_recentLayout->addWidget(title);
    for (const QString& path : folders) {
        auto* link = new QPushButton(m_recent);
        link->setFlat(true);
        link->setStyleSheet(QStringLiteral("text-align: left; padding: 4px"));
        link->setText(fontMetrics().elidedText(QDir::toNativeSeparators(path), Qt::ElideMiddle, 480));
        link->setIcon(icon(QStringLiteral("folder-open")));
        link->setToolTip(path);
        link->setAccessibleName(tr("Open %1").arg(path));
        connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT recentWanted(path); });
        m_recentLayout->addWidget(link);
    }
}

} // namespace ui

#include "ui/widgets/guide_window.h"
#include "ui/widgets/screen_fit.h"

#include <QFile>
#include <QImage>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui {

namespace {

/// Pictures are shown no wider than the text.
class GuideText : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;

protected:
    QVariant loadResource(int type, const QUrl& name) override
    {
        if (type == QTextDocument::ImageResource) {
            const QImage image(QStringLiteral(":/docs/") + name.path());
            const int width = qMax(300, viewport()->width() - 40);
            if (image.width() > width)
                return image.scaledToWidth(width, Qt::SmoothTransformation);
            return image;
        }
        return QTextBrowser::loadResource(type, name);
    }
};

} // namespace

GuideWindow::GuideWindow(QWidget* parent)
    : QWidget(parent, Qt::Window)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("User Guide — DicomBrowser"));
    resizeWithinScreen(this, {820, 720});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* text = new GuideText(this);
    text->setAccessibleName(tr("User Guide"));
    text->setOpenExternalLinks(true);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(16);
    layout->addWidget(text);
    QFile file(QStringLiteral(":/docs/guide.md"));
    if (file.open(QIODevice::ReadOnly))
        text->setMarkdown(QString::fromUtf8(file.readAll()));
}

} // namespace ui

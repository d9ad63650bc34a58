#pragma once

#include <QSyntaxHighlighter>

namespace ui {

/// Colours the words of scripts, of every dialect; follows the palette, light or dark. Comments are slanted
/// and functions bold as well, so that colour is not all that tells them apart.
class ScriptHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    /// The document owns it. The palette is that of the view.
    ScriptHighlighter(QTextDocument* document, const QPalette& palette);

    /// Follows another palette.
    void setColours(const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    QTextCharFormat m_formats[8]; ///< by kind of word
};

} // namespace ui

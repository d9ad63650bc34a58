#include "ui/scripts/highlighter.h"

#include <QPalette>
#include <QRegularExpression>

namespace ui {

namespace {

enum Kind { Comment, Text, Tag, Keyword, Function, Variable, Number, Operator };

struct Look {
    const char* group; ///< of the pattern
    Kind kind;
    const char* onLight;
    const char* onDark;
};

constexpr Look looks[] = {
    {"comment", Comment, "#5f6b76", "#9aa5b1"},   {"text", Text, "#1b6b2f", "#8fd39b"},
    {"tag", Tag, "#1f4fa8", "#8ab4f8"},           {"keyword", Keyword, "#8a1f6b", "#e59ad0"},
    {"function", Function, "#6b4a00", "#e3c07b"}, {"variable", Variable, "#0b6a6a", "#7fd4d4"},
    {"number", Number, "#7a3b00", "#f0b07a"},     {"operator", Operator, "#333333", "#d0d0d0"},
};

/// What one looks at first stands first: a comment sign in a text is text.
const QRegularExpression& words()
{
    static const QRegularExpression pattern(QStringLiteral(
        R"((?<comment>//.*)|(?<text>"(?:[^"\\]|\\.)*"?))"
        R"(|(?<tag>\([0-9A-Fa-fXx#@]{4},\s*(?:\{[^}]*\}[0-9A-Fa-fXx#@]{2}|[0-9A-Fa-fXx#@]{4})\)))"
        R"(|\b(?<keyword>version|describe|hidden|export|echo|new|UID|if|elseif|else|removeAllPrivateTags)\b)"
        R"(|\b(?<function>[A-Za-z_]\w*)(?=\s*\[)|\b(?<variable>[A-Za-z_]\w*)\b|(?<number>\b\d+(?:\.\d+)?\b)|(?<operator>:=|\?=|!=|!~|[?:~=]))"));
    return pattern;
}

} // namespace

ScriptHighlighter::ScriptHighlighter(QTextDocument* document, const QPalette& palette)
    : QSyntaxHighlighter(document)
{
    m_formats[Comment].setFontItalic(true);
    m_formats[Function].setFontWeight(QFont::Bold);
    m_formats[Keyword].setFontWeight(QFont::Bold);
    setColours(palette);
}

void ScriptHighlighter::setColours(const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    for (const Look& look : looks)
        m_formats[look.kind].setForeground(QColor(QLatin1StringView(dark ? look.onDark : look.onLight)));
    rehighlight();
}

void ScriptHighlighter::highlightBlock(const QString& text)
{
    for (auto found = words().globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        for (const Look& look : looks) {
            const QString group = QString::fromLatin1(look.group);
            if (match.hasCaptured(group))
                setFormat(static_cast<int>(match.capturedStart(group)),
                          static_cast<int>(match.capturedLength(group)), m_formats[look.kind]);
        }
    }
}

} // namespace ui

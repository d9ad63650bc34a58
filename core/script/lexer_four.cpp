#include "core/script/lexer.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace script {

namespace {

using Kind = Token::Kind;

class LexerFour : public Lexer {
public:
    explicit LexerFour(const QString& source)
        : Lexer(source)
    {
        countLoneReturns();
    }

protected:
    void step() override
    {
        const QChar c = at();
        if (const qsizetype newline = newlineLength())
            push(Kind::Newline, newline, {});
        else if (c == u' ' || c == u'\t')
            advance(1);
        else if (c == u'\\' && newlineLength(1))
            advance(1 + newlineLength(1));
        else if (c == u'/' && at(1) == u'/')
            skipComment();
        else if (c == u'(')
            tag();
        else if (c == u'"')
            string();
        else if (isDigit(c) || (c == u'-' && isDigit(at(1)) && at(1) != u'0'))
            number();
        else if (isLetter(c))
            word();
        else
            symbol();
    }

private:
    void tag()
    {
        static const QRegularExpression pattern(
            QStringLiteral(R"(\G\([0-9A-Fa-fX#@]{4},[0-9A-Fa-fX#@]{4}\))"));
        if (matchHere(pattern).hasMatch())
            return push(Kind::Tag, 11, source().mid(place(), 11));
        const QString found = brokenTag();
        if (found.contains(u'{'))
            fail(here(found.size()),
                 QStringLiteral("%1 names a private block by its creator, which is dialect 6").arg(found),
                 QStringLiteral("Write the number of the tag"));
        else
            fail(here(found.size()), QStringLiteral("%1 is not a tag").arg(found),
                 QStringLiteral("Write (gggg,eeee): four hex digits, a comma, four hex digits, no blanks; X, "
                                "# and @ stand for any, an odd and an even digit"));
        advance(found.size());
    }

    void string()
    {
        static const QHash<QChar, QChar> escapes{{u'b', u'\b'},  {u't', u'\t'}, {u'n', u'\n'},
                                                 {u'f', u'\f'},  {u'r', u'\r'}, {u'"', u'"'},
                                                 {u'\'', u'\''}, {u'\\', u'\\'}};
        const Position start = here(1);
        const qsizetype begin = place();
        QString value;
        bool isOverLines = false;
        advance(1);
        while (!atEnd() && at() != u'"') {
            isOverLines = isOverLines || at() == u'\n' || at() == u'\r';
            const bool escaped = at() == u'\\';
            if (escaped && !escapes.contains(at(1)))
                badEscape();
            if (at() == QChar::ReplacementCharacter)
                failUnknown(at());
            value += escaped ? escapes.value(at(1)) : at();
            advance(escaped && place() + 1 < source().size() ? 2 : 1);
        }
        if (!atEnd())
            advance(1);
        else
            fail(start, QStringLiteral("This string has no end"), QStringLiteral("Close it with \""));
        // Two forgotten quotes make one string of two statements, which would both be lost without a word.
        if (isOverLines && value.contains(u":="))
            fail(start, QStringLiteral("This string goes on over the end of its line and holds a statement"),
                 QStringLiteral("Close it with \" on its own line"));
        pushFrom(Kind::String, start, begin, value);
    }

    void badEscape()
    {
        if (newlineLength(1))
            fail(here(1), QStringLiteral("A string cannot be continued with a backslash"),
                 QStringLiteral("Leave the backslash out, or close the string before it"));
        else
            fail(here(2), QStringLiteral("\\%1 means nothing in a string").arg(at(1)),
                 QStringLiteral("Write a backslash in a string as \\\\"));
    }

    void number()
    {
        qsizetype length = 1;
        if (at() != u'0')
            while (isDigit(at(length)))
                ++length;
        push(Kind::Number, length, source().mid(place(), length));
    }

    void word()
    {
        static const QSet<QString> keywords{QStringLiteral("new"), QStringLiteral("echo"),
                                            QStringLiteral("describe"), QStringLiteral("hidden"),
                                            QStringLiteral("export")};
        const qsizetype length = wordLength();
        const QString text = source().mid(place(), length);
        push(keywords.contains(text) ? Kind::Keyword : Kind::Identifier, length, text);
    }

    void symbol()
    {
        const QChar c = at();
        if (c == u':' && at(1) == u'=')
            return push(Kind::Symbol, 2, QStringLiteral(":="));
        if (QStringView(u"[],:-=~").contains(c))
            return push(Kind::Symbol, 1, c);
        unknown(c);
        advance(1);
        if (c == u'\\')
            skipContinuation();
    }

    /// So that the next line is read as what it was meant to be.
    void skipContinuation()
    {
        while (at() == u' ' || at() == u'\t')
            advance(1);
        advance(newlineLength());
    }

    void unknown(QChar c)
    {
        if (c == u'?')
            fail(here(1), QStringLiteral("? is not known in dialect 4"),
                 QStringLiteral("Write a condition as: (gggg,eeee) = \"value\" : action"));
        else if (c == u'\\')
            fail(here(1), QStringLiteral("A backslash that continues a line must be its last character"),
                 QStringLiteral("Remove what follows it, including blanks"));
        else if (c == u'/')
            fail(here(1), QStringLiteral("Attributes inside sequences cannot be named in dialect 4"),
                 QStringLiteral("Delete the whole sequence; a comment begins with //"));
        else
            failUnknown(c);
    }
};

} // namespace

Tokens tokenizeFour(const QString& source)
{
    return LexerFour(source).run();
}

} // namespace script

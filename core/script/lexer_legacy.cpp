#include "core/script/lexer.h"

#include <QRegularExpression>

namespace script {

namespace {

using Kind = Token::Kind;

class LexerLegacy : public Lexer {
public:
    explicit LexerLegacy(const QString& source)
        : Lexer(source)
    {
        countLoneReturns();
    }

protected:
    void step() override
    {
        const QChar c = at();
        if (const qsizetype end = lineEndLength(0))
            push(Kind::Newline, end, {});
        else if (c == u' ' || c == u'\t' || c == u'\f')
            advance(1);
        else if (c == u'\\' && lineEndLength(1))
            advance(1 + lineEndLength(1));
        else if (c == u'/' && at(1) == u'/')
            skipComment();
        else if (c == u'(')
            tag();
        else if (c == u'"')
            string();
        else if (isLetter(c))
            word();
        else
            symbol();
    }

private:
    qsizetype lineEndLength(qsizetype offset) const
    {
        return at(offset) == u'\r' && at(offset + 1) != u'\n' ? 1 : newlineLength(offset);
    }

    void tag()
    {
        static const QRegularExpression pattern(QStringLiteral(R"(\G\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\))"));
        if (matchHere(pattern).hasMatch())
            return push(Kind::Tag, 11, source().mid(place(), 11));
        const QString found = brokenTag();
        fail(here(found.size()), QStringLiteral("%1 is not a tag").arg(found),
             QStringLiteral(
                 "Write (gggg,eeee): four hex digits, a comma, four hex digits, no blanks; patterns "
                 "of tags came with dialect 4"));
        advance(found.size());
    }

    void string()
    {
        const Position start = here(1);
        const qsizetype begin = place();
        QString value;
        advance(1);
        while (!atEnd() && at() != u'"' && !lineEndLength(0)) {
            if (at() == QChar::ReplacementCharacter)
                failUnknown(at());
            if (at() == u'\\' && at(1) == u'"')
                advance(1);
            value += at();
            advance(1);
        }
        if (at() == u'"')
            advance(1);
        else
            fail(start, QStringLiteral("This string does not end on its line"),
                 QStringLiteral("Close it with \""));
        pushFrom(Kind::String, start, begin, value);
    }

    void word()
    {
        const qsizetype length = wordLength();
        const QString text = source().mid(place(), length);
        if (text == u"echo" || text == u"new")
            return push(Kind::Keyword, length, text);
        if (text.compare(u"UID", Qt::CaseInsensitive) != 0)
            fail(here(length), QStringLiteral("%1 is not known in the legacy dialect").arg(text),
                 QStringLiteral(
                     "It has the words echo, new and UID; functions and variables came with dialect 4"));
        push(Kind::Identifier, length, text);
    }

    void symbol()
    {
        const QChar c = at();
        if (c == u':' && at(1) == u'=')
            return push(Kind::Symbol, 2, QStringLiteral(":="));
        if (QStringView(u",:-=~").contains(c))
            return push(Kind::Symbol, 1, c);
        failUnknown(c);
        advance(1);
    }
};

} // namespace

Tokens tokenizeLegacy(const QString& source)
{
    return LexerLegacy(source).run();
}

} // namespace script

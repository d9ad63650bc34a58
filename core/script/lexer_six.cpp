#include "core/script/lexer.h"

#include <QRegularExpression>
#include <QSet>

namespace script {

namespace {

using Kind = Token::Kind;

class LexerSix : public Lexer {
public:
    /// Direct paths, which functions take as text, name private attributes by number too.
    LexerSix(const QString& source, bool direct)
        : Lexer(source)
        , m_direct(direct)
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
            comment();
        else if (c == u'(')
            tag();
        else if (c == u'"')
            string();
        else if (isDigit(c) || (c == u'-' && isDigit(at(1))))
            number();
        else if (isLetter(c))
            word();
        else
            symbol();
    }

private:
    /// Odd quotes and a backslash at its end, which the original engine stumbled over, are fine here.
    void comment()
    {
        const Position start = here(2);
        const qsizetype begin = place();
        skipComment();
        const QString text = source().mid(begin, place() - begin);
        if (text.count(u'"') % 2)
            warn(start,
                 QStringLiteral("The original engine refuses a script with an odd number of \" in a comment"),
                 {});
        if (text.endsWith(u'\\'))
            warn(start, QStringLiteral("The original engine takes the next line for a part of this comment"),
                 QStringLiteral("Remove the backslash at its end"));
    }

    void tag()
    {
        static const QRegularExpression pattern(QStringLiteral(
            R"(\A\((?<group>[0-9A-Fa-fXx#@]{4})[ \t]*,[ \t]*(?:(?<element>[0-9A-Fa-fXx#@]{4})|\{(?<creator>[A-Za-z0-9 _.:-]+)\}(?<digits>[0-9A-Fa-fXx#@]{2}))\))"));
        // A backslash at the end of a line goes on with the next one, inside of a tag as well.
        static const QRegularExpression whole(
            QStringLiteral(R"(\G\((?:[^()\\\r\n]++|\\(?:\r\n|\r|\n))*+\))"));
        const QString written = matchHere(whole).captured();
        const auto match = pattern.match(joined(written));
        if (!match.hasMatch())
            return noTag();
        const QChar last = match.capturedView(u"group").back().toLower();
        const bool creator = match.hasCaptured(u"creator");
        const bool even = QStringView(u"02468ace@").contains(last);
        const bool odd = QStringView(u"13579bdf#").contains(last);
        if (creator ? !odd : !even && !(m_direct && odd))
            refuse(match.captured(), creator, even || odd);
        const QString text = creator
            ? QStringLiteral("(%1,{%2}%3)")
                  .arg(match.captured(u"group"), match.captured(u"creator"), match.captured(u"digits"))
            : QStringLiteral("(%1,%2)").arg(match.captured(u"group"), match.captured(u"element"));
        push(Kind::Tag, written.size(), text);
    }

    void refuse(const QString& tag, bool creator, bool knownParity)
    {
        const Position position = here(tag.size());
        if (!knownParity)
            fail(position, QStringLiteral("%1 could be public or private").arg(tag),
                 QStringLiteral("Let the group end in an even digit or @; for private attributes write "
                                "removeAllPrivateTags or name their creator: (gggg,{CREATOR}ee)"));
        else if (creator)
            fail(position, QStringLiteral("%1 names a creator, but its group is even").arg(tag),
                 QStringLiteral("Public attributes are written (gggg,eeee)"));
        else
            fail(
                position,
                QStringLiteral("%1 is a private attribute by number, which dialect 6 does not know").arg(tag),
                QStringLiteral(
                    "Name its creator: (gggg,{CREATOR}ee); removeAllPrivateTags removes all of them"));
    }

    void noTag()
    {
        static const QRegularExpression meant(QStringLiteral(R"(\G\(\s*[0-9A-Fa-fXx#@]{1,8}\s*[,)])"));
        if (!matchHere(meant).hasMatch())
            return push(Kind::Symbol, 1, QStringLiteral("("));
        const QString found = brokenTag();
        fail(here(found.size()), QStringLiteral("%1 is not a tag").arg(found),
             QStringLiteral(
                 "Write (gggg,eeee), or (gggg,{CREATOR}ee) for a private attribute; X, # and @ stand "
                 "for any, an odd and an even digit; a creator is letters, digits, blanks and _ - . :"));
        advance(found.size());
    }

    void string()
    {
        const Position start = here(1);
        const qsizetype begin = place();
        QString value;
        advance(1);
        while (!atEnd() && at() != u'"' && !newlineLength())
            character(value);
        if (at() == u'"')
            advance(1);
        else
            fail(start, QStringLiteral("This string does not end on its line"),
                 QStringLiteral("Close it with \", or end the line with a backslash to go on"));
        pushFrom(Kind::String, start, begin, value);
    }

    void character(QString& value)
    {
        if (at() == QChar::ReplacementCharacter)
            failUnknown(at());
        if (at() != u'\\') {
            value += at();
            return advance(1);
        }
        if (newlineLength(1))
            return advance(1 + newlineLength(1));
        if (at(1) == u'\\') {
            value += u'\\';
            return advance(2);
        }
        static const QRegularExpression octal(QStringLiteral(R"(\G\\[0-7]{3})"));
        if (!QStringView(u"btnfr'()").contains(at(1)) && !matchHere(octal).hasMatch())
            fail(here(2), QStringLiteral("\\%1 means nothing in a string").arg(at(1)),
                 at(1) == u'"' ? QStringLiteral("Dialect 6 cannot write a double quote")
                               : QStringLiteral("Write a backslash in a string as \\\\"));
        value += at(); // such pairs stay as they are
        advance(1);
        if (!atEnd() && !newlineLength()) {
            value += at();
            advance(1);
        }
    }

    /// Without the ends of lines that go on in the next one.
    static QString joined(QString text)
    {
        static const QRegularExpression lineEnd(QStringLiteral(R"(\\(?:\r\n|\r|\n))"));
        return text.remove(lineEnd);
    }

    /// What stands here as long as `belongs` holds at an offset, ends of lines that go on left out of
    /// account.
    template <typename Belongs>
    QString goingOn(qsizetype from, const Belongs& belongs) const
    {
        qsizetype end = from;
        for (qsizetype at = from;;) {
            if (belongs(at))
                end = ++at;
            else if (const qsizetype newline = this->at(at) == u'\\' ? newlineLength(at + 1) : 0)
                at += 1 + newline;
            else
                return source().mid(place(), end);
        }
    }

    /// Behind ends of lines that go on.
    QChar behind(qsizetype offset) const
    {
        while (at(offset) == u'\\' && newlineLength(offset + 1))
            offset += 1 + newlineLength(offset + 1);
        return at(offset);
    }

    void number()
    {
        static const QRegularExpression pattern(QStringLiteral(R"(\A-?(?:0|[1-9]\d*)(?:\.\d+)?\z)"));
        const QString written = goingOn(1, [this](qsizetype offset) {
            const QChar c = at(offset);
            return isDigit(c) || isLetter(c) || (c == u'.' && isDigit(behind(offset + 1)));
        });
        const QString text = joined(written);
        if (!pattern.match(text).hasMatch())
            fail(here(written.size()), QStringLiteral("This is not a number"),
                 QStringLiteral("Numbers have no zeros in front; put text in quotes"));
        push(Kind::Number, written.size(), text);
    }

    void word()
    {
        static const QSet<QString> keywords{
            QStringLiteral("version"), QStringLiteral("describe"),
            QStringLiteral("export"),  QStringLiteral("if"),
            QStringLiteral("elseif"),  QStringLiteral("else"),
            QStringLiteral("echo"),    QStringLiteral("removeAllPrivateTags")};
        const QString written =
            goingOn(1, [this](qsizetype offset) { return isLetter(at(offset)) || isDigit(at(offset)); });
        const QString text = joined(written);
        if (text == u"x" || text == u"X")
            fail(here(1),
                 QStringLiteral("%1 stands for any digit of a tag, so nothing else can be called that")
                     .arg(text),
                 QStringLiteral("Choose another name"));
        push(keywords.contains(text) ? Kind::Keyword : Kind::Identifier, written.size(), text);
    }

    void symbol()
    {
        for (const auto* two : {u":=", u"?=", u"!=", u"!~"})
            if (at() == two[0] && at(1) == two[1])
                return push(Kind::Symbol, 2, QString::fromUtf16(two));
        if (at() == u':' && at(1) == u'/' && at(2) == u'/')
            fail(here(3), QStringLiteral("// directly after a colon does not begin a comment"),
                 QStringLiteral("Put a blank between them"));
        if (QStringView(u"[]{},:?=~()-*+./%").contains(at()))
            return push(Kind::Symbol, 1, at());
        failUnknown(at());
        advance(1);
    }

    bool m_direct;
};

} // namespace

Tokens tokenizeSix(const QString& source)
{
    Tokens tokens = LexerSix(source, false).run();
    if (source.trimmed().isEmpty())
        tokens.problems << problemAt({}, QStringLiteral("The script is empty"),
                                     QStringLiteral("Begin with: version \"6.6\""));
    return tokens;
}

Tokens tokenizeDirect(const QString& source)
{
    return LexerSix(source, true).run();
}

} // namespace script

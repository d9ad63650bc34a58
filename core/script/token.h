#pragma once

#include "core/script/script.h"

#include <QString>

namespace script {

/// A place in the source: lines and columns from 1.
struct Position {
    int line = 1;
    int column = 1;
    int length = 0;
};

struct Token {
    enum class Kind { Newline, Tag, String, Number, Identifier, Keyword, Symbol, End };
    Kind kind = Kind::End;
    QString text; ///< as written; of strings: their value
    Position position;
    qsizetype begin = 0; ///< characters of the source before it
    qsizetype end = 0; ///< and up to its end

    bool is(Kind wanted, QStringView what) const { return kind == wanted && text == what; }
    bool isSymbol(QStringView what) const { return is(Kind::Symbol, what); }
    bool isKeyword(QStringView what) const { return is(Kind::Keyword, what); }
};

/// What the characters of a script make: the last token is End. At most one error for each line.
struct Tokens {
    QList<Token> tokens;
    QList<Problem> problems;
};

Tokens tokenizeLegacy(const QString& source);
Tokens tokenizeFour(const QString& source);
Tokens tokenizeSix(const QString& source);
/// Of a path that a function of dialect 6 takes as text: private attributes by number are fine.
Tokens tokenizeDirect(const QString& source);

Problem problemAt(const Position& position, const QString& message, const QString& remedy = {});
Problem warningAt(const Position& position, const QString& message, const QString& remedy = {});

} // namespace script

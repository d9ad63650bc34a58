#pragma once

#include "core/dicom/tag.h"
#include "core/script/functions.h"
#include "core/script/regex.h"
#include "core/script/token.h"

#include <array>
#include <memory>
#include <vector>

namespace script {

/// One tag, or all tags with certain digits: X any, # odd, @ even.
class TagPattern {
public:
    /// From the eleven characters of a tag token.
    explicit TagPattern(const QString& text);
    bool isExact() const { return m_exact; }
    dicom::Tag tag() const { return m_tag; } ///< when exact
    bool matches(dicom::Tag tag) const;
    const QString& text() const { return m_text; }

private:
    QString m_text;
    std::array<quint16, 8> m_digits{}; ///< the allowed values of each digit, as bits
    bool m_exact = true;
    dicom::Tag m_tag;
};

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Something that has a value.
struct Expression {
    enum class Kind { Literal, Attribute, Call };
    Kind kind = Kind::Literal;
    Position position;
    QString text; ///< of literals
    bool isNumber = false; ///< a literal written as a number
    dicom::Tag tag; ///< of attributes
    const Function* function = nullptr; ///< of calls
    std::vector<ExpressionPtr> arguments; ///< of calls
};

struct Constraint {
    enum class Kind { Equals, Matches };
    Kind kind = Kind::Equals;
    ExpressionPtr left, right;
    std::optional<Regex> regex; ///< compiled once where the pattern is a literal
};

struct Statement {
    enum class Kind { Assign, NewUid, Delete, Echo };
    Kind kind = Kind::Delete;
    Position position;
    std::vector<Constraint> constraints;
    std::optional<TagPattern> target; ///< of everything but Echo
    ExpressionPtr value; ///< of Assign and Echo; null for a bare echo
};

class Program {
public:
    std::vector<Statement> statements;
};

} // namespace script

// Longer than 300 lines: one list of checks over the same statements; a new one is a function among them.

#include "core/script/lint.h"

#include "core/dicom/dictionary.h"
#include "core/script/program.h"

#include <QMap>
#include <algorithm>

namespace script {

namespace {

using dicom::Tag;
using Kind = Statement::Kind;

struct Required {
    Tag tag;
    bool mayBeEmpty; ///< type 2 of PS3.5 section 7.4
};

/// Of the modules that every composite object has: Patient, General Study, General Series, SOP Common (PS3.3
/// sections C.7.1.1, C.7.2.1, C.7.3.1, C.12.1).
constexpr Required requiredAttributes[] = {
    {dicom::tags::SOPClassUID, false},
    {dicom::tags::SOPInstanceUID, false},
    {dicom::tags::StudyDate, true},
    {dicom::tags::StudyTime, true},
    {dicom::tags::AccessionNumber, true},
    {dicom::tags::Modality, false},
    {{0x0008, 0x0090}, true},
    {dicom::tags::PatientName, true},
    {dicom::tags::PatientID, true},
    {dicom::tags::PatientBirthDate, true},
    {dicom::tags::PatientSex, true},
    {dicom::tags::StudyInstanceUID, false},
    {dicom::tags::SeriesInstanceUID, false},
    {dicom::tags::StudyID, true},
    {dicom::tags::SeriesNumber, true},
};

constexpr Tag identities[] = {dicom::tags::PatientName, dicom::tags::PatientID};
constexpr Tag shared[] = {dicom::tags::StudyInstanceUID, dicom::tags::SeriesInstanceUID,
                          dicom::tags::FrameOfReferenceUID};
constexpr Tag identifiers[] = {dicom::tags::SOPInstanceUID, dicom::tags::StudyInstanceUID,
                               dicom::tags::SeriesInstanceUID};

Problem problemOf(Problem::Severity severity, const Position& position, const QString& message,
                  const QString& remedy = {})
{
    return {severity, position.line, position.column, position.length, message, remedy};
}

QString named(Tag tag)
{
    const auto* entry = dicom::findStandard(tag);
    return entry ? entry->name : dicom::toString(tag);
}

bool isLiteral(const ExpressionPtr& expression)
{
    return expression && expression->kind == Expression::Kind::Literal;
}

bool reads(const Expression& expression, Tag tag)
{
    if (expression.kind == Expression::Kind::Attribute)
        return !expression.path.isPlainTag() || expression.path.tag() == tag;
    return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                       [&](const ExpressionPtr& argument) { return reads(*argument, tag); });
}

bool isCallOf(const Expression& expression, std::initializer_list<const char*> names)
{
    return expression.kind == Expression::Kind::Call
        && std::any_of(names.begin(), names.end(), [&](const char* name) {
               return QLatin1StringView(expression.function->name) == QLatin1StringView(name);
           });
}

/// Whether assigning it always changes the target: a value that is absent leaves it as it was.
bool isAlwaysThere(const Expression& expression)
{
    return expression.kind == Expression::Kind::Literal
        || isCallOf(expression, {"format", "concatenate", "newUID", "lowercase", "uppercase"});
}

bool makesNewUid(const Expression& expression)
{
    return isCallOf(expression, {"newUID"})
        || std::any_of(expression.arguments.begin(), expression.arguments.end(),
                       [](const ExpressionPtr& argument) { return makesNewUid(*argument); });
}

/// The statements of all blocks.
void flatten(const std::vector<Statement>& statements, std::vector<const Statement*>& list)
{
    for (const Statement& statement : statements) {
        list.push_back(&statement);
        for (const Branch& branch : statement.branches)
            flatten(branch.statements, list);
    }
}

class Linter {
public:
    explicit Linter(const Script& script)
        : m_program(script.program())
        , m_firstWins(script.dialect() != Dialect::Six)
    {
        flatten(m_program.statements, m_all);
    }

    QList<Problem> run()
    {
        leftovers();
        for (const Statement* statement : m_all)
            conditions(*statement);
        for (const Statement* statement : m_all)
            torn(*statement);
        unusedVariables();
        if (m_firstWins)
            shadowed();
        else
            replaced();
        for (size_t i = 0; i < m_all.size(); ++i)
            required(i);
        std::stable_sort(m_problems.begin(), m_problems.end(),
                         [](const Problem& a, const Problem& b) { return a.line < b.line; });
        return m_problems;
    }

private:
    void warn(const Position& position, const QString& message, const QString& remedy = {})
    {
        m_problems << problemOf(Problem::Severity::Warning, position, message, remedy);
    }
    void note(const Position& position, const QString& message, const QString& remedy = {})
    {
        m_problems << problemOf(Problem::Severity::Note, position, message, remedy);
    }

    // --- statements that never apply

    void conditions(const Statement& statement)
    {
        contradictions(statement.conditions, statement.position);
        for (const Branch& branch : statement.branches)
            contradictions(branch.conditions, statement.position);
    }

    void contradictions(const std::vector<Condition>& conditions, const Position& position)
    {
        QMap<quint32, QString> wanted;
        for (const Condition& condition : conditions) {
            if (condition.kind != Condition::Kind::Equals || !isLiteral(condition.right))
                continue;
            if (isLiteral(condition.left) && condition.left->text != condition.right->text)
                warn(position, QStringLiteral("This never applies: the two texts are different"));
            if (condition.left->kind != Expression::Kind::Attribute || !condition.left->path.isPlainTag())
                continue;
            const quint32 tag = condition.left->path.tag().value();
            if (wanted.contains(tag) && wanted[tag] != condition.right->text)
                warn(position,
                     QStringLiteral("This never applies: %1 cannot have two values at once")
                         .arg(named(dicom::tagOf(tag))));
            wanted.insert(tag, condition.right->text);
        }
    }

    static bool changes(const Statement& statement)
    {
        return statement.kind == Kind::Assign || statement.kind == Kind::Delete
            || statement.kind == Kind::NewUid;
    }

    /// Dialects L and 4: behind a statement that always applies to an attribute no other one does.
    void shadowed()
    {
        QMap<quint32, int> lines;
        std::vector<const Statement*> patterns;
        for (const Statement* statement : m_all) {
            if (!changes(*statement) || statement->target.steps.empty())
                continue;
            const bool plain = statement->target.isPlainTag();
            if (plain)
                if (const int line = lineBefore(lines, patterns, *statement); line > 0)
                    warn(statement->position,
                         QStringLiteral("This never applies: the statement of line %1 comes first").arg(line),
                         QStringLiteral("The first statement that applies to an attribute wins"));
            // new UID leaves an absent attribute to those behind it
            if (!statement->conditions.empty() || statement->kind == Kind::NewUid)
                continue;
            if (plain && !lines.contains(statement->target.tag().value()))
                lines.insert(statement->target.tag().value(), statement->position.line);
            else if (!plain)
                patterns.push_back(statement);
        }
    }

    static int lineBefore(const QMap<quint32, int>& lines, const std::vector<const Statement*>& patterns,
                          const Statement& statement)
    {
        const Tag tag = statement.target.tag();
        if (const auto exact = lines.constFind(tag.value()); exact != lines.constEnd())
            return *exact;
        for (const Statement* pattern : patterns)
            if (pattern->target.steps[0].tags.matches(tag)
                && (pattern->kind == Kind::Delete
                    || statement.kind != Kind::Delete)) // what is gone gets no value
                return pattern->position.line;
        return 0;
    }

    /// Dialect 6: a value that a later statement replaces before anybody could see it.
    void replaced()
    {
        const auto& statements = m_program.statements;
        for (size_t i = 0; i < statements.size(); ++i) {
            const Statement& first = statements[i];
            if (first.kind != Kind::Assign || !first.target.isPlainTag())
                continue;
            for (size_t j = i + 1; j < statements.size() && j < i + 1000; ++j) {
                const Statement& later = statements[j];
                const bool simple = later.kind == Kind::Assign || later.kind == Kind::Delete;
                if (!simple || (later.value && reads(*later.value, first.target.tag())))
                    break; // it may look at the value
                const bool same = later.target.isPlainTag() && later.target.tag() == first.target.tag();
                if (same && (later.kind == Kind::Delete || isAlwaysThere(*later.value))) {
                    warn(first.position,
                         QStringLiteral("What this sets is replaced in line %1").arg(later.position.line),
                         QStringLiteral("The last statement wins in dialect 6"));
                    break;
                }
            }
        }
    }

    // --- what holds files together

    /// newUID[] by itself follows the old UID; as a part of a value it is another one for every file.
    void torn(const Statement& statement)
    {
        const bool assigns = statement.kind == Kind::Assign || statement.kind == Kind::AssignExisting;
        if (!assigns || isCallOf(*statement.value, {"newUID"}) || !makesNewUid(*statement.value))
            return;
        for (const Tag tag : shared)
            if (statement.target.steps.back().level == Path::Level::Tag
                && statement.target.steps.back().tags.matches(tag))
                warn(statement.position,
                     QStringLiteral("newUID[] inside of another value gives every file another %1, so files "
                                    "that belong together are torn apart")
                         .arg(named(tag)),
                     QStringLiteral("Assign newUID[] by itself: it follows the old UID then"));
    }

    // --- variables that do nothing

    /// PatientName := "x" looks as if it emptied the attribute.
    void unusedVariables()
    {
        for (const Variable& variable : m_program.variables()) {
            const bool isSet = variable.assigned || variable.initial;
            if (!isSet || variable.used || !variable.exported.isEmpty())
                continue;
            const auto tag = dicom::findByText(variable.name);
            warn(variable.position,
                 QStringLiteral("The variable %1 is set, but nothing uses it").arg(variable.name),
                 tag ? QStringLiteral("An attribute is named by its tag: %1").arg(dicom::toString(*tag))
                     : QString());
        }
    }

    // --- what every object needs

    void required(size_t at)
    {
        const Statement& statement = *m_all[at];
        if (statement.kind != Kind::Delete || !statement.target.isPlainTag() || !statement.conditions.empty())
            return;
        const Tag tag = statement.target.tag();
        for (const Required& known : requiredAttributes)
            if (known.tag == tag && !otherwiseSet(at, tag))
                known.mayBeEmpty ? note(
                    statement.position,
                    QStringLiteral("Every object must have %1, though it may be empty").arg(named(tag)),
                    QStringLiteral("Write := \"\" to empty it"))
                                 : warn(statement.position,
                                        QStringLiteral("No object is valid without %1").arg(named(tag)),
                                        QStringLiteral("Give it a new value instead"));
    }

    /// Where an earlier statement of dialects L and 4 may win, or a later one of dialect 6.
    bool otherwiseSet(size_t at, Tag tag) const
    {
        const auto sets = [&](const Statement* statement) {
            return (statement->kind == Kind::Assign || statement->kind == Kind::NewUid)
                && statement->target.isPlainTag() && statement->target.tag() == tag;
        };
        const auto here = m_all.begin() + static_cast<std::ptrdiff_t>(at);
        return m_firstWins ? std::any_of(m_all.begin(), here, sets) : std::any_of(here, m_all.end(), sets);
    }

    // --- what is left

    template <typename Tags>
    bool touches(const Tags& tags, bool nested) const
    {
        return std::any_of(m_all.begin(), m_all.end(), [&](const Statement* statement) {
            const Path& path = statement->target;
            if (path.steps.empty() || path.isNested() != nested || statement->kind == Kind::Echo)
                return false;
            const bool level = !nested || path.steps.front().level != Path::Level::Tag;
            return level && std::any_of(std::begin(tags), std::end(tags), [&](Tag tag) {
                       return path.steps.back().level == Path::Level::Tag
                           && path.steps.back().tags.matches(tag);
                   });
        });
    }

    bool calls(const char* name) const
    {
        return std::any_of(m_all.begin(), m_all.end(), [&](const Statement* statement) {
            return statement->kind == Kind::Call
                && QLatin1StringView(statement->value->function->name) == QLatin1StringView(name);
        });
    }

    bool removesPrivate() const
    {
        return calls("retainPrivateTags")
            || std::any_of(m_all.begin(), m_all.end(), [](const Statement* statement) {
                   return statement->kind == Kind::RemovePrivate
                       || (statement->kind == Kind::Delete && !statement->target.steps.empty()
                           && statement->target.steps[0].tags.matches({0x0009, 0x1001})
                           && statement->target.steps[0].tags.matches({0x7FE1, 0x1001}));
               });
    }

    void leftovers()
    {
        const bool names = touches(identities, false);
        const bool uids = touches(identifiers, false);
        const bool lists = calls("hashUIDList") || calls("mapReferencedUIDs");
        if ((names || uids) && !removesPrivate())
            note({}, QStringLiteral("Private attributes stay, and may hold names and UIDs"),
                 m_firstWins ? QStringLiteral("- (XXX#,XXXX) removes those at the top level")
                             : QStringLiteral("removeAllPrivateTags removes them"));
        if (names && !touches(identities, true) && !calls("blankValues"))
            note({}, QStringLiteral("Names and IDs inside sequences stay"),
                 m_firstWins
                     ? QStringLiteral("Only dialect 6 reaches inside sequences; delete whole sequences here")
                     : QStringLiteral("Write */(0010,0010) to reach every level"));
        if (uids && !lists && !touches(std::initializer_list<Tag>{{0x0008, 0x1155}}, true))
            note({}, QStringLiteral("UIDs inside sequences, such as references to other images, stay"),
                 m_firstWins
                     ? QStringLiteral("Only dialect 6 reaches inside sequences")
                     : QStringLiteral("hashUIDList[*/(0008,1155)] or mapReferencedUIDs[] reach them"));
    }

    const Program& m_program;
    bool m_firstWins;
    std::vector<const Statement*> m_all;
    QList<Problem> m_problems;
};

} // namespace

QList<Problem> lint(const Script& script)
{
    return Linter(script).run();
}

} // namespace script

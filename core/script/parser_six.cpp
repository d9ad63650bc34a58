#include "core/script/checks.h"
#include "core/script/parser.h"

namespace script {

namespace {

/// Blocks in blocks and functions in functions beyond this are no script that a person wrote.
constexpr int deepest = 50;
constexpr int mostItems = 10'000;

class ParserSix : public Parser {
public:
    using Parser::Parser;

    Parsed run()
    {
        statements(m_parsed.program.statements, false);
        return std::move(m_parsed);
    }

    std::optional<Path> runPath()
    {
        auto path = this->path();
        const bool whole = !failed() && at(Kind::End) && !path.steps.empty();
        return whole ? std::optional(std::move(path)) : std::nullopt;
    }

private:
    /// Up to the end, or to the bracket that closes a block.
    void statements(std::vector<Statement>& list, bool block)
    {
        for (skipNewlines(); !at(Kind::End) && !(block && current().isSymbol(u"}")); skipNewlines()) {
            if (!block)
                beginStatement();
            statement(list);
            if (failed() && block)
                return;
            if (failed() && m_inBlock) { // where the block ends cannot be told any more
                while (!at(Kind::End))
                    take();
                return;
            }
            if (failed())
                skipLine();
        }
    }

    void statement(std::vector<Statement>& list)
    {
        const Token first = current();
        if (first.isKeyword(u"version"))
            return version();
        if (first.isKeyword(u"describe"))
            return describe(false, {u"hidden", u"const", u"immutable"});
        if (first.isKeyword(u"export"))
            return exportVariable(false);
        Statement result = started();
        if (first.isKeyword(u"if")) {
            m_inBlock = true;
            ifStatement(result);
            m_inBlock = failed();
        } else if (first.isKeyword(u"removeAllPrivateTags")) {
            take();
            result.kind = Statement::Kind::RemovePrivate;
        } else if (first.isKeyword(u"elseif") || first.isKeyword(u"else")) {
            fail(first, QStringLiteral("%1 without an if before it").arg(first.text));
        } else if (!simpleAction(result)) {
            conditional(result);
        }
        keep(list, std::move(result));
    }

    Statement started() const
    {
        Statement result;
        result.position = current().position;
        result.begin = current().begin;
        return result;
    }

    void keep(std::vector<Statement>& list, Statement statement)
    {
        if (failed())
            return;
        statement.end = previous().end;
        m_parsed.problems += warningsFor(statement);
        list.push_back(std::move(statement));
    }

    void version()
    {
        take();
        if (current().isSymbol(u":=") || current().isSymbol(u"="))
            return fail(current(), QStringLiteral("The version is not assigned"),
                        QStringLiteral("Write: version \"6.6\""));
        if (!at(Kind::String))
            return fail(current(),
                        QStringLiteral("%1 stands where the version is expected").arg(shown(current())),
                        QStringLiteral("Write: version \"6.6\""));
        const Token number = take();
        static const QRegularExpression known(QStringLiteral(R"(\A6\.(?:[0-7]|[1-9]\d+)\z)"));
        if (!known.match(number.text).hasMatch())
            fail(number, QStringLiteral("Version %1 is not known").arg(number.text),
                 number.text.startsWith(u'4')
                     ? QStringLiteral("Scripts of dialect 4 have no version line: remove it")
                     : QStringLiteral("6.0 to 6.7, 6.10 and later minors are known"));
    }

    void ifStatement(Statement& result)
    {
        result.kind = Statement::Kind::If;
        if (++m_depth > deepest)
            return fail(current(), QStringLiteral("Blocks are nested too deeply"));
        take();
        branch(result, true);
        for (;;) {
            qsizetype ahead = 0; // the line ends before "else" belong to the statement, others do not
            while (current(ahead).kind == Kind::Newline)
                ++ahead;
            const Token next = current(ahead);
            const bool more = next.isKeyword(u"elseif");
            if (failed() || (!more && !next.isKeyword(u"else")))
                break;
            skipNewlines();
            take();
            if (current().isKeyword(u"if"))
                fail(current(), QStringLiteral("else if are two words"), QStringLiteral("Write elseif"));
            branch(result, more);
            if (!more)
                break;
        }
        --m_depth;
    }

    void branch(Statement& result, bool withCondition)
    {
        Branch made;
        if (withCondition) {
            expect(u"(", QStringLiteral("if"));
            skipNewlines();
            if (!failed())
                made.conditions.push_back(condition(value()));
            skipNewlines();
            const bool joins =
                current().is(Kind::Identifier, u"and") || current().is(Kind::Identifier, u"or");
            expect(u")", QStringLiteral("the condition of if"),
                   joins ? QStringLiteral("One condition stands in an if: put another if into it, or write "
                                          "and[…] or or[…] with functions that are true or false")
                         : QString());
        }
        skipNewlines();
        expect(u"{", QStringLiteral("if and else"));
        if (!failed())
            statements(made.statements, true);
        expect(u"}", QStringLiteral("the statements of if"));
        result.branches.push_back(std::move(made));
    }

    /// Those that begin with what no condition begins with; false when it is none of them.
    bool simpleAction(Statement& result)
    {
        if (takeSymbol(u"-")) {
            result.kind = Statement::Kind::Delete;
            result.target = path();
            return true;
        }
        if (current().isKeyword(u"echo")) {
            take();
            result.kind = Statement::Kind::Echo;
            result.value = value();
            return true;
        }
        if (!at(Kind::Identifier) || !current(1).isSymbol(u":="))
            return false;
        Variable& set = variable(current(), false);
        set.assigned = true;
        result.kind = Statement::Kind::SetVariable;
        result.variable = take().text;
        take();
        result.value = value();
        return true;
    }

    /// An assignment, a function, or a condition with its actions.
    void conditional(Statement& result)
    {
        const Token first = current();
        const ExpressionPtr left = operand();
        if (failed() || assignment(result, left, first))
            return;
        const bool isCall = left->kind == Expression::Kind::Call;
        if (isCall && !current().isSymbol(u"?") && !atOperator()) {
            result.kind = Statement::Kind::Call;
            result.value = left;
            return;
        }
        checkReadable(*left, first);
        Branch then;
        then.conditions.push_back(condition(left));
        if (failed())
            return;
        if (current().isSymbol(u":"))
            return fail(current(), QStringLiteral("A colon stands behind the condition"),
                        QStringLiteral("Dialect 6 writes: condition ? action : action"));
        expectAfterCondition(u"?", then.conditions.back());
        result.kind = Statement::Kind::If;
        result.isTernary = true;
        action(then.statements);
        result.branches.push_back(std::move(then));
        if (failed() || !nextIs(u":"))
            return;
        skipNewlines();
        take();
        Branch otherwise;
        action(otherwise.statements);
        result.branches.push_back(std::move(otherwise));
    }

    bool nextIs(QStringView symbol) const
    {
        qsizetype ahead = 0;
        while (current(ahead).kind == Kind::Newline)
            ++ahead;
        return current(ahead).isSymbol(symbol);
    }

    void action(std::vector<Statement>& list)
    {
        skipNewlines();
        Statement result = started();
        if (current().isKeyword(u"removeAllPrivateTags") || current().isKeyword(u"if"))
            return fail(current(), QStringLiteral("%1 cannot stand behind ? or :").arg(current().text),
                        QStringLiteral("Write: if (condition) { … }"));
        if (!simpleAction(result)) {
            const Token first = current();
            const ExpressionPtr left = operand();
            if (!failed() && !assignment(result, left, first)) {
                result.kind = Statement::Kind::Call;
                result.value = left;
                if (left->kind != Expression::Kind::Call)
                    fail(first, QStringLiteral("%1 stands where an action is expected").arg(shown(first)));
            }
        }
        keep(list, std::move(result));
    }

    bool assignment(Statement& result, const ExpressionPtr& left, const Token& first)
    {
        const bool always = current().isSymbol(u":=");
        if (!always && !current().isSymbol(u"?="))
            return false;
        take();
        result.kind = always ? Statement::Kind::Assign : Statement::Kind::AssignExisting;
        result.target = left->path;
        if (left->kind != Expression::Kind::Attribute)
            fail(first, QStringLiteral("%1 cannot be set").arg(shown(first)));
        else if (always && !left->path.isSingle())
            fail(first,
                 QStringLiteral("%1 can mean several attributes, which := does not set")
                     .arg(left->path.toString()),
                 QStringLiteral("Write ?= to set those that are there, or name one attribute"));
        if (!failed() && current().is(Kind::Identifier, u"new"))
            return fail(current(), QStringLiteral("new is not known in dialect 6"),
                        QStringLiteral("Write newUID[]")),
                   true;
        result.value = value();
        formatHint(*result.value);
        return true;
    }

    /// Dialect 4 puts attributes behind a format; here the next statement may begin with a tag.
    void formatHint(const Expression& value)
    {
        const bool isFormat = value.kind == Expression::Kind::Literal && at(Kind::Tag)
            && (current(1).kind == Kind::Newline || current(1).kind == Kind::End
                || current(1).isSymbol(u","));
        if (!failed() && isFormat)
            fail(current(), QStringLiteral("%1 is not expected after a value").arg(shown(current())),
                 QStringLiteral("Write format[\"{0}\", (gggg,eeee)]"));
    }

    bool atOperator() const
    {
        return current().isSymbol(u"=") || current().isSymbol(u"!=") || current().isSymbol(u"~")
            || current().isSymbol(u"!~");
    }

    /// What somebody may have meant where an operator is missing.
    QString insteadOfOperator(const Expression& left) const
    {
        if (current().isSymbol(u":"))
            return QStringLiteral("An assignment is written with :=");
        if (left.kind != Expression::Kind::Variable)
            return {};
        if (findFunction(left.text, Function::Six))
            return QStringLiteral("Functions take their arguments in brackets: %1[…]").arg(left.text);
        return adviceForUnknown(left.text, Dialect::Six).remedy;
    }

    Condition condition(const ExpressionPtr& left)
    {
        Condition result;
        result.left = left;
        if (failed())
            return result;
        if (!atOperator()) {
            result.kind = Condition::Kind::Holds;
            const bool truth =
                left->kind == Expression::Kind::Call && left->function->gives == Function::Gives::Truth;
            if (!truth)
                fail(current(),
                     QStringLiteral("%1 stands where =, !=, ~ or !~ is expected").arg(shown(current())),
                     insteadOfOperator(*left));
            return result;
        }
        using What = Condition::Kind;
        const QString sign = take().text;
        if (current().isSymbol(u"="))
            fail(current(), QStringLiteral("%1= is not known").arg(sign),
                 QStringLiteral("Write = to compare and := to assign"));
        result.kind = sign == u"=" ? What::Equals
            : sign == u"!="        ? What::Differs
            : sign == u"~"         ? What::Matches
                                   : What::MatchesNot;
        const Token pattern = current();
        result.right = value();
        compilePattern(result, pattern);
        return result;
    }

    /// Something that can be read: what can mean several attributes cannot.
    ExpressionPtr value()
    {
        const Token first = current();
        const ExpressionPtr result = operand();
        if (!failed())
            checkReadable(*result, first);
        return result;
    }

    void checkReadable(const Expression& expression, const Token& token)
    {
        if (failed())
            return;
        if (current().isSymbol(u"+") && !current(1).isSymbol(u"/")) // else a path begins the next statement
            return fail(current(), QStringLiteral("There is no arithmetic"),
                        QStringLiteral("concatenate[…] joins texts, shiftDateByIncrement[…] moves dates"));
        if (expression.kind == Expression::Kind::Attribute && !expression.path.isSingle())
            fail(token,
                 QStringLiteral("%1 can mean several attributes, so it has no value")
                     .arg(expression.path.toString()),
                 QStringLiteral("Name one attribute"));
        if (expression.kind == Expression::Kind::Call
            && expression.function->gives == Function::Gives::Nothing)
            fail(token, QStringLiteral("%1 gives no value").arg(token.text),
                 QStringLiteral("Write it as a statement of its own"));
    }

    ExpressionPtr operand()
    {
        auto result = std::make_shared<Expression>();
        const Token token = current();
        result->position = token.position;
        if (at(Kind::String) || at(Kind::Number))
            return literal(take());
        if (at(Kind::Tag) || token.isSymbol(u"*") || token.isSymbol(u"+") || token.isSymbol(u".")) {
            result->kind = Expression::Kind::Attribute;
            result->path = path();
        } else if (token.isSymbol(u"{")) {
            result->kind = Expression::Kind::List;
            result->arguments = members(u"}");
        } else if (at(Kind::Identifier) && current(1).isSymbol(u"[")) {
            call(*result, take());
        } else if (at(Kind::Identifier)) {
            const Advice advice = adviceFor(token.text, Dialect::Six);
            if (!advice.message.isEmpty())
                adviseAgainst(token, advice);
            result->kind = Expression::Kind::Variable;
            Variable& used = variable(take(), false);
            used.used = true;
            result->text = used.key;
        } else {
            fail(token, QStringLiteral("%1 stands where a value is expected").arg(shown(token)));
        }
        return result;
    }

    /// The name of a function of another dialect is a name like any other, but hardly meant.
    void adviseAgainst(const Token& name, const Advice& advice)
    {
        if (name.text == u"ECHO" || name.text == u"new") // no word stands behind a variable
            fail(name, advice.message, advice.remedy);
        else
            warn(name, advice.message, advice.remedy);
    }

    void call(Expression& result, const Token& name)
    {
        const Advice advice = adviceFor(name.text, Dialect::Six);
        if (!advice.message.isEmpty())
            return fail(name, advice.message, advice.remedy);
        result.kind = Expression::Kind::Call;
        result.place = ++m_calls;
        result.function = findFunction(name.text, Function::Six);
        if (const Advice unknown = adviceForUnknown(name.text, Dialect::Six); !result.function)
            return fail(name, unknown.message, unknown.remedy);
        result.arguments = members(u"]");
        m_parsed.program.usesLookup = m_parsed.program.usesLookup || name.text == u"lookup";
        if (failed())
            return;
        if (result.function->call) // works on values
            for (const ExpressionPtr& argument : result.arguments)
                checkReadable(*argument, name);
        checkArguments(result);
    }

    /// Values between brackets, over several lines too.
    std::vector<ExpressionPtr> members(QStringView closing)
    {
        std::vector<ExpressionPtr> list;
        if (++m_depth > deepest)
            fail(current(), QStringLiteral("Functions and lists are nested too deeply"));
        take();
        skipNewlines();
        const bool any = !current().isSymbol(closing);
        while (any && !failed()) {
            skipNewlines();
            list.push_back(operand());
            skipNewlines();
            if (!takeSymbol(u","))
                break;
        }
        expect(closing,
               closing == u"]" ? QStringLiteral("the arguments of a function")
                               : QStringLiteral("the members of a list"));
        --m_depth;
        return list;
    }

    Path path()
    {
        Path result;
        const Token first = current();
        do
            step(result);
        while (!failed() && takeSymbol(u"/"));
        if (failed() || result.steps.empty())
            return result;
        if (static_cast<int>(result.steps.size()) > deepest)
            fail(first, QStringLiteral("This path is too long"));
        return result;
    }

    void step(Path& path)
    {
        Path::Step step;
        using Level = Path::Level;
        if (takeSymbol(u"*"))
            step.level = Level::Here;
        else if (takeSymbol(u"+"))
            step.level = Level::Below;
        else if (takeSymbol(u"."))
            step.level = Level::Child;
        else if (at(Kind::Tag))
            tagStep(step, take());
        else
            return fail(current(), QStringLiteral("%1 stands where a tag is expected").arg(shown(current())),
                        QStringLiteral("Write (gggg,eeee), or (gggg,{CREATOR}ee) for a private attribute"));
        if (step.level == Level::Tag && current().isSymbol(u"["))
            step.item = item();
        path.steps.push_back(std::move(step));
    }

    static void tagStep(Path::Step& step, const Token& token)
    {
        const QString group = token.text.mid(1, 4);
        step.byCreator = token.text.contains(u'{');
        const QString element = step.byCreator
            ? QStringLiteral("{}") + token.text.mid(token.text.size() - 3, 2)
            : token.text.mid(6, 4);
        if (step.byCreator)
            step.creator = token.text.section(u'{', 1).section(u'}', 0, 0).trimmed();
        step.tags = TagPattern(group + element);
    }

    int item()
    {
        take();
        int number = Path::AllItems;
        if (at(Kind::Number)) {
            bool isItem = false;
            number = current().text.toInt(&isItem);
            if (!isItem || number < 0 || number > mostItems)
                fail(current(), QStringLiteral("%1 is no number of an item").arg(current().text),
                     QStringLiteral("Items are counted from 0, up to %1").arg(mostItems));
            take();
        } else if (!takeSymbol(u"%")) {
            fail(current(),
                 QStringLiteral("%1 stands where the number of an item is expected").arg(shown(current())),
                 QStringLiteral("Write [0], [1] …, or [%] for every item"));
        }
        expect(u"]", QStringLiteral("the number of an item"));
        return number;
    }

    int m_depth = 0;
    int m_calls = 0;
    bool m_inBlock = false;
};

} // namespace

Parsed parseSix(const QList<Token>& tokens)
{
    return ParserSix(tokens).run();
}

std::optional<Path> parseDirectPath(const QString& text)
{
    if (!text.isValidUtf16())
        return std::nullopt;
    const Tokens tokens = tokenizeDirect(text);
    return tokens.problems.isEmpty() ? ParserSix(tokens.tokens).runPath() : std::nullopt;
}

} // namespace script

// Dialect 6: conditions, values and paths.

#include "core/script/parser_six.h"

namespace script {

bool ParserSix::atOperator() const
{
    return current().isSymbol(u"=") || current().isSymbol(u"!=") || current().isSymbol(u"~")
        || current().isSymbol(u"!~");
}

QString ParserSix::insteadOfOperator(const Expression& left) const
{
    if (current().isSymbol(u":"))
        return QStringLiteral("An assignment is written with :=");
    if (left.kind != Expression::Kind::Variable)
        return {};
    if (findFunction(left.text, Function::Six))
        return QStringLiteral("Functions take their arguments in brackets: %1[…]").arg(left.text);
    return adviceForUnknown(left.text, Dialect::Six).remedy;
}

Condition ParserSix::condition(const ExpressionPtr& left)
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
            fail(current(), QStringLiteral("Expected =, !=, ~ or !~, found %1").arg(shown(current())),
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

ExpressionPtr ParserSix::value()
{
    const Token first = current();
    const ExpressionPtr result = operand();
    if (!failed())
        checkReadable(*result, first);
    return result;
}

void ParserSix::checkReadable(const Expression& expression, const Token& token)
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
    if (expression.kind == Expression::Kind::Call && expression.function->gives == Function::Gives::Nothing)
        fail(token, QStringLiteral("%1 gives no value").arg(token.text),
             QStringLiteral("Write it as a statement of its own"));
}

ExpressionPtr ParserSix::operand()
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
        fail(token, QStringLiteral("Expected a value, found %1").arg(shown(token)));
    }
    return result;
}

void ParserSix::adviseAgainst(const Token& name, const Advice& advice)
{
    if (name.text == u"ECHO" || name.text == u"new") // no word stands behind a variable
        fail(name, advice.message, advice.remedy);
    else
        warn(name, advice.message, advice.remedy);
}

void ParserSix::call(Expression& result, const Token& name)
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

std::vector<ExpressionPtr> ParserSix::members(QStringView closing)
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

Path ParserSix::path()
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

void ParserSix::step(Path& path)
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
        return fail(current(), QStringLiteral("Expected a tag, found %1").arg(shown(current())),
                    QStringLiteral("Write (gggg,eeee), or (gggg,{CREATOR}ee) for a private attribute"));
    if (step.level == Level::Tag && current().isSymbol(u"["))
        step.item = item();
    path.steps.push_back(std::move(step));
}

void ParserSix::tagStep(Path::Step& step, const Token& token)
{
    const QString group = token.text.mid(1, 4);
    step.byCreator = token.text.contains(u'{');
    const QString element = step.byCreator ? QStringLiteral("{}") + token.text.mid(token.text.size() - 3, 2)
                                           : token.text.mid(6, 4);
    if (step.byCreator)
        step.creator = token.text.section(u'{', 1).section(u'}', 0, 0).trimmed();
    step.tags = TagPattern(group + element);
}

int ParserSix::item()
{
    take();
    int number = Path::AllItems;
    if (at(Kind::Number)) {
        bool isItem = false;
        number = current().text.toInt(&isItem);
        if (!isItem || number < 0 || number > mostItems)
            fail(current(), QStringLiteral("%1 is not the number of an item").arg(current().text),
                 QStringLiteral("Items are counted from 0, up to %1").arg(mostItems));
        take();
    } else if (!takeSymbol(u"%")) {
        fail(current(), QStringLiteral("Expected the number of an item, found %1").arg(shown(current())),
             QStringLiteral("Write [0], [1] …, or [%] for every item"));
    }
    expect(u"]", QStringLiteral("the number of an item"));
    return number;
}

} // namespace script

#include "core/export/script_statements.h"

#include "core/dicom/dictionary.h"

#include <QSet>
#include <map>

namespace exporter {

namespace {

using Phase = Effect::Phase;

QString quoted(QString text)
{
    return u'"' + text.replace(u'\\', QStringLiteral("\\\\")) + u'"';
}

QString keyOf(const Effect& effect, const ScriptPath& path)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(static_cast<int>(effect.phase))
        .arg(scriptText(path))
        .arg(static_cast<int>(effect.doing))
        .arg(effect.value);
}

bool has(const Place& place, const Effect& effect)
{
    if (effect.doing == Doing::Delete)
        return false;
    const auto value = scriptValue(*place.element, place.characterSet);
    return value && *value == effect.value;
}

/// How many effects of each case may be one on all items of a sequence.
using Group = std::map<int, int>;

bool mayMeanAllItems(const Effect& effect)
{
    return effect.path.size() > 1 && (!isDirect(effect.path) || effect.doing == Doing::Delete);
}

/// Whether the statement for all items does in this case what the effects on single items do, and nothing to
/// what others set or create.
bool fits(const ScriptCase& each, const Effect& effect, int count)
{
    const QString path = scriptText(inAllItems(effect.path));
    const auto places = placesOf(each.basis, inAllItems(effect.path));
    const auto done =
        std::count_if(places.begin(), places.end(), [&](const Place& place) { return has(place, effect); });
    return places.size() - done == count
        && std::all_of(each.effects.begin(), each.effects.end(), [&](const Effect& other) {
               const bool same = other.doing == effect.doing && other.value == effect.value && other.existed;
               return same || scriptText(inAllItems(other.path)) != path;
           });
}

bool fits(const std::vector<ScriptCase>& cases, const Effect& effect, const Group& group)
{
    return std::all_of(group.begin(), group.end(), [&](const auto& count) {
        return fits(cases[static_cast<size_t>(count.first)], effect, count.second);
    });
}

std::map<QString, Group> groupsOf(const std::vector<ScriptCase>& cases)
{
    std::map<QString, Group> groups;
    for (size_t i = 0; i < cases.size(); ++i)
        for (const Effect& effect : cases[i].effects)
            if (mayMeanAllItems(effect))
                ++groups[keyOf(effect, inAllItems(effect.path))][static_cast<int>(i)];
    return groups;
}

} // namespace

QString ScriptStatement::text() const
{
    const QString path = scriptText(effect.path);
    const bool direct = isDirect(effect.path);
    switch (effect.doing) {
    case Doing::Delete:
        return direct ? QStringLiteral("delete[%1]").arg(quoted(path)) : u'-' + path;
    case Doing::Clear:
        return path + QStringLiteral(" ?= \"\"");
    case Doing::Assign:
        break;
    }
    return direct ? QStringLiteral("set[%1, %2]").arg(quoted(path), quoted(effect.value))
                  : path + (present ? QStringLiteral(" ?= ") : QStringLiteral(" := ")) + quoted(effect.value);
}

QString ScriptStatement::line() const
{
    const auto* entry = dicom::find(effect.attribute.tag(), effect.attribute.creator());
    const QString name = entry ? entry->name : QString();
    return name.isEmpty() ? text() : text() + QStringLiteral(" // ") + name;
}

bool ScriptStatement::leavesAlone(const ScriptCase& other) const
{
    const bool creates = effect.doing == Doing::Assign && !present;
    for (const dicom::DataSet* dataSet : {&other.basis, &other.edited}) {
        const auto places = placesOf(*dataSet, effect.path);
        if (places.isEmpty() ? creates : !std::all_of(places.begin(), places.end(), [&](const Place& place) {
                return has(place, effect);
            }))
            return false;
    }
    return true;
}

namespace {

/// A value is padded in text but not in UN: where both occur, one statement with the padding does for both.
void unifyPadding(std::vector<ScriptCase>& cases)
{
    QSet<QString> keys;
    for (const ScriptCase& each : cases)
        for (const Effect& effect : each.effects)
            if (effect.doing == Doing::Assign && effect.value.endsWith(u' '))
                keys.insert(keyOf(effect, effect.path));
    for (ScriptCase& each : cases)
        for (Effect& effect : each.effects)
            if (effect.padded && keys.contains(keyOf(effect, effect.path) + u' ')) {
                effect.value += u' ';
                effect.padded = false;
            }
}

} // namespace

QList<ScriptStatement> statementsFor(std::vector<ScriptCase>& cases)
{
    unifyPadding(cases);
    const std::map<QString, Group> groups = groupsOf(cases);
    std::map<QString, bool> generalized;
    std::map<QString, ScriptStatement> statements; // in the order of phases and paths
    for (size_t i = 0; i < cases.size(); ++i)
        for (const Effect& effect : cases[i].effects) {
            const QString general = keyOf(effect, inAllItems(effect.path));
            bool all = mayMeanAllItems(effect);
            if (all) {
                auto known = generalized.find(general);
                if (known == generalized.end())
                    known = generalized.emplace(general, fits(cases, effect, groups.at(general))).first;
                all = known->second;
            }
            ScriptStatement& statement = statements[all ? general : keyOf(effect, effect.path)];
            if (statement.cases.isEmpty()) {
                statement.effect = effect;
                statement.present = all && effect.doing == Doing::Assign;
                if (all)
                    statement.effect.path = inAllItems(effect.path);
            }
            if (statement.cases.isEmpty() || statement.cases.last() != static_cast<int>(i))
                statement.cases << static_cast<int>(i);
        }
    QList<ScriptStatement> result;
    for (auto& [key, statement] : statements)
        result << std::move(statement);
    return result;
}

} // namespace exporter

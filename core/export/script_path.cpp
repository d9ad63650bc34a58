// How scripts of dialect 6 name attributes.

#include "core/export/script_effect.h"

#include <algorithm>

namespace exporter {

using dicom::AttributePath;

bool canBeWritten(const QString& text)
{
    return text.isValidUtf16() && std::none_of(text.begin(), text.end(), [](QChar c) {
               return c == u'"' || c == QChar::ReplacementCharacter
                   || (c.category() == QChar::Other_Control && c != u'\t');
           });
}

QString scriptText(const ScriptPath& path)
{
    QStringList texts;
    for (const ScriptStep& step : path) {
        QString text = dicom::toString(step.tag);
        if (!step.creator.isEmpty())
            text = text.first(6) + u'{' + step.creator + u'}' + text.sliced(8);
        if (step.item == AttributePath::AllItems)
            text += QStringLiteral("[%]");
        else if (step.item >= 0)
            text += QStringLiteral("[%1]").arg(step.item);
        texts << text;
    }
    return texts.join(u'/');
}

bool isDirect(const ScriptPath& path)
{
    return std::any_of(path.begin(), path.end(),
                       [](const ScriptStep& step) { return step.tag.isPrivate() && step.creator.isEmpty(); });
}

ScriptPath inAllItems(ScriptPath path)
{
    for (ScriptStep& step : path)
        if (step.item >= 0)
            step.item = AttributePath::AllItems;
    return path;
}

} // namespace exporter

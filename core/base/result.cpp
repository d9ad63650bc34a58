#include "core/base/result.h"

#include <QStringList>

QString Error::message() const
{
    QStringList parts;
    for (const QString& part : {file, attribute, reason})
        if (!part.isEmpty())
            parts << part;
    QString text = parts.join(QStringLiteral(": "));
    if (!remedy.isEmpty())
        text += QStringLiteral(". ") + remedy;
    return text;
}

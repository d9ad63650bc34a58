// Files that scripts are, or that they look values up in.

#include "core/script/script.h"

#include <QFile>
#include <QStringTokenizer>
#include <algorithm>

namespace script {

namespace {

Result<QString> readText(const QString& path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), {}, path};
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return Error{
            Error::Kind::Unreadable, QStringLiteral("is larger than %1 MiB").arg(most >> 20), {}, path};
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    return text;
}

Error wrongLine(qsizetype line, const QString& reason, const QString& remedy)
{
    return {Error::Kind::Script, QStringLiteral("line %1 of the lookup table %2").arg(line).arg(reason),
            remedy};
}

} // namespace

Result<QString> readSource(const QString& path)
{
    return readText(path, qint64{16} << 20);
}

Result<LookupTable> readLookupTable(const QString& path)
{
    const auto text = readText(path, qint64{64} << 20);
    auto table = text ? parseLookupTable(*text) : Result<LookupTable>(text.error());
    if (table)
        return table;
    Error error = table.error();
    error.file = path;
    return error;
}

Result<LookupTable> parseLookupTable(const QString& text)
{
    LookupTable table;
    QHash<QString, qsizetype> places;
    qsizetype number = 0;
    for (const QStringView whole : QStringTokenizer(text, u'\n')) {
        ++number;
        const QStringView line = whole.trimmed();
        if (line.isEmpty() || line.startsWith(u"//"))
            continue;
        if (line.contains(QChar::ReplacementCharacter))
            return wrongLine(number, QStringLiteral("has a character that could not be read"),
                             QStringLiteral("Save the table as UTF-8"));
        const qsizetype equals = line.indexOf(u'=');
        const QString key = line.left(std::max<qsizetype>(equals, 0)).trimmed().toString();
        if (!key.contains(u'/'))
            return wrongLine(number, QStringLiteral("is wrong"), QStringLiteral("Write: type/key = value"));
        const QString value = line.mid(equals + 1).trimmed().toString();
        const auto before = table.constFind(key);
        if (before != table.constEnd() && *before != value)
            return wrongLine(number,
                             QStringLiteral("gives the key of line %1 another value").arg(places.value(key)),
                             QStringLiteral("Remove one of the two lines"));
        table.insert(key, value);
        places.insert(key, number);
    }
    return table;
}

} // namespace script

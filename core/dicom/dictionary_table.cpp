#include "core/dicom/dictionary_table.h"

#include <QFile>

// The tables are in a static library, which the linker takes apart: nothing else asks for them. The macro in
// here must stand outside of any namespace.
static void loadResources()
{
    Q_INIT_RESOURCE(core);
}

namespace dicom {

Tag TagPattern::example() const
{
    for (quint32 digit = 0xF, one = 1; one <= 0x1000; digit <<= 4, one <<= 4)
        if ((mask & digit) == 0)
            return tagOf(value | one);
    return tagOf(value);
}

std::optional<TagPattern> parseTagPattern(QByteArrayView text)
{
    if (text.size() != 8)
        return std::nullopt;
    TagPattern pattern;
    for (const char digit : text) {
        const bool any = digit == 'x';
        bool ok = false;
        const uint value = any ? 0 : QByteArray(1, digit).toUInt(&ok, 16);
        if (!any && !ok)
            return std::nullopt;
        pattern.value = (pattern.value << 4) | value;
        pattern.mask = (pattern.mask << 4) | (any ? 0u : 0xFu);
    }
    return pattern;
}

QByteArray dictionaryText(const char* name)
{
    loadResources();
    QFile file(QStringLiteral(":/core/dictionary/") + QLatin1StringView(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The program was built without its table %s", name);
    return file.readAll();
}

std::vector<QByteArrayView> linesOf(QByteArrayView text)
{
    std::vector<QByteArrayView> lines;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (!line.isEmpty() && !line.startsWith('#'))
            lines.push_back(line);
    }
    return lines;
}

void readDictionaryTable(const char* name, const std::function<void(const QList<QByteArray>&)>& line)
{
    const QByteArray text = dictionaryText(name);
    for (const QByteArrayView row : linesOf(text))
        line(row.toByteArray().split('\t'));
}

} // namespace dicom

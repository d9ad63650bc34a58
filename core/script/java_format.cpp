#include "core/script/java_format.h"

#include <QRegularExpression>

namespace script {

namespace {

constexpr int widest = 10'000; ///< nothing in DICOM needs more, and a hostile width must not eat the memory

/// One conversion, "%1$-5.3s", taken apart.
struct Conversion {
    QString index; ///< digits, "<" or nothing
    bool leftJustified = false;
    int width = 0;
    int precision = -1;
    QChar kind;
};

Error wrong(qsizetype offset, const QString& reason)
{
    return {Error::Kind::Script,
            QStringLiteral("the format is wrong at its character %1: %2").arg(offset + 1).arg(reason),
            QStringLiteral("Write %1$s, %2$s … where values go, and %% for a percent sign")};
}

Result<Conversion> conversionOf(const QRegularExpressionMatch& match)
{
    const auto number = [&](QStringView name) { return match.capturedView(name).toInt(); };
    Conversion result;
    result.index = match.captured(QStringLiteral("index"));
    result.leftJustified = match.hasCaptured(QStringLiteral("left"));
    result.width = number(u"width");
    if (match.hasCaptured(QStringLiteral("precision")))
        result.precision = number(u"precision");
    result.kind = match.capturedView(u"kind").front();
    if (result.leftJustified && result.width == 0)
        return wrong(match.capturedStart(), QStringLiteral("- needs a width"));
    if (result.width > widest || result.precision > widest)
        return wrong(match.capturedStart(), QStringLiteral("the number is too large"));
    return result;
}

/// Which argument each conversion means: by number, the last one again, or the next.
class Arguments {
public:
    explicit Arguments(const Values& values)
        : m_values(values)
    {
    }

    /// Null when there is none.
    const Value* of(const QString& index)
    {
        if (index.isEmpty())
            m_last = m_next++;
        else if (index != u"<")
            m_last = index.toLongLong() - 1;
        return m_last >= 0 && m_last < static_cast<qint64>(m_values.size())
            ? &m_values[static_cast<size_t>(m_last)]
            : nullptr;
    }

private:
    const Values& m_values;
    qint64 m_next = 0;
    qint64 m_last = -1;
};

QString converted(const Conversion& conversion, const Value& value)
{
    QString text = value.value_or(QStringLiteral("null"));
    if (conversion.precision >= 0)
        text.truncate(conversion.precision);
    if (conversion.kind == u'S')
        text = text.toUpper();
    return conversion.leftJustified ? text.leftJustified(conversion.width)
                                    : text.rightJustified(conversion.width);
}

} // namespace

Result<Value> javaFormat(const QString& format, const Values& values)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"(\G%(?:(?<index>[1-9]\d*)\$|(?<again><))?(?<left>-)?(?<width>[1-9]\d*)?(?:\.(?<precision>\d+))?(?<kind>[sSn%]))"));
    Arguments arguments(values);
    QString result;
    for (qsizetype i = 0; i < format.size();) {
        if (format[i] != u'%') {
            result += format[i++];
            continue;
        }
        const auto match = pattern.match(format, i);
        if (!match.hasMatch())
            return wrong(i, QStringLiteral("this is not a conversion of text"));
        auto conversion = conversionOf(match);
        if (!conversion)
            return conversion.error();
        if (conversion->kind == u'%' || conversion->kind == u'n') {
            result += conversion->kind == u'%' ? u'%' : u'\n';
        } else {
            const Value* value = arguments.of(match.hasCaptured(QStringLiteral("again")) ? QStringLiteral("<")
                                                                                         : conversion->index);
            if (!value)
                return wrong(i, QStringLiteral("there is no attribute for it"));
            result += converted(*conversion, *value);
        }
        i = match.capturedEnd();
    }
    return Value(result);
}

} // namespace script

#include "core/export/script_scope.h"

#include <QRegularExpression>

namespace exporter {

namespace {

/// Values in one pattern: the engine bounds the size of patterns.
constexpr qsizetype mostValues = 200;

struct LevelName {
    const char* variable;
    dicom::Tag tag;
};
constexpr LevelName levelNames[] = {{"originalPatient", dicom::tags::PatientID},
                                    {"originalStudy", dicom::tags::StudyInstanceUID},
                                    {"originalSeries", dicom::tags::SeriesInstanceUID},
                                    {"originalInstance", dicom::tags::SOPInstanceUID}};

/// What stands for itself in patterns, but for the dot.
QString plainValue(const QByteArray& bytes)
{
    static const QRegularExpression plain(
        QStringLiteral(R"(\A[A-Za-z0-9_.-](?:[A-Za-z0-9 _.-]*[A-Za-z0-9_.-])?\z)"));
    const QString value = QString::fromLatin1(bytes.trimmed());
    return plain.match(value).hasMatch() ? value : QString();
}

} // namespace

ScriptScope::ScriptScope(const QList<catalog::InstancePtr>& instances, const QString& foreign)
    : m_count(instances.size())
{
    for (size_t i = 0; i < levels; ++i) {
        Level& level = m_levels[i];
        level.variable = QString::fromLatin1(levelNames[i].variable);
        level.tag = levelNames[i].tag;
        while (foreign.contains(level.variable))
            level.variable += u'_';
        for (const catalog::InstancePtr& instance : instances) {
            level.values << plainValue(instance->kept().dataSet.bytes(level.tag));
            ++level.counts[level.values.last()];
        }
    }
}

std::optional<QStringList> ScriptScope::conditionsFor(const Indices& chosen)
{
    if (chosen.size() == m_count)
        return QStringList();
    for (size_t i = 0; i < levels; ++i) {
        const Level& level = m_levels[i];
        QStringList values;
        QSet<QString> known;
        qsizetype covered = 0;
        for (const int index : chosen) {
            const QString& value = level.values[index];
            if (known.contains(value))
                continue;
            known.insert(value);
            values << value;
            covered += level.counts.value(value);
        }
        if (known.contains(QString()) || covered != chosen.size())
            continue;
        m_used.insert(i);
        return written(level, values);
    }
    return std::nullopt;
}

QStringList ScriptScope::written(const Level& level, const QStringList& values) const
{
    if (values.size() == 1)
        return {QStringLiteral("%1 = \"%2\"").arg(level.variable, values.first())};
    QStringList conditions;
    for (qsizetype at = 0; at < values.size(); at += mostValues) {
        QString pattern = values.mid(at, mostValues).join(u'|');
        pattern.replace(u'.', QStringLiteral("\\\\."));
        conditions << QStringLiteral("%1 ~ \"%2\"").arg(level.variable, pattern);
    }
    return conditions;
}

QString ScriptScope::variables() const
{
    QString text;
    for (const size_t i : m_used)
        text += QStringLiteral("%1 := %2\n").arg(m_levels[i].variable, dicom::toString(m_levels[i].tag));
    return text;
}

} // namespace exporter

#include "core/deid/patients.h"

#include "core/dicom/value.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QStringDecoder>
#include <QtEndian>

namespace deid {

namespace {

Error wrongLine(int line, const QString& reason)
{
    return {Error::Kind::InvalidValue, QStringLiteral("line %1: %2").arg(line).arg(reason),
            QStringLiteral("Write the columns id_old,id_new and one patient in each line")};
}

/// The fields of a line of comma-separated values; quotes keep commas and doubled quotes (RFC 4180). Empty
/// when a quote is left open.
QStringList fieldsOf(const QString& line)
{
    QStringList fields{QString()};
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'"' && quoted && i + 1 < line.size() && line[i + 1] == u'"') {
            fields.last() += c;
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (c == u',' && !quoted) {
            fields << QString();
        } else {
            fields.last() += c;
        }
    }
    for (QString& field : fields)
        field = field.trimmed();
    return quoted ? QStringList() : fields;
}

Outcome addLine(Patients::Table& table, const QStringList& fields, int number)
{
    if (fields.size() != 2)
        return wrongLine(number, QStringLiteral("expected 2 fields, found %1").arg(fields.size()));
    if (fields[0].isEmpty() || fields[1].isEmpty())
        return wrongLine(number, QStringLiteral("an ID is empty"));
    if (!dicom::checkValue(dicom::Vr::LO, QStringLiteral("1"), fields[1]).isEmpty())
        return wrongLine(number, QStringLiteral("the new ID cannot be a Patient ID"));
    if (fields[0] == fields[1])
        return wrongLine(number, QStringLiteral("the new ID is the old one"));
    const auto known = table.constFind(fields[0]);
    if (known != table.constEnd() && *known != fields[1])
        return wrongLine(number, QStringLiteral("the old ID has another new ID in a line before"));
    table.insert(fields[0], fields[1]);
    return Done{};
}

} // namespace

bool operator==(const Patients& a, const Patients& b)
{
    const bool sameTable = a.table == b.table || (a.table && b.table && *a.table == *b.table);
    return a.newIds == b.newIds && sameTable;
}

QString patientIdOf(const dicom::DataSet& dataSet)
{
    const dicom::Element* id = dataSet.find(dicom::tags::PatientID);
    return id ? dicom::valueText(*id, dicom::characterSetOf(dataSet)).trimmed() : QString();
}

QString patientKeyOf(const dicom::DataSet& dataSet)
{
    const QString id = patientIdOf(dataSet);
    const dicom::Element* name = dataSet.find(dicom::tags::PatientName);
    if (!id.isEmpty() || !name)
        return id;
    const QString text = dicom::valueText(*name, dicom::characterSetOf(dataSet)).trimmed();
    return text.isEmpty() ? text : u'\n' + text; // no ID has a line end
}

QString pseudonymOf(const QByteArray& seed, const QString& key)
{
    // Without letters and digits that look alike (Crockford's base 32): 5 bits each.
    constexpr char16_t letters[] = u"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr int count = 12;
    const QByteArray hash =
        QMessageAuthenticationCode::hash("patient:" + key.toUtf8(), seed, QCryptographicHash::Sha256);
    quint64 bits = qFromBigEndian<quint64>(hash.constData());
    QString name;
    for (int i = 0; i < count; ++i, bits >>= 5) {
        if (i > 0 && i % 4 == 0)
            name += u'-';
        name += letters[bits & 31];
    }
    return name;
}

Result<Patients> patientsInTable(const QString& csv)
{
    Patients::Table table;
    const QStringList lines = csv.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        const int number = static_cast<int>(i) + 1;
        const QStringList fields = fieldsOf(line);
        if (i == 0 && fields != QStringList{QStringLiteral("id_old"), QStringLiteral("id_new")})
            return wrongLine(
                1,
                QStringLiteral("expected the columns id_old,id_new and nothing else, separated by a comma"));
        if (i == 0 || line.isEmpty())
            continue;
        if (const Outcome added = addLine(table, fields, number); !added)
            return added.error();
    }
    for (const QString& id : std::as_const(table))
        if (table.contains(id))
            return Error{Error::Kind::InvalidValue, QStringLiteral("a new ID is an old one of the table"),
                         QStringLiteral("Give IDs that no patient of the table has")};
    return Patients{Patients::NewIds::Table, std::make_shared<const Patients::Table>(std::move(table))};
}

Result<Patients> patientsFrom(const QString& text)
{
    if (text == u"seed")
        return Patients{};
    if (text == u"empty")
        return Patients{Patients::NewIds::Empty};
    QFile file(text);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Unreadable, file.errorString(),
                     QStringLiteral("Write seed, empty, or the name of a table"), text};
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString csv = decoder(file.readAll());
    auto patients = decoder.hasError()
        ? Result<Patients>(Error{Error::Kind::InvalidValue, QStringLiteral("is not UTF-8"),
                                 QStringLiteral("Save the table as UTF-8")})
        : patientsInTable(csv);
    if (patients)
        return patients;
    Error error = patients.error();
    error.file = text;
    return error;
}

} // namespace deid

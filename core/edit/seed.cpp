#include "core/edit/seed.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>

namespace edit {

namespace {

Result<QByteArray> newSeedFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return Error{Error::Kind::Unwritable,
                     QStringLiteral("the seed file cannot be made: %1").arg(file.errorString()),
                     {},
                     path};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray seed = randomSeed();
    if (file.write(seed.toHex() + '\n') < 0 || !file.flush())
        return Error{Error::Kind::Unwritable,
                     QStringLiteral("the seed file cannot be written: %1").arg(file.errorString()),
                     {},
                     path};
    return seed;
}

} // namespace

QByteArray randomSeed()
{
    QByteArray seed(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(seed.begin(), seed.end());
    return seed;
}

Result<QByteArray> seedFromFile(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return newSeedFile(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("the seed file cannot be read: %1").arg(file.errorString()),
                     {},
                     path};
    const QString text = QString::fromLatin1(file.read(1024)).trimmed();
    static const QRegularExpression digits(QStringLiteral("^[0-9A-Fa-f]{64}$"));
    if (!digits.match(text).hasMatch())
        return Error{Error::Kind::InvalidValue, QStringLiteral("is no seed file"),
                     QStringLiteral(
                         "A seed file holds 64 hex digits; name a file that does not exist to have one made"),
                     path};
    return QByteArray::fromHex(text.toLatin1());
}

} // namespace edit

#include "core/edit/seed.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>

namespace edit {

namespace {

Result<QByteArray> newSeedFile(const QString& path)
{
    const QByteArray seed = randomSeed();
    const Outcome kept = keepSeed(seed, path);
    return kept ? Result<QByteArray>(seed) : kept.error();
}

} // namespace

Outcome keepSeed(const QByteArray& seed, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return Error{Error::Kind::Unwritable,
                     QStringLiteral("the seed file cannot be made: %1").arg(file.errorString()),
                     QStringLiteral("Name one in a folder that can be written to, which does not exist yet"),
                     path};
    if (file.write(seed.toHex() + '\n') < 0 || !file.flush())
        return Error{Error::Kind::Unwritable,
                     QStringLiteral("the seed file cannot be written: %1").arg(file.errorString()),
                     QStringLiteral("Check the disk and its free space"), path};
    return Done{};
}

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
        return Error{Error::Kind::InvalidValue, QStringLiteral("is not a seed file"),
                     QStringLiteral(
                         "A seed file holds 64 hex digits; name a file that does not exist to have one made"),
                     path};
    return QByteArray::fromHex(text.toLatin1());
}

} // namespace edit

#include "core/base/save_files.h"

#include <QRandomGenerator>
#include <QRegularExpression>

namespace savefiles {

namespace {

QString captured(const QString& fileName, const char* pattern)
{
    const QRegularExpression expression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)));
    return expression.match(fileName).captured(1);
}

} // namespace

QString newBatch()
{
    return QStringLiteral("%1").arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
}

QString temporaryName(const QString& batch, int number)
{
    return QStringLiteral(".dicombrowser-%1-%2.tmp").arg(batch).arg(number);
}

QString journalName(const QString& batch)
{
    return QStringLiteral(".dicombrowser-%1.journal").arg(batch);
}

QString markName(const QString& batch)
{
    return QStringLiteral(".dicombrowser-%1.originals").arg(batch);
}

QString lockName()
{
    return QStringLiteral(".dicombrowser.lock");
}

QString batchOfTemporary(const QString& fileName)
{
    return captured(fileName, R"(\.dicombrowser-([0-9a-f]{16})-\d+\.tmp)");
}

QString batchOfJournal(const QString& fileName)
{
    return captured(fileName, R"(\.dicombrowser-([0-9a-f]{16})\.journal)");
}

bool isOurs(const QString& fileName)
{
    if (!fileName.startsWith(QLatin1StringView(".dicombrowser")))
        return false; // nearly always, and asked for every file
    return fileName.startsWith(lockName()) || !batchOfTemporary(fileName).isEmpty()
        || !batchOfJournal(fileName).isEmpty()
        || !captured(fileName, R"(\.dicombrowser-([0-9a-f]{16})\.originals)").isEmpty();
}

} // namespace savefiles

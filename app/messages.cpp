#include "app/messages.h"

#include <QDir>
#include <QTextStream>

void say(const QString& text)
{
    static QTextStream stream(stderr);
    stream << "dicomremap: " << text << Qt::endl;
}

QString quoted(const QString& path)
{
    QString native = QDir::toNativeSeparators(path);
    return QStringLiteral("'%1'").arg(native.replace(QStringLiteral("'"), QStringLiteral("'\\''")));
}

void AlikeErrors::add(const Error& error)
{
    constexpr int shown = 5;
    Kind& kind = m_kinds[error.reason];
    const QString place = error.file + QChar(0) + error.attribute;
    if (kind.messages.contains(place))
        return;
    ++kind.count;
    kind.messages.insert(place, error.message());
    if (!m_tellAll && kind.messages.size() > shown)
        kind.messages.erase(std::prev(kind.messages.end()));
}

void AlikeErrors::tell() const
{
    for (const Kind& kind : m_kinds) {
        for (const QString& message : kind.messages)
            say(message);
        if (kind.count > kind.messages.size())
            say(QStringLiteral("the same of %1 more files; --verbose lists them")
                    .arg(kind.count - kind.messages.size()));
    }
}

#include "core/catalog/media_directory.h"

#include <QDir>
#include <QFileInfo>

namespace catalog {

namespace {

/// What names have in common however a disk was made: "im1.;1" and "IM1" are the same (ISO 9660).
QString comparable(QString name)
{
    if (const qsizetype version = name.lastIndexOf(u';'); version > 0)
        name.truncate(version);
    while (name.endsWith(u'.'))
        name.chop(1);
    return name.toCaseFolded();
}

bool staysInFolder(const QStringList& fileId)
{
    return std::none_of(fileId.begin(), fileId.end(), [](const QString& component) {
        return component.isEmpty() || component == u"." || component == u".." || component.contains(u'/')
            || component.contains(u'\\') || component.contains(u':') || component.contains(QChar(0));
    });
}

} // namespace

MediaDirectory::MediaDirectory(const QString& path)
    : m_folder(QDir::cleanPath(QFileInfo(path).absolutePath()))
    , m_canonical(QFileInfo(m_folder).canonicalFilePath())
{
}

MediaDirectory::Reference MediaDirectory::resolve(const QStringList& fileId)
{
    const QString stated = m_folder + u'/' + fileId.join(u'/');
    const auto outside = QStringLiteral("is listed in a DICOMDIR but lies outside its folder");
    if (!staysInFolder(fileId))
        return {stated, outside};
    QString path = m_folder;
    for (const QString& component : fileId) {
        const QString name = nameIn(path, component);
        if (name.isEmpty())
            return {stated, QStringLiteral("is listed in a DICOMDIR but does not exist")};
        path += u'/' + name;
    }
    // A link may lead anywhere.
    if (const QString canonical = QFileInfo(path).canonicalFilePath(); !canonical.isEmpty()
        && !canonical.startsWith(m_canonical.endsWith(u'/') ? m_canonical : m_canonical + u'/'))
        return {stated, outside};
    return {path, {}};
}

QString MediaDirectory::nameIn(const QString& folder, const QString& component)
{
    if (QFileInfo::exists(folder + u'/' + component))
        return component;
    auto known = m_names.find(folder);
    if (known == m_names.end()) {
        QHash<QString, QString> names;
        const auto filters = QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System;
        for (const QString& name : QDir(folder).entryList(filters, QDir::Name | QDir::Reversed))
            names.insert(comparable(name), name);
        known = m_names.insert(folder, names);
    }
    return known->value(comparable(component));
}

} // namespace catalog

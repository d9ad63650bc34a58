#include "core/catalog/instance.h"

#include "core/base/exact_text.h"

namespace catalog {

namespace {

/// What stands before the names of the files in it.
QString prefixOf(const QString& folder)
{
    return folder.endsWith(u'/') ? folder : folder + u'/';
}

} // namespace

QString Instance::path() const
{
    return m_below.startsWith('/') ? fromExactUtf8(m_below.sliced(1))
                                   : prefixOf(m_root) + fromExactUtf8(m_below);
}

void Instance::setPath(const QString& path, const QString& root)
{
    const QString prefix = prefixOf(root);
    const bool isBelow = !root.isEmpty() && path.size() > prefix.size() && path.startsWith(prefix)
        && path[prefix.size()] != u'/';
    m_root = root;
    m_below = isBelow ? QStringView(path).sliced(prefix.size()).toUtf8() : '/' + path.toUtf8();
    m_below.squeeze(); // it stays as long as the file is open
}

bool Instance::isBefore(const Instance& a, const Instance& b)
{
    if (a.m_root == b.m_root && a.m_below.startsWith('/') == b.m_below.startsWith('/'))
        return a.m_below < b.m_below;
    return a.path().toUtf8() < b.path().toUtf8();
}

Result<std::shared_ptr<const dicom::LoadedFile>> Instance::load() const
{
    if (content)
        return content;
    const QString path = this->path();
    auto file = dicom::readFile(path);
    if (!file)
        return file.error();
    if (file->stamp != stamp)
        return Error{Error::Kind::Changed, QStringLiteral("was changed on disk since it was read"),
                     QStringLiteral("Close it and open it again"), path};
    return std::make_shared<const dicom::LoadedFile>(std::move(file).value());
}

Instance instanceOf(dicom::LoadedFile file, InstanceId id, const QString& root)
{
    Instance instance;
    instance.id = id;
    instance.setPath(file.path, root);
    instance.stamp = file.stamp;
    instance.content = std::make_shared<const dicom::LoadedFile>(std::move(file));
    return instance;
}

} // namespace catalog

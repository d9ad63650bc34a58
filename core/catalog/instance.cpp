#include "core/catalog/instance.h"

namespace catalog {

Result<std::shared_ptr<const dicom::LoadedFile>> Instance::load() const
{
    if (content)
        return content;
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
    instance.root = root;
    instance.path = file.path;
    instance.stamp = file.stamp;
    instance.content = std::make_shared<const dicom::LoadedFile>(std::move(file));
    return instance;
}

} // namespace catalog

#include "core/write/destination.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

namespace writer {

namespace {

QString cleaned(const QString& path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

/// The path with links resolved as far as it exists.
QString resolved(const QString& path)
{
    QString rest;
    QString head = cleaned(path);
    while (!QFileInfo::exists(head) && head != QFileInfo(head).path()) {
        rest = u'/' + QFileInfo(head).fileName() + rest;
        head = QFileInfo(head).path();
    }
    const QString canonical = QFileInfo(head).canonicalFilePath();
    return QDir::cleanPath((canonical.isEmpty() ? head : canonical) + rest);
}

bool isInside(const QString& path, const QString& folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

QString withSuffix(const QString& path, const QString& suffix)
{
    const QFileInfo info(path);
    // Of names such as 1.2.840.10008 the part behind the last dot is no file type.
    const QString extension = info.suffix();
    const bool isType =
        !extension.isEmpty() && !info.completeBaseName().isEmpty() && !extension.at(0).isDigit();
    const QString base = isType ? info.completeBaseName() : info.fileName();
    return info.path() + u'/' + base + suffix + (isType ? u'.' + extension : QString());
}

/// One folder below the new root (or for the backups) for each opened folder: its name, with a number where
/// two have the same.
class RootNames {
public:
    QString nameFor(const QString& root)
    {
        QString& name = m_names[root];
        if (name.isEmpty()) {
            const QString wanted =
                QFileInfo(root).fileName().isEmpty() ? QStringLiteral("root") : QFileInfo(root).fileName();
            name = wanted;
            for (int i = 1; m_taken.contains(name); ++i)
                name = QStringLiteral("%1_%2").arg(wanted).arg(i);
            m_taken.insert(name);
        }
        return name;
    }

private:
    QHash<QString, QString> m_names;
    QSet<QString> m_taken;
};

class Planner {
public:
    explicit Planner(const Destination& destination)
        : m_destination(destination)
    {
    }

    Plan plan(const QList<catalog::InstancePtr>& instances)
    {
        if (!checkDestination(instances))
            return m_plan;
        if (m_destination.kind == Kind::Overwrite && !m_destination.keepOriginalsIn.isEmpty())
            m_plan.originals = resolved(m_destination.keepOriginalsIn);
        m_plan.files.reserve(instances.size());
        for (const auto& instance : instances)
            add(instance);
        findCollisions();
        return m_plan;
    }

private:
    using Kind = Destination::Kind;

    void problem(const QString& reason, const QString& remedy, const QString& file = {})
    {
        m_plan.problems << Error{Error::Kind::Unwritable, reason, remedy, file};
    }

    bool checkDestination(const QList<catalog::InstancePtr>& instances)
    {
        const bool suffixed =
            m_destination.kind == Kind::AdjacentFolder || m_destination.kind == Kind::SameFolder;
        if (suffixed && (m_destination.suffix.isEmpty() || m_destination.suffix.contains(u'/')))
            problem(QStringLiteral("The suffix must have at least one character and no slash"),
                    QStringLiteral("Type a suffix such as -anon"));
        if (m_destination.kind == Kind::NewRoot && m_destination.root.isEmpty())
            problem(QStringLiteral("No folder was chosen"), QStringLiteral("Choose the folder to write to"));
        const QString outside = m_destination.kind == Kind::NewRoot ? m_destination.root
            : m_destination.kind == Kind::Overwrite                 ? m_destination.keepOriginalsIn
                                                                    : QString();
        if (!outside.isEmpty())
            checkOutside(outside, instances);
        return m_plan.problems.isEmpty();
    }

    void checkOutside(const QString& folder, const QList<catalog::InstancePtr>& instances)
    {
        const QString target = resolved(folder);
        QStringList roots;
        QStringList targets{target};
        for (const auto& instance : instances) {
            const QString inTarget = target + u'/' + m_roots.nameFor(instance->root());
            if (!targets.contains(inTarget))
                targets << inTarget;
            if (!instance->openedAlone && !roots.contains(instance->root()))
                roots << instance->root();
        }
        for (const QString& root : std::as_const(roots)) {
            const QString opened = resolved(root);
            const auto inside = std::find_if(targets.cbegin(), targets.cend(), [&](const QString& one) {
                return isInside(resolved(one), opened);
            });
            if (inside != targets.cend())
                problem(QStringLiteral("lies inside the opened folder %1").arg(root),
                        QStringLiteral("Choose a folder outside of it"), *inside);
        }
        if (QFileInfo::exists(target) && !QFileInfo(target).isDir())
            problem(QStringLiteral("is a file, not a folder"), QStringLiteral("Choose another folder"),
                    folder);
    }

    void add(const catalog::InstancePtr& instance)
    {
        PlannedFile file;
        file.instance = instance;
        file.source = resolved(instance->path());
        file.target = targetOf(*instance, file.source);
        if (const auto done = m_destination.finished.constFind(file.target);
            done != m_destination.finished.constEnd()) {
            const std::pair now{instance->stamp.size, instance->stamp.modifiedNs};
            if (done->first >= 0 && *done != now)
                problem(QStringLiteral("was made from another file before the interruption"),
                        QStringLiteral("Choose another folder, or bring the save there to an end first"),
                        file.target);
            m_plan.finished << file.target;
            return;
        }
        file.base = baseOf(*instance, file);
        if (m_destination.kind == Kind::Overwrite && !m_destination.keepOriginalsIn.isEmpty())
            file.backup = below(m_destination.keepOriginalsIn, *instance);
        if (m_destination.kind == Kind::Overwrite)
            warnOfLinks(file);
        const auto stamp = dicom::stampOf(instance->path());
        if (!stamp || *stamp != instance->stamp)
            m_plan.warnings << Error{
                Error::Kind::Changed,
                QStringLiteral("was changed on disk since it was read and will not be written"),
                QStringLiteral("Close it and open it again"), instance->path()};
        m_plan.files << file;
    }

    QString targetOf(const catalog::Instance& instance, const QString& source)
    {
        switch (m_destination.kind) {
        case Kind::Overwrite:
            return source;
        case Kind::SameFolder:
            return withSuffix(cleaned(instance.path()), m_destination.suffix);
        case Kind::AdjacentFolder:
            return cleaned(instance.root()) + m_destination.suffix + u'/' + relative(instance);
        case Kind::NewRoot:
            return below(m_destination.root, instance);
        }
        return {};
    }

    /// The folder that the save is in, as the user would say; what links lead elsewhere is saved where it is.
    QString baseOf(const catalog::Instance& instance, const PlannedFile& file)
    {
        const QString folder = m_destination.kind == Kind::NewRoot ? resolved(m_destination.root)
            : m_destination.kind == Kind::AdjacentFolder ? cleaned(instance.root()) + m_destination.suffix
                                                         : resolved(instance.root());
        return isInside(file.target, folder) ? folder : QFileInfo(file.target).path();
    }

    static QString relative(const catalog::Instance& instance)
    {
        return QDir(instance.root()).relativeFilePath(instance.path());
    }

    QString below(const QString& folder, const catalog::Instance& instance)
    {
        return resolved(folder) + u'/' + m_roots.nameFor(instance.root()) + u'/' + relative(instance);
    }

    void warnOfLinks(const PlannedFile& file)
    {
        std::error_code code;
        const auto links =
            std::filesystem::hard_link_count(QFile::encodeName(file.source).toStdString(), code);
        if (!code && links > 1)
            m_plan.warnings << Error{
                Error::Kind::Changed,
                QStringLiteral("has %1 other names (hard links); they keep the old content").arg(links - 1),
                QStringLiteral("Delete or save the other names as well"), file.source};
    }

    void findCollisions()
    {
        findDoubles();
        for (const PlannedFile& file : std::as_const(m_plan.files)) {
            if (m_destination.kind != Kind::Overwrite && QFileInfo::exists(file.target))
                problem(QStringLiteral("exists already"), QStringLiteral("Choose another folder or name"),
                        file.target);
            if (!file.backup.isEmpty() && QFileInfo::exists(file.backup))
                problem(QStringLiteral("exists already"),
                        QStringLiteral("Choose another folder for the originals"), file.backup);
        }
    }

    /// Files with the same target. Only what has the same hash is compared: there may be millions of them.
    void findDoubles()
    {
        std::vector<std::pair<size_t, qsizetype>> byHash;
        byHash.reserve(static_cast<size_t>(m_plan.files.size()));
        for (qsizetype i = 0; i < m_plan.files.size(); ++i)
            byHash.emplace_back(qHash(m_plan.files.target(i)), i);
        std::sort(byHash.begin(), byHash.end());
        std::map<QString, QList<qsizetype>> byTarget;
        for (size_t i = 0; i < byHash.size(); ++i) {
            const bool isAlone = (i == 0 || byHash[i - 1].first != byHash[i].first)
                && (i + 1 == byHash.size() || byHash[i + 1].first != byHash[i].first);
            if (!isAlone)
                byTarget[m_plan.files.target(byHash[i].second)] << byHash[i].second;
        }
        for (const auto& [target, numbers] : byTarget)
            for (qsizetype i = 1; i < numbers.size(); ++i)
                problem(QStringLiteral("would be written twice, from %1 and %2")
                            .arg(m_plan.files[numbers[i - 1]].source, m_plan.files[numbers[i]].source),
                        QStringLiteral("Save one of them elsewhere"), target);
    }

    const Destination& m_destination;
    RootNames m_roots;
    Plan m_plan;
};

} // namespace

Plan plan(const QList<catalog::InstancePtr>& instances, const Destination& destination)
{
    return Planner(destination).plan(instances);
}

QString freeSuffix(const QList<catalog::InstancePtr>& instances, Destination::Kind kind,
                   const QString& suffix)
{
    using Kind = Destination::Kind;
    const auto isTaken = [&](const QString& tried) {
        return std::any_of(instances.begin(), instances.end(), [&](const catalog::InstancePtr& instance) {
            const QString target = kind == Kind::AdjacentFolder
                ? cleaned(instance->root()) + tried + u'/'
                    + QDir(instance->root()).relativeFilePath(instance->path())
                : withSuffix(cleaned(instance->path()), tried);
            return QFileInfo::exists(target);
        });
    };
    if (kind != Kind::AdjacentFolder && kind != Kind::SameFolder)
        return suffix;
    QString tried = suffix;
    for (int number = 2; number < 1000 && isTaken(tried); ++number)
        tried = QStringLiteral("%1-%2").arg(suffix).arg(number);
    return tried;
}

} // namespace writer

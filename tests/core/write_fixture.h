#pragma once

#include "core/catalog/scan.h"
#include "core/write/writer.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <numeric>

namespace testing_support {

using namespace writer;
using Kind = Destination::Kind;

/// A folder "in" with two images, to be saved with another name of the patient.
class WriterTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        add(QStringLiteral("in/a.dcm"), ctImage(1, 1, 1));
        add(QStringLiteral("in/sub/b"), ctImage(1, 1, 2));
    }

    QString at(const QString& name) const { return QDir(m_folder.path()).canonicalPath() + u'/' + name; }
    void add(const QString& name, const dicom::DataSet& content) { writeFile(at(name), dicomBytes(content)); }

    QList<catalog::InstancePtr> opened(const QStringList& names = {QStringLiteral("in")})
    {
        QStringList paths;
        for (const QString& name : names)
            paths << at(name);
        QList<catalog::InstancePtr> instances;
        catalog::scan(paths, {}, false,
                      [&](const catalog::ScanBatch& batch) { instances += batch.instances(); });
        return numbered(std::move(instances));
    }

    static QList<catalog::InstancePtr> numbered(QList<catalog::InstancePtr> instances)
    {
        std::sort(instances.begin(), instances.end(),
                  [](const auto& a, const auto& b) { return a->path() < b->path(); });
        for (qsizetype i = 0; i < instances.size(); ++i) {
            auto copy = std::make_shared<catalog::Instance>(*instances[i]);
            copy->id = static_cast<int>(i);
            instances[i] = copy;
        }
        return instances;
    }

    /// One edit of the first `count` instances.
    static edit::EditList edits(int count = 4)
    {
        edit::InstanceIds ids(count);
        std::iota(ids.begin(), ids.end(), 0);
        const auto name = *dicom::AttributePath::parse(u"(0010,0010)");
        return {std::make_shared<const edit::Edit>(edit::Edit{
            QStringLiteral("Assign"), ids,
            QList<edit::AttributeOperation>{{name, edit::Action::Assign, QStringLiteral("Sarcoidosis")}}})};
    }

    WriteReport save(const Plan& plan, const std::atomic<bool>& cancel = false,
                     const WriteOptions& options = {})
    {
        edit::Evaluator evaluator({});
        return write(plan, edits(static_cast<int>(plan.files.size())), evaluator, options, cancel,
                     [](int, int) {});
    }

    /// Files below the folder, temporary ones included, sources left out.
    QStringList files() const
    {
        QStringList found;
        QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext())
            found << QDir(m_folder.path()).relativeFilePath(all.next());
        found.sort();
        return found;
    }

    QString nameIn(const QString& file) const
    {
        const auto read = dicom::readFile(at(file));
        return read ? QString::fromLatin1(read->dataSet.bytes(dicom::tags::PatientName))
                    : read.error().message();
    }

    QTemporaryDir m_folder;
};

inline Destination to(Destination::Kind kind, const QString& root = {})
{
    Destination destination;
    destination.kind = kind;
    destination.root = root;
    return destination;
}

} // namespace testing_support

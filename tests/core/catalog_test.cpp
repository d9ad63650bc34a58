#include "core/catalog/catalog.h"
#include "core/catalog/scan.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace catalog;
using namespace testing_support;

namespace {

InstancePtr instance(int id, const dicom::DataSet& dataSet)
{
    dicom::LoadedFile file;
    file.path = QStringLiteral("/in/%1").arg(id, 3, 10, QLatin1Char('0'));
    file.dataSet = dataSet;
    return std::make_shared<const Instance>(instanceOf(std::move(file), id));
}

void print(const Node& node, QStringList& lines, int depth = 0)
{
    for (const auto& child : node.children) {
        lines << QString(qsizetype{2} * depth, u' ') + label(child->level, child->keys, child->instanceCount);
        print(*child, lines, depth + 1);
    }
}

QString tree(const Catalog& catalog)
{
    QStringList lines;
    print(catalog.root(), lines);
    return lines.join(u'\n');
}

} // namespace

TEST(Catalog, GroupsAndSortsByNumbers)
{
    Catalog catalog;
    int id = 0;
    for (const int series : {10, 2})
        for (const int number : {11, 2, 1})
            catalog.add(instance(id++, ctImage(1, series, number)));
    EXPECT_EQ(tree(catalog).toStdString(), R"(Doe^Jane  (MRN1)
  2014-01-29  CT Chest
    2  CT  Lung 2  (3)
      1
      2
      11
    10  CT  Lung 10  (3)
      1
      2
      11)");
    EXPECT_EQ(catalog.count(Node::Level::Series), 2);
    EXPECT_EQ(catalog.count(Node::Level::Instance), 6);
}

TEST(Catalog, ForgetsNodesThatBecomeEmpty)
{
    Catalog catalog;
    catalog.add(instance(0, ctImage(1, 1, 1)));
    catalog.add(instance(1, ctImage(2, 1, 1)));
    catalog.remove(0);
    EXPECT_EQ(catalog.count(Node::Level::Study), 1);
    EXPECT_EQ(catalog.root().instanceCount, 1);
    catalog.remove(1);
    catalog.remove(1);
    EXPECT_TRUE(catalog.root().children.empty());
    EXPECT_NE(catalog.add(instance(2, ctImage(1, 1, 1))), nullptr);
}

namespace {

/// Looks at the whole tree whenever something is to be removed, as views do.
struct Onlooker : catalog::CatalogObserver {
    const Catalog* catalog = nullptr;
    int removals = 0;
    bool sawEmptyGroup = false;

    void look(const Node& node)
    {
        if (node.level != Node::Level::Root && !node.instance && node.children.empty())
            sawEmptyGroup = true;
        for (const auto& child : node.children)
            look(*child);
    }
    void aboutToInsert(const Node&, int) override {}
    void inserted() override {}
    void aboutToRemove(const Node&, int) override { ++removals, look(catalog->root()); }
    void removed() override { look(catalog->root()); }
};

} // namespace

TEST(Catalog, RemovesWhatBecomesEmptyInOneStep)
{
    Catalog catalog;
    catalog.add(instance(0, ctImage(1, 1, 1)));
    catalog.add(instance(1, ctImage(1, 2, 1)));
    Onlooker onlooker;
    onlooker.catalog = &catalog;
    catalog.setObserver(&onlooker);
    catalog.remove(0);
    EXPECT_EQ(onlooker.removals, 1);
    catalog.remove(1);
    EXPECT_EQ(onlooker.removals, 2);
    EXPECT_FALSE(onlooker.sawEmptyGroup);
    EXPECT_EQ(catalog.count(Node::Level::Series), 0);
}

TEST(Catalog, MarksDuplicates)
{
    Catalog catalog;
    catalog.add(instance(0, ctImage(1, 1, 1)));
    EXPECT_FALSE(catalog.node(0)->duplicate);
    catalog.add(instance(1, ctImage(1, 1, 1)));
    EXPECT_TRUE(catalog.node(0)->duplicate);
    EXPECT_EQ(catalog.duplicatesOf(1), InstanceIds{0});
    catalog.remove(1);
    EXPECT_FALSE(catalog.node(0)->duplicate);
}

TEST(Catalog, LabelsSayWhenThereIsNothing)
{
    Catalog catalog;
    catalog.add(instance(0, dicom::DataSet()));
    EXPECT_EQ(tree(catalog).toStdString(), "No name, no ID\n  (no date)\n    (1)\n      (no number)");
}

namespace {

struct ScanResult {
    QStringList loaded, issues;
    int found = 0;
};

ScanResult scanned(const QStringList& paths, const QSet<QString>& known = {})
{
    dicom::initialiseLibrary();
    ScanResult result;
    const QString base = QFileInfo(paths.first()).absolutePath();
    scan(paths, known, false, [&](const ScanBatch& batch) {
        for (const auto& found : batch.instances())
            result.loaded << QDir(base).relativeFilePath(found->path());
        for (const Issue& issue : batch.issues)
            result.issues << QDir(base).relativeFilePath(issue.path) + u' ' + issue.reason;
        result.found = batch.found;
    });
    result.loaded.sort();
    result.issues.sort();
    return result;
}

} // namespace

TEST(Scan, FindsFilesByContentInAllFolders)
{
    QTemporaryDir folder;
    const QDir dir(folder.path());
    writeFile(dir.filePath(QStringLiteral("in/a/no-suffix")), dicomBytes(ctImage(1, 1, 1)));
    writeFile(dir.filePath(QStringLiteral("in/b/.hidden.txt")), dicomBytes(ctImage(1, 1, 2)));
    writeFile(dir.filePath(QStringLiteral("in/notes.dcm")), "no DICOM in here, whatever its name says");
    const ScanResult result = scanned({dir.filePath(QStringLiteral("in"))});
    EXPECT_EQ(result.loaded,
              (QStringList{QStringLiteral("in/a/no-suffix"), QStringLiteral("in/b/.hidden.txt")}));
    EXPECT_EQ(result.issues, QStringList{QStringLiteral("in/notes.dcm is not a DICOM file")});
    EXPECT_EQ(result.found, 3);
}

TEST(Scan, SeesEachFileOnceWhateverLinksLeadToIt)
{
    QTemporaryDir folder;
    const QDir dir(folder.path());
    writeFile(dir.filePath(QStringLiteral("in/a")), dicomBytes(ctImage(1, 1, 1)));
    QFile::link(dir.filePath(QStringLiteral("in")), dir.filePath(QStringLiteral("in/loop")));
    QFile::link(dir.filePath(QStringLiteral("in/a")), dir.filePath(QStringLiteral("in/b")));
    QFile::link(dir.filePath(QStringLiteral("gone")), dir.filePath(QStringLiteral("in/c")));
    const ScanResult result =
        scanned({dir.filePath(QStringLiteral("in")), dir.filePath(QStringLiteral("in/a"))});
    EXPECT_EQ(result.loaded, QStringList{QStringLiteral("in/a")});
    EXPECT_EQ(result.issues, QStringList{QStringLiteral("in/c is a link that leads nowhere")});
    EXPECT_TRUE(scanned({dir.filePath(QStringLiteral("in/a"))},
                        {QFileInfo(dir.filePath(QStringLiteral("in/a"))).canonicalFilePath()})
                    .loaded.isEmpty());
}

TEST(TreeKeys, OfOneDataSetAfterTheOtherAreTheSame)
{
    const auto latin = testing_support::dataSet(
        QStringLiteral("(0008,0005) CS ISO_IR 100\n(0008,0018) UI 1.1\n(0010,0010) PN Müller^Anna\n"));
    auto unicode = latin; // the same bytes mean something else
    unicode.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, "ISO_IR 192");
    auto next = latin;
    next.set(dicom::tags::SOPInstanceUID, dicom::Vr::UI, "1.2");
    auto nameless = next;
    nameless.remove(dicom::tags::PatientName);
    TreeKeysReader reader;
    for (const auto& dataSet : {latin, next, unicode, nameless, latin})
        EXPECT_EQ(reader.read(dataSet), treeKeysOf(dataSet));
    EXPECT_EQ(treeKeysOf(latin).patientName, u"Müller^Anna");
    EXPECT_NE(treeKeysOf(unicode).patientName, u"Müller^Anna");
}

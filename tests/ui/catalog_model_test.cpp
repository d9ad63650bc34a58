#include "ui/catalog/catalog_model.h"

#include "tests/ui/session_fixture.h"

#include <QAbstractItemModelTester>

namespace {

class CatalogModelTest : public ::testing::Test {
protected:
    CatalogModelTest()
    {
        m_folder.addImage(QStringLiteral("a/1"), 1, 1, 1);
        m_folder.addImage(QStringLiteral("a/2"), 1, 1, 2);
        m_folder.addImage(QStringLiteral("a/3"), 1, 2, 3);
        m_folder.addImage(QStringLiteral("b/4"), 2, 3, 4, {}, QStringLiteral("Roe^Richard"));
    }

    QModelIndex find(const QString& label, const QModelIndex& parent = {}) const
    {
        for (int row = 0; row < m_model.rowCount(parent); ++row) {
            const QModelIndex index = m_model.index(row, 0, parent);
            if (index.data().toString().contains(label))
                return index;
            if (const QModelIndex below = find(label, index); below.isValid())
                return below;
        }
        return {};
    }

    DataFolder m_folder;
    edit::Session m_session;
    ui::CatalogModel m_model{m_session};
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(CatalogModelTest, FollowsTheCatalogAsFilesAreOpenedAndClosed)
{
    openAndWait(m_session, m_folder.path());
    EXPECT_EQ(m_model.rowCount(), 2);
    const QModelIndex jane = find(QStringLiteral("Doe^Jane"));
    EXPECT_EQ(m_model.instancesBelow({jane}).size(), 3);
    EXPECT_EQ(m_model.instancesBelow({jane, find(QStringLiteral("Roe^Richard"))}).size(), 4);
    EXPECT_EQ(m_model.instancesBelow({jane, m_model.index(0, 0, jane)}).size(), 3) << "each once";

    m_session.close(m_model.instancesBelow({jane}));
    EXPECT_EQ(m_model.rowCount(), 1);
    m_session.close(m_session.allIds());
    EXPECT_EQ(m_model.rowCount(), 0);
}

TEST_F(CatalogModelTest, SelectsTheFewestRowsThatStandForInstances)
{
    openAndWait(m_session, m_folder.path());
    const QModelIndex jane = find(QStringLiteral("Doe^Jane"));
    const auto ids = m_model.instancesBelow({jane});
    const QItemSelection whole = m_model.selectionOf(ids);
    ASSERT_EQ(whole.indexes().size(), 1);
    EXPECT_EQ(whole.indexes().first(), jane);

    const QModelIndex study = m_model.index(0, 0, jane);
    const QModelIndex series = m_model.index(0, 0, study);
    ASSERT_EQ(m_model.rowCount(series), 2);
    const QModelIndex second = m_model.index(1, 0, series);
    EXPECT_EQ(m_model.selectionOf(m_model.instancesBelow({second})).indexes(), QModelIndexList{second});
    const auto mixed = m_model.instancesBelow({second, m_model.index(1, 0, study)});
    EXPECT_EQ(m_model.instancesBelow(m_model.selectionOf(mixed).indexes()), mixed);
    EXPECT_TRUE(m_model.selectionOf({}).isEmpty());
}

TEST_F(CatalogModelTest, LabelsFollowEditsAndAreMarked)
{
    openAndWait(m_session, m_folder.path());
    const QModelIndex jane = find(QStringLiteral("Doe^Jane"));
    EXPECT_FALSE(jane.data(ui::CatalogModel::EditedRole).toBool());
    const QList<edit::AttributeOperation> operations{{dicom::AttributePath(dicom::tags::PatientName),
                                                      edit::Action::Assign, QStringLiteral("Sarcoidosis")}};
    m_session.append(std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Assign"), m_model.instancesBelow({jane}), operations}));
    ASSERT_TRUE(waitFor([&] { return m_session.editedCount() == 3; }));
    EXPECT_TRUE(jane.data().toString().startsWith(QStringLiteral("Sarcoidosis")));
    EXPECT_TRUE(jane.data(ui::CatalogModel::EditedRole).toBool());
    EXPECT_TRUE(jane.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Doe^Jane")));
    EXPECT_FALSE(find(QStringLiteral("Roe^Richard")).data(ui::CatalogModel::EditedRole).toBool());

    m_session.takeLast();
    ASSERT_TRUE(waitFor([&] { return m_session.editedCount() == 0; }));
    EXPECT_TRUE(jane.data().toString().startsWith(QStringLiteral("Doe^Jane")));
    EXPECT_FALSE(jane.data(ui::CatalogModel::EditedRole).toBool());
}

TEST_F(CatalogModelTest, PatientsWithoutNamesAreToldApart)
{
    m_folder.addImage(QStringLiteral("c/5"), 5, 5, 5, QStringLiteral("(0010,0020) LO MRN5\n"),
                      QStringLiteral("Poe^Edgar"));
    openAndWait(m_session, m_folder.path());
    const auto clear = [&](const char* path) {
        m_session.append(std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Clear"), m_session.allIds(),
                       QList<edit::AttributeOperation>{
                           {*dicom::AttributePath::parse(QString::fromLatin1(path)), edit::Action::Clear}}}));
    };
    const auto labels = [&] {
        QStringList texts;
        for (int row = 0; row < m_model.rowCount(); ++row)
            texts << m_model.index(row, 0).data().toString();
        return texts.join(QStringLiteral(" | "));
    };
    clear("(0010,0010)");
    EXPECT_TRUE(waitFor([&] { return labels().contains(QStringLiteral("No name, ID MRN5")); }))
        << labels().toStdString();
    clear("(0010,0020)");
    EXPECT_TRUE(waitFor([&] {
        return labels() == u"No name, no ID (1) | No name, no ID (2) | No name, no ID (3)";
    })) << labels().toStdString();
}

TEST_F(CatalogModelTest, DuplicatesAreMarked)
{
    m_folder.addImage(QStringLiteral("copy/1"), 1, 1, 1);
    openAndWait(m_session, m_folder.path());
    EXPECT_TRUE(find(QStringLiteral("duplicate")).isValid());
}

} // namespace

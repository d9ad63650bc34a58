#include "ui/attributes/attribute_model.h"

#include "tests/ui/session_fixture.h"
#include "ui/attributes/attribute_filter.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QSignalSpy>

namespace {

using ui::AttributeFilter;
using ui::AttributeModel;

const QString nested = QStringLiteral("(0040,0275) SQ\n"
                                      "(0040,0275)[0]/(0040,0007) LO Chest of Doe\n"
                                      "(0040,0275)[1]/(0040,0007) LO Abdomen\n"
                                      "(0019,0010) LO ACME\n"
                                      "(0019,1001) LO secret\n");

class AttributeModelTest : public ::testing::Test {
protected:
    AttributeModelTest()
    {
        m_filter.setSourceModel(&m_model);
        m_folder.addImage(QStringLiteral("1"), 1, 1, 1, nested);
        m_folder.addImage(QStringLiteral("2"), 1, 1, 2,
                          nested + QStringLiteral("(0010,4000) LT only here\n(0008,0070) LO Other\n"));
        openAndWait(m_session, m_folder.path());
    }

    void show(const edit::InstanceIds& ids)
    {
        m_model.setInstances(ids);
        ASSERT_TRUE(waitFor([&] { return m_model.isCurrent() && !m_model.isReading(); }));
    }

    edit::InstanceIds first() const
    {
        const auto all = m_session.instances(m_session.allIds());
        const bool isFirst = all[0]->path().endsWith(u'1');
        return {all[isFirst ? 0 : 1]->id};
    }

    QModelIndex at(const char* path, int column = AttributeModel::ValueColumn) const
    {
        return m_model.indexOf(*dicom::AttributePath::parse(QString::fromLatin1(path)), column);
    }

    QString value(const char* path) const { return at(path).data().toString(); }

    void open(const QModelIndex& item)
    {
        m_model.fetchMore(item);
        ASSERT_TRUE(waitFor([&] { return m_model.rowCount(item) > 0; }));
    }

    void edit(const char* path, edit::Action action, const char* text = "")
    {
        const QList<edit::AttributeOperation> operations{
            {*dicom::AttributePath::parse(QString::fromLatin1(path)), action, QString::fromUtf8(text)}};
        m_session.append(std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Edit"), m_model.instances(), operations}));
        m_model.refresh();
        ASSERT_TRUE(waitFor([&] { return m_model.isCurrent(); }));
    }

    DataFolder m_folder;
    edit::Session m_session;
    AttributeModel m_model{m_session};
    AttributeFilter m_filter;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester m_filterTester{&m_filter, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(AttributeModelTest, MergesWhatIsSelected)
{
    show(m_session.allIds());
    EXPECT_EQ(value("(0010,0010)"), u"Doe^Jane");
    EXPECT_EQ(value("(0010,4000)"), u"only here  in 1 of 2 files");
    EXPECT_TRUE(value("(0020,0013)").startsWith(QStringLiteral("2 values: ")));
    EXPECT_EQ(value("(0040,0275)"), u"2 items");
    EXPECT_EQ(at("(0010,0010)", AttributeModel::ActionColumn).data().toString(), u"Keep");
    EXPECT_EQ(at("(0002,0010)", AttributeModel::ActionColumn).data().toString(), u"");
    EXPECT_EQ(m_model.index(0, 0).data().toString().left(5), u"(0002");
    EXPECT_EQ(at("(0019,1001 \"ACME\")", AttributeModel::NameColumn).data().toString(), u"Unknown  ACME");
    show({});
    EXPECT_EQ(m_model.rowCount(), 0);
}

TEST_F(AttributeModelTest, RowsSurviveAnotherSelection)
{
    show(m_session.allIds());
    const QPersistentModelIndex name(at("(0010,0010)"));
    const QPersistentModelIndex comments(at("(0010,4000)"));
    QSignalSpy resets(&m_model, &QAbstractItemModel::modelReset);
    show(first());
    EXPECT_TRUE(name.isValid());
    EXPECT_FALSE(comments.isValid());
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(name, at("(0010,0010)"));
}

TEST_F(AttributeModelTest, TextThatCouldOnlyBeGuessedIsMarked)
{
    // Declared as nothing but ASCII, and written as UTF-8.
    m_folder.addImage(QStringLiteral("3"), 1, 1, 3);
    dicom::DataSet image = testing_support::ctImage(1, 1, 4);
    image.remove(dicom::tags::SpecificCharacterSet);
    image.set(dicom::tags::StudyDescription, dicom::Vr::LO, "M\xC3\xBCller ");
    m_folder.add(QStringLiteral("4"), image);
    openAndWait(m_session, m_folder.path());
    for (const auto& instance : m_session.instances(m_session.allIds()))
        if (instance->path().endsWith(u'4'))
            show({instance->id});
    EXPECT_FALSE(at("(0008,1030)").data(Qt::DecorationRole).value<QIcon>().isNull());
    EXPECT_TRUE(at("(0008,1030)").data(Qt::ToolTipRole).toString().contains(QStringLiteral("a guess")));
    EXPECT_TRUE(at("(0010,0010)").data(Qt::DecorationRole).isNull());
}

TEST_F(AttributeModelTest, FileMetaElementsMayStandInTheDataSetToo)
{
    m_folder.addImage(QStringLiteral("odd"), 1, 1, 3,
                      QStringLiteral("(0002,0010) UI 1.2.3\n(0002,0016) AE TITLE\n"));
    openAndWait(m_session, m_folder.path());
    const auto all = m_session.instances(m_session.allIds());
    const auto odd = std::find_if(all.begin(), all.end(),
                                  [](const auto& instance) { return instance->path().endsWith(u'd'); });
    ASSERT_NE(odd, all.end());
    for (const edit::InstanceIds& ids :
         {edit::InstanceIds{(*odd)->id}, first(), m_session.allIds(), first()}) {
        show(ids);
        const auto expected = edit::merge(m_model.request(), m_session.evaluator(), std::atomic<bool>(false));
        EXPECT_EQ(m_model.attributeCount(), expected.rows.size());
    }
}

TEST_F(AttributeModelTest, SequencesOfOneImageOpenItemByItem)
{
    show(first());
    const QModelIndex sequence = at("(0040,0275)", 0);
    ASSERT_EQ(m_model.rowCount(sequence), 2);
    const QModelIndex item = m_model.index(1, 0, sequence);
    EXPECT_EQ(item.data().toString(), u"Item 2");
    EXPECT_TRUE(m_model.hasChildren(item));
    open(item);
    EXPECT_EQ(value("(0040,0275)[1]/(0040,0007)"), u"Abdomen");
    const QPersistentModelIndex kept(at("(0040,0275)[1]/(0040,0007)"));
    edit("(0040,0275)[1]/(0040,0007)", edit::Action::Assign, "Pelvis");
    EXPECT_TRUE(kept.isValid()) << "what was open stays open";
    EXPECT_EQ(value("(0040,0275)[1]/(0040,0007)"), u"Pelvis");
}

TEST_F(AttributeModelTest, SequencesOfSeveralImagesAreMergedOverAllItems)
{
    show(m_session.allIds());
    const QModelIndex sequence = at("(0040,0275)", 0);
    ASSERT_EQ(m_model.rowCount(sequence), 1);
    const QModelIndex item = m_model.index(0, 0, sequence);
    EXPECT_EQ(item.data().toString(), u"All items");
    open(item);
    EXPECT_TRUE(value("(0040,0275)[*]/(0040,0007)").startsWith(QStringLiteral("2 values: ")));
}

TEST_F(AttributeModelTest, ShowsEdits)
{
    show(first());
    const QString before = shown(m_model);
    edit("(0010,0010)", edit::Action::Delete);
    EXPECT_EQ(value("(0010,0010)"), u"Doe^Jane (deleted)");
    EXPECT_EQ(at("(0010,0010)", AttributeModel::ActionColumn).data().toString(), u"Delete");
    EXPECT_EQ(at("(0010,0010)").data(AttributeModel::StruckLengthRole).toInt(), 8);
    EXPECT_TRUE(at("(0010,0010)").data(Qt::ToolTipRole).toString().contains(QStringLiteral("Doe^Jane")));
    edit("(0040,0275)", edit::Action::Delete);
    EXPECT_EQ(m_model.rowCount(at("(0040,0275)", 0)), 0);
    m_session.takeLast();
    m_session.takeLast();
    m_model.refresh();
    ASSERT_TRUE(waitFor([&] { return m_model.isCurrent(); }));
    EXPECT_EQ(shown(m_model), before);
}

TEST_F(AttributeModelTest, ValuesAreTypedButNotSequencesOrFileMeta)
{
    show(first());
    EXPECT_TRUE(m_model.flags(at("(0010,0010)")).testFlag(Qt::ItemIsEditable));
    EXPECT_FALSE(m_model.flags(at("(0040,0275)")).testFlag(Qt::ItemIsEditable));
    EXPECT_FALSE(m_model.flags(at("(0002,0010)")).testFlag(Qt::ItemIsEditable));
    EXPECT_FALSE(m_model.flags(at("(7FE0,0010)")).testFlag(Qt::ItemIsEditable));
    QSignalSpy entered(&m_model, &AttributeModel::valueEntered);
    EXPECT_FALSE(m_model.setData(at("(0010,0010)"), QStringLiteral("Doe^Jane")))
        << "the same value is no edit";
    EXPECT_TRUE(m_model.setData(at("(0010,0010)"), QStringLiteral("HM")));
    ASSERT_EQ(entered.count(), 1);
    EXPECT_EQ(entered.first().at(1).toString(), u"HM");
    m_model.setInstances(m_session.allIds());
    EXPECT_FALSE(m_model.setData(at("(0010,0010)"), QStringLiteral("X"))) << "rows of another selection";
}

QStringList tagsShown(const AttributeFilter& filter, const QModelIndex& parent = {})
{
    QStringList tags;
    for (int row = 0; row < filter.rowCount(parent); ++row) {
        tags << filter.index(row, 0, parent).data().toString();
        tags += tagsShown(filter, filter.index(row, 0, parent));
    }
    return tags;
}

TEST_F(AttributeModelTest, FilterFindsTagKeywordNameAndValue)
{
    show(first());
    const QStringList all = tagsShown(m_filter);
    const auto found = [&](const char* text) {
        m_filter.setText(QString::fromLatin1(text));
        return tagsShown(m_filter);
    };
    EXPECT_EQ(found("0010,0010"), QStringList{QStringLiteral("(0010,0010)")});
    EXPECT_EQ(found("00100010"), QStringList{QStringLiteral("(0010,0010)")});
    EXPECT_EQ(found("PatientName"), QStringList{QStringLiteral("(0010,0010)")});
    EXPECT_EQ(found("patient's name"), QStringList{QStringLiteral("(0010,0010)")});
    EXPECT_EQ(found("secret"), QStringList{QStringLiteral("(0019,1001)")});
    EXPECT_EQ(found("nowhere at all"), QStringList{});
    EXPECT_EQ(found(""), all);
}

TEST_F(AttributeModelTest, FilterLooksIntoSequencesThatNobodyOpened)
{
    show(first());
    m_filter.setText(QStringLiteral("Abdomen"));
    m_model.setReadEverything(true);
    ASSERT_TRUE(waitFor([&] { return !m_model.isReading(); }));
    EXPECT_EQ(tagsShown(m_filter),
              (QStringList{QStringLiteral("(0040,0275)"), QStringLiteral("Item 2"),
                           QStringLiteral("(0040,0007)")}));
}

TEST_F(AttributeModelTest, FilterFindsEveryOneOfManyValues)
{
    for (int i = 10; i < 18; ++i)
        m_folder.addImage(QString::number(i), 1, 1, i, QStringLiteral("(0010,4000) LT note %1\n").arg(i));
    openAndWait(m_session, m_folder.path());
    show(m_session.allIds());
    m_filter.setText(QStringLiteral("note 17"));
    m_model.setReadEverything(true);
    ASSERT_TRUE(waitFor([&] { return !m_model.isReading(); }));
    EXPECT_EQ(tagsShown(m_filter), QStringList{QStringLiteral("(0010,4000)")});
}

TEST_F(AttributeModelTest, QuickFilters)
{
    show(m_session.allIds());
    m_filter.setKinds(AttributeFilter::Private);
    EXPECT_EQ(tagsShown(m_filter),
              (QStringList{QStringLiteral("(0019,0010)"), QStringLiteral("(0019,1001)")}));
    m_filter.setKinds(AttributeFilter::Unknown);
    EXPECT_EQ(tagsShown(m_filter), QStringList{QStringLiteral("(0019,1001)")});
    m_filter.setKinds(AttributeFilter::Differing);
    EXPECT_TRUE(tagsShown(m_filter).contains(QStringLiteral("(0020,0013)")));
    EXPECT_TRUE(tagsShown(m_filter).contains(QStringLiteral("(0010,4000)"))) << "not in all files";
    EXPECT_FALSE(tagsShown(m_filter).contains(QStringLiteral("(0010,0010)")));
    m_filter.setKinds(AttributeFilter::Identifying);
    EXPECT_TRUE(tagsShown(m_filter).contains(QStringLiteral("(0010,0010)")));
    EXPECT_FALSE(tagsShown(m_filter).contains(QStringLiteral("(0028,0010)")));
    m_filter.setKinds(AttributeFilter::Edited);
    EXPECT_EQ(tagsShown(m_filter), QStringList{});
    edit("(0010,0010)", edit::Action::Clear);
    EXPECT_EQ(tagsShown(m_filter), QStringList{QStringLiteral("(0010,0010)")});
}

TEST_F(AttributeModelTest, SortsByAnyColumnAndBackToTagOrder)
{
    show(first());
    const QStringList inOrder = tagsShown(m_filter);
    m_filter.sort(AttributeModel::NameColumn);
    EXPECT_NE(tagsShown(m_filter), inOrder);
    m_filter.sort(AttributeModel::TagColumn);
    EXPECT_EQ(tagsShown(m_filter), inOrder);
}

} // namespace

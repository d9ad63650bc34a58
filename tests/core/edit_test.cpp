#include "core/edit/edit.h"
#include "core/edit/merge.h"
#include "tests/support/data_set_text.h"

#include <gtest/gtest.h>

using namespace edit;
using dicom::AttributePath;
using testing_support::dataSet;
using testing_support::text;

namespace {

QString lines(const QStringList& all)
{
    return all.join(u'\n');
}

AttributePath path(const QString& text)
{
    const auto parsed = AttributePath::parse(text);
    EXPECT_TRUE(parsed) << text.toStdString();
    return parsed.value_or(AttributePath());
}

catalog::InstancePtr instance(int id, const QString& content)
{
    dicom::LoadedFile file;
    file.path = QStringLiteral("/study/%1").arg(id);
    file.dataSet = dataSet(content);
    return std::make_shared<const catalog::Instance>(catalog::instanceOf(std::move(file), id));
}

EditPtr edits(const QList<AttributeOperation>& operations, const InstanceIds& ids = {0})
{
    return std::make_shared<const Edit>(Edit{QStringLiteral("Edit"), ids, operations});
}

QString evaluated(const QString& content, const EditList& list)
{
    const auto result = evaluate(*instance(0, content), list, {});
    return result ? text(result->dataSet) : result.error().message();
}

const QString study =
    lines({QStringLiteral("(0010,0010) PN Doe^Jane"), QStringLiteral("(0010,0020) LO MRN1"),
           QStringLiteral("(0019,0010) LO ACME"), QStringLiteral("(0019,1001) LO one"),
           QStringLiteral("(0019,1002) LO two"), QStringLiteral("(0040,0275)[0]/(0008,0050) SH A1"),
           QStringLiteral("(0040,0275)[1]/(0008,0050) SH A2")});

} // namespace

TEST(Evaluate, TextInItemsFollowsTheItemAroundThem)
{
    // The item that holds the item declares UTF-8, the object Latin-1.
    const QString content = lines({QStringLiteral("(0008,0005) CS ISO_IR 100"),
                                   QStringLiteral("(0040,0275)[0]/(0008,0005) CS ISO_IR 192"),
                                   QStringLiteral("(0040,0275)[0]/(0040,0008)[0]/(0008,0104) LO x")});
    const auto result = evaluate(*instance(0, content),
                                 {edits({{path(QStringLiteral("(0040,0275)[0]/(0040,0008)[0]/(0008,0104)")),
                                          Action::Assign, QStringLiteral("Ж")}})},
                                 {});
    ASSERT_TRUE(result.ok()) << result.error().message().toStdString();
    QByteArrayList nested;
    dicom::forEach(result->dataSet, path(QStringLiteral("(0040,0275)[0]/(0040,0008)[0]/(0008,0104)")),
                   [&](const dicom::DataSet&, const dicom::Element& element) { nested << element.bytes(); });
    EXPECT_EQ(nested, QByteArrayList{"\xD0\x96"});
}

TEST(Evaluate, ABlockOfNobodyIsNeitherAdoptedNorOverwritten)
{
    const QString orphans =
        lines({QStringLiteral("(0019,1001) LO orphan"), QStringLiteral("(0019,1102) LO other"),
               QStringLiteral("(0019,0011) LO ACME"), QStringLiteral("(0019,1101) LO own")});
    for (const char* creator : {"NEW", "ACME"}) {
        const auto path = AttributePath(dicom::Tag{0x0019, 0x1001}, QString::fromLatin1(creator));
        const QString result =
            evaluated(orphans, {edits({{path, Action::Assign, QStringLiteral("x"), dicom::Vr::LO}})});
        EXPECT_TRUE(result.contains(u"(0019,1001) LO orphan")) << creator << '\n' << result.toStdString();
        EXPECT_EQ(result.contains(u"(0019,0010) LO"), false) << "the orphans' block stays nobody's";
    }
    const auto over = evaluated(
        orphans,
        {edits({{AttributePath(dicom::Tag{0x0019, 0x0010}), Action::Assign, QStringLiteral("NEW")}})});
    EXPECT_TRUE(over.contains(u"no creator names")) << over.toStdString();
}

TEST(Evaluate, KeepGoesByTheCreatorWhateverTheBlock)
{
    const QString content =
        lines({QStringLiteral("(0019,0010) LO OTHER"), QStringLiteral("(0019,1001) LO theirs")});
    const AttributePath path(dicom::Tag{0x0019, 0x1001}, QStringLiteral("ACME"));
    const QString result = evaluated(
        content,
        {edits({{path, Action::Assign, QStringLiteral("x"), dicom::Vr::LO}}), edits({{path, Action::Keep}})});
    EXPECT_EQ(result.trimmed(), content.trimmed()) << "what was added goes, what is another's stays";
}

TEST(Evaluate, APrivateAttributeKeepsItsRepresentationInAnotherBlock)
{
    const QString content =
        lines({QStringLiteral("(0019,0010) LO OTHER"), QStringLiteral("(0019,0011) LO ACME"),
               QStringLiteral("(0019,1001) DS 1"), QStringLiteral("(0019,1101) IS 2")});
    EXPECT_EQ(evaluated(content,
                        {edits({{path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Assign,
                                 QStringLiteral("3")}})}),
              QString(content).replace(QStringLiteral("IS 2"), QStringLiteral("IS 3")));
}

TEST(Evaluate, AssignsClearsAndDeletesAtTheTopLevel)
{
    const QString result = evaluated(
        study,
        {edits({{path(QStringLiteral("(0010,0010)")), Action::Assign, QStringLiteral("Sarcoidosis")},
                {path(QStringLiteral("(0010,0020)")), Action::Clear},
                {path(QStringLiteral("(0040,0275)")), Action::Delete},
                {path(QStringLiteral("(0008,0050)")), Action::Assign, QStringLiteral("HM")}})});
    EXPECT_EQ(result,
              lines({QStringLiteral("(0008,0050) SH HM"), QStringLiteral("(0010,0010) PN Sarcoidosis"),
                     QStringLiteral("(0010,0020) LO"), QStringLiteral("(0019,0010) LO ACME"),
                     QStringLiteral("(0019,1001) LO one"), QStringLiteral("(0019,1002) LO two")}));
}

TEST(Evaluate, ReachesOneItemOrAll)
{
    const QString one = evaluated(
        study,
        {edits({{path(QStringLiteral("(0040,0275)[1]/(0008,0050)")), Action::Assign, QStringLiteral("X")}})});
    EXPECT_TRUE(one.contains(u"[0]/(0008,0050) SH A1"));
    EXPECT_TRUE(one.contains(u"[1]/(0008,0050) SH X"));
    const QString all =
        evaluated(study, {edits({{path(QStringLiteral("(0040,0275)[*]/(0008,0050)")), Action::Delete}})});
    EXPECT_FALSE(all.contains(u"(0008,0050)"));
    EXPECT_TRUE(all.contains(u"(0040,0275) SQ 2 items"));
}

TEST(Evaluate, TheLastElementOfAPrivateBlockTakesItsCreator)
{
    const auto first = edits({{path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Delete}});
    const auto second = edits({{path(QStringLiteral("(0019,1002 \"ACME\")")), Action::Delete}});
    EXPECT_TRUE(evaluated(study, {first}).contains(u"(0019,0010) LO ACME"));
    EXPECT_FALSE(evaluated(study, {first, second}).contains(u"(0019,"));
}

TEST(Evaluate, ACreatorTakesItsBlockAlong)
{
    const auto creator = edits({{path(QStringLiteral("(0019,0010)")), Action::Delete},
                                {path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Delete}});
    const auto rest = edits({{path(QStringLiteral("(0019,1002 \"ACME\")")), Action::Delete}});
    EXPECT_FALSE(evaluated(study, {creator}).contains(u"(0019,"));
    EXPECT_FALSE(evaluated(study, {creator, rest}).contains(u"(0019,"));
}

TEST(Evaluate, AnElementWhoseCreatorAScriptTookIsStillReached)
{
    const auto parsed = script::parse(QStringLiteral("- (0019,0010)"));
    ASSERT_TRUE(parsed.script);
    const auto orphan = std::make_shared<const Edit>(Edit{QStringLiteral("Script"), {0}, parsed.script});
    EXPECT_TRUE(evaluated(study, {orphan}).contains(u"(0019,1001)"));
    EXPECT_FALSE(
        evaluated(study, {orphan, edits({{path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Delete}})})
            .contains(u"(0019,1001)"));
}

TEST(Evaluate, ABlockOfAnotherCreatorIsLeftAlone)
{
    EXPECT_EQ(evaluated(study, {edits({{path(QStringLiteral("(0019,1001 \"OTHER\")")), Action::Delete}})}),
              text(dataSet(study)));
    const QString placed = evaluated(study,
                                     {edits({{path(QStringLiteral("(0019,1001 \"OTHER\")")), Action::Assign,
                                              QStringLiteral("x"), dicom::Vr::LO}})});
    EXPECT_TRUE(placed.contains(u"(0019,0011) LO OTHER")) << placed.toStdString();
    EXPECT_TRUE(placed.contains(u"(0019,1101) LO x"));
    EXPECT_TRUE(placed.contains(u"(0019,1001) LO one"));
}

TEST(Evaluate, KeepBringsTheOriginalBack)
{
    const auto gone = edits({{path(QStringLiteral("(0010,0010)")), Action::Delete},
                             {path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Delete},
                             {path(QStringLiteral("(0019,1002 \"ACME\")")), Action::Delete},
                             {path(QStringLiteral("(0040,0275)[0]/(0008,0050)")), Action::Clear},
                             {path(QStringLiteral("(0008,0050)")), Action::Assign, QStringLiteral("new")}});
    const auto back = edits({{path(QStringLiteral("(0010,0010)")), Action::Keep},
                             {path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Keep},
                             {path(QStringLiteral("(0019,1002 \"ACME\")")), Action::Keep},
                             {path(QStringLiteral("(0040,0275)[*]/(0008,0050)")), Action::Keep},
                             {path(QStringLiteral("(0008,0050)")), Action::Keep}});
    EXPECT_EQ(evaluated(study, {gone, back}), text(dataSet(study)));
}

TEST(Evaluate, DeletesPrivateAttributesAtEveryDepth)
{
    const QString nested =
        study + QStringLiteral("\n(0040,0275)[0]/(0019,0010) LO ACME\n(0040,0275)[0]/(0019,1001) LO deep");
    const auto edit =
        std::make_shared<const Edit>(Edit{QStringLiteral("Delete All Private"), {0}, DeletePrivate{}});
    const QString result = evaluated(nested, {edit});
    EXPECT_FALSE(result.contains(u"(0019,"));
    EXPECT_TRUE(result.contains(u"[0]/(0008,0050) SH A1"));
    const auto revert = std::make_shared<const Edit>(Edit{QStringLiteral("Revert All"), {0}, RevertAll{}});
    EXPECT_EQ(evaluated(nested, {edit, revert}), text(dataSet(nested)));
}

TEST(Evaluate, TextBeyondTheCharacterSetIsRefusedOrReencoded)
{
    AttributeOperation assign{path(QStringLiteral("(0010,0010)")), Action::Assign,
                              QStringLiteral("Παπαδόπουλος")};
    EXPECT_TRUE(evaluated(study, {edits({assign})}).contains(u"character set"));
    assign.reencode = true;
    const QString result = evaluated(
        QStringLiteral("(0008,0005) CS ISO_IR 100\n(0008,1030) LO Müller\n") + study, {edits({assign})});
    EXPECT_TRUE(result.contains(u"(0008,0005) CS ISO_IR 192"));
    EXPECT_TRUE(result.contains(u"(0008,1030) LO Müller"));
    EXPECT_TRUE(result.contains(u"(0010,0010) PN Παπαδόπουλος"));
}

TEST(Evaluate, TextKeepsItsMeaningWhenTheCharacterSetIsEdited)
{
    const QString latin = QStringLiteral("(0008,0005) CS ISO_IR 100\n(0010,0010) PN Müller");
    const auto set = path(QStringLiteral("(0008,0005)"));
    EXPECT_EQ(evaluated(latin, {edits({{set, Action::Assign, QStringLiteral("ISO_IR 192")}})}),
              QStringLiteral("(0008,0005) CS ISO_IR 192\n(0010,0010) PN Müller"));
    EXPECT_EQ(evaluated(latin, {edits({{set, Action::Delete}})}), latin);
    EXPECT_TRUE(evaluated(latin, {edits({{set, Action::Assign, QStringLiteral("ISO_IR 9")}})})
                    .contains(u"unknown character set"));
    const auto unicode =
        edits({{set, Action::Assign, QStringLiteral("ISO_IR 192")},
               {path(QStringLiteral("(0010,0010)")), Action::Assign, QStringLiteral("Παπαδόπουλος")}});
    EXPECT_EQ(evaluated(latin, {unicode, edits({{path(QStringLiteral("(0010,0010)")), Action::Keep}})}),
              QStringLiteral("(0008,0005) CS ISO_IR 192\n(0010,0010) PN Müller"));
}

TEST(Evaluate, AnEditOfOtherInstancesDoesNothing)
{
    EXPECT_EQ(evaluated(study, {edits({{path(QStringLiteral("(0010,0010)")), Action::Delete}}, {1, 2})}),
              text(dataSet(study)));
}

TEST(Evaluate, TheCacheNeverChangesTheResult)
{
    const auto one = instance(0, study);
    const auto first = edits({{path(QStringLiteral("(0010,0010)")), Action::Assign, QStringLiteral("A")}});
    const auto second = edits({{path(QStringLiteral("(0010,0020)")), Action::Delete}});
    Evaluator evaluator({});
    for (const EditList& list :
         {EditList{first}, EditList{first, second}, EditList{second}, EditList{}, EditList{second, first}})
        EXPECT_EQ(text(evaluator.evaluate(*one, list)->dataSet), text(evaluate(*one, list, {})->dataSet));
}

namespace {

QString shown(const MergedAttribute& row)
{
    const char* const actions[] = {"Keep", "Assign", "Clear", "Delete"};
    return QStringLiteral("%1 %2 %3/%4 %5")
        .arg(row.path.toString(),
             row.isMixed() ? QStringLiteral("(Mixed)")
                           : QString::fromLatin1(actions[static_cast<int>(row.action())]))
        .arg(row.present)
        .arg(row.instances)
        .arg(row.summary() + (row.isDeleted() ? QStringLiteral(" (deleted)") : QString()));
}

QString merged(const MergeRequest& request)
{
    Evaluator evaluator({});
    QStringList rows;
    for (const MergedAttribute& row : merge(request, evaluator, false).rows)
        if (!row.path.isFileMeta())
            rows << shown(row);
    return rows.join(u'\n');
}

} // namespace

TEST(Merge, OneRowForEachAttributeWithItsValues)
{
    MergeRequest request;
    request.instances = {
        instance(0, QStringLiteral("(0010,0010) PN Doe\n(0020,0013) IS 1")),
        instance(1, QStringLiteral("(0010,0010) PN Doe\n(0020,0013) IS 2\n(0010,0020) LO x")),
        instance(2, QStringLiteral("(0010,0010) PN Doe\n(0020,0013) IS 10"))};
    EXPECT_EQ(merged(request),
              lines({QStringLiteral("(0010,0010) Keep 3/3 Doe"), QStringLiteral("(0010,0020) Keep 1/3 x"),
                     QStringLiteral("(0020,0013) Keep 3/3 3 values: 1, 10, 2")}));
}

TEST(Merge, ShowsWhatEditsDid)
{
    MergeRequest request;
    request.instances = {instance(0, QStringLiteral("(0010,0010) PN Doe\n(0010,0020) LO x")),
                         instance(1, QStringLiteral("(0010,0010) PN Roe\n(0010,0020) LO x"))};
    request.edits = {edits({{path(QStringLiteral("(0010,0010)")), Action::Delete}}, {0, 1}),
                     edits({{path(QStringLiteral("(0010,0020)")), Action::Clear}}, {0})};
    EXPECT_EQ(merged(request),
              lines({QStringLiteral("(0010,0010) Delete 0/2 2 values: Doe, Roe (deleted)"),
                     QStringLiteral("(0010,0020) (Mixed) 2/2 2 values: , x")}));
}

TEST(Merge, LooksIntoAllItemsOrOne)
{
    MergeRequest request;
    request.instances = {instance(0, study)};
    request.sequence = path(QStringLiteral("(0040,0275)"));
    EXPECT_EQ(merged(request), QStringLiteral("(0040,0275)[*]/(0008,0050) Keep 2/2 2 values: A1, A2"));
    request.item = 1;
    EXPECT_EQ(merged(request), QStringLiteral("(0040,0275)[1]/(0008,0050) Keep 1/1 A2"));
    Evaluator evaluator({});
}

TEST(Merge, PrivateRowsAreKeptApartByCreatorAndBlock)
{
    MergeRequest request;
    request.instances = {instance(0, QStringLiteral("(0019,0010) LO A\n(0019,1001) LO x")),
                         instance(1, QStringLiteral("(0019,0010) LO B\n(0019,1001) LO x"))};
    EXPECT_EQ(merged(request),
              lines({QStringLiteral("(0019,0010) Keep 2/2 2 values: A, B"),
                     QStringLiteral("(0019,1001 \"A\") Keep 1/2 x"),
                     QStringLiteral("(0019,1001 \"B\") Keep 1/2 x")}));
}

TEST(Merge, IsTheSameOnOneThreadAndMany)
{
    MergeRequest request;
    for (int i = 0; i < 300; ++i)
        request.instances << instance(i, QStringLiteral("(0010,0010) PN Doe\n(0020,0013) IS %1").arg(i % 7));
    Evaluator evaluator({});
    const auto one = merge(request, evaluator, false, 1).rows;
    const auto four = merge(request, evaluator, false, 4).rows;
    ASSERT_EQ(one.size(), four.size());
    for (qsizetype i = 0; i < one.size(); ++i)
        EXPECT_EQ(shown(one[i]), shown(four[i]));
}

TEST(Changes, AreListedAtEveryDepthWithBeforeAndAfter)
{
    Evaluator evaluator({});
    const auto one = instance(0, study);
    const EditList list{
        edits({{path(QStringLiteral("(0040,0275)[*]/(0008,0050)")), Action::Assign, QStringLiteral("X")},
               {path(QStringLiteral("(0010,0010)")), Action::Delete}})};
    const auto rows = changes({one}, list, evaluator, false);
    ASSERT_GT(rows.size(), 2);
    EXPECT_TRUE(rows[2].path.isFileMeta()) << "what follows from the edits comes last";
    EXPECT_EQ(shown(rows[0]), QStringLiteral("(0010,0010) Delete 0/1 Doe^Jane (deleted)"));
    EXPECT_EQ(shown(rows[1]), QStringLiteral("(0040,0275)[*]/(0008,0050) Assign 2/2 X"));
    EXPECT_EQ(rows[1].originals.size(), 2);
}

TEST(Merge, FindsTheInstancesThatHaveAValue)
{
    MergeRequest request;
    request.instances = {instance(0, QStringLiteral("(0010,0010) PN Doe")),
                         instance(1, QStringLiteral("(0010,0010) PN Roe")),
                         instance(2, QStringLiteral("(0010,0020) LO x"))};
    Evaluator evaluator({});
    const auto row = merge(request, evaluator, false).rows.first();
    EXPECT_EQ(instancesWith(request, evaluator, row.path, row.values.last()), InstanceIds{1});
    EXPECT_EQ(instancesWith(request, evaluator, row.path, DistinctValue{}), InstanceIds{2});
}

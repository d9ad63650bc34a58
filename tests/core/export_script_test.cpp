#include "core/export/export_script.h"

#include "tests/support/data_set_text.h"

#include <gtest/gtest.h>
#include <random>

using namespace edit;
using namespace exporter;
using testing_support::dataSet;
using testing_support::text;

namespace {

const std::atomic<bool> going{false};
const Context context{QByteArrayLiteral("seed")};

dicom::AttributePath path(const QString& text)
{
    const auto parsed = dicom::AttributePath::parse(text);
    EXPECT_TRUE(parsed) << text.toStdString();
    return parsed.value_or(dicom::AttributePath());
}

catalog::InstancePtr instance(int id, const QString& content)
{
    dicom::LoadedFile file;
    file.path = QStringLiteral("/study/%1").arg(id);
    file.dataSet = dataSet(content);
    return std::make_shared<const catalog::Instance>(catalog::instanceOf(std::move(file), id));
}

/// Two patients with a study each, two series in a study, two images in a series: ids 0 to 7.
QString identity(int id)
{
    return QStringLiteral("(0008,0018) UI 1.2.%1.%2.%3\n(0010,0010) PN Doe^Jane\n(0010,0020) LO P%1\n"
                          "(0020,000D) UI 1.2.%1\n(0020,000E) UI 1.2.%1.%2\n")
        .arg(id / 4)
        .arg(id / 2 % 2)
        .arg(id);
}

QList<catalog::InstancePtr> images(const QString& more = {})
{
    QList<catalog::InstancePtr> result;
    for (int id = 0; id < 8; ++id)
        result << instance(id, identity(id) + more);
    return result;
}

const InstanceIds all{0, 1, 2, 3, 4, 5, 6, 7};

EditPtr made(const Edit::Operation& operation, const InstanceIds& ids = all)
{
    return std::make_shared<const Edit>(Edit{QStringLiteral("Edit"), ids, operation});
}

EditPtr assigned(const char* where, const QString& value, const InstanceIds& ids = all)
{
    AttributeOperation operation{path(QString::fromLatin1(where)), Action::Assign, value};
    operation.reencode = true;
    return made(QList<AttributeOperation>{operation}, ids);
}

EditPtr acted(const char* where, Action action, const InstanceIds& ids = all)
{
    return made(QList<AttributeOperation>{{path(QString::fromLatin1(where)), action}}, ids);
}

EditPtr scripted(const char* source, const InstanceIds& ids = all)
{
    const auto parsed = script::parse(QString::fromUtf8(source));
    EXPECT_TRUE(parsed.script) << source;
    return made(ScriptRun(parsed.script), ids);
}

/// Empty when the script does to every original what the edits do.
QString difference(const QList<catalog::InstancePtr>& instances, const ExportedScript& exported)
{
    const auto parsed = script::parse(exported.text);
    if (!parsed.script)
        return QStringLiteral("no script: ") + exported.text;
    for (const auto& each : instances) {
        const auto byScript = script::run(*parsed.script, each->kept().dataSet, {QByteArrayLiteral("other")});
        const auto byEdits = evaluate(*each, exported.expressed, context);
        const bool same = byScript && byEdits && byScript->dataSet == byEdits->dataSet;
        if (!same)
            return QStringLiteral("%1\n--- by edits\n%2\n--- by script\n%3\n--- script\n%4")
                .arg(each->id)
                .arg(byEdits ? text(byEdits->dataSet) : byEdits.error().message(),
                     byScript ? text(byScript->dataSet) : byScript.error().message(), exported.text);
    }
    return {};
}

/// The statements of the script, when it is right and nothing was left out.
std::string exported(const QList<catalog::InstancePtr>& instances, const EditList& edits)
{
    const ExportedScript result = exportScript(instances, edits, context, going);
    const QString wrong = difference(instances, result);
    if (!wrong.isEmpty())
        return wrong.toStdString();
    QString body = result.text.section(QStringLiteral("version \"6.6\"\n\n"), 1);
    for (const LeftOut& part : result.leftOut)
        body += QStringLiteral("! %1 %2: %3\n").arg(part.edit, part.attribute, part.reason);
    return body.toStdString();
}

} // namespace

TEST(ExportScript, EditsOfAllFilesNeedNoCondition)
{
    EXPECT_EQ(
        exported(images(QStringLiteral("(0008,1030) LO Spine\n(0010,4000) LT Note")),
                 {assigned("(0010,0010)", QStringLiteral("Sarcoidosis")), acted("(0008,1030)", Action::Clear),
                  acted("(0010,4000)", Action::Delete), assigned("(0008,0050)", QStringLiteral("A\\B"))}),
        "(0008,0050) := \"A\\\\B\" // Accession Number\n"
        "(0008,1030) ?= \"\" // Study Description\n"
        "(0010,0010) := \"Sarcoidosis\" // Patient's Name\n"
        "-(0010,4000) // Patient Comments\n");
}

TEST(ExportScript, EditsOfAPartNameItByItsOriginalKeys)
{
    EXPECT_EQ(exported(images(),
                       {assigned("(0010,0020)", QStringLiteral("MRN"), {0, 1, 2, 3}),
                        assigned("(0020,000E)", QStringLiteral("1.9"), {0, 1}),
                        assigned("(0008,103E)", QStringLiteral("Two"), {2, 3, 4, 5}),
                        assigned("(0020,4000)", QStringLiteral("Here"), {1, 6})}),
              "originalPatient := (0010,0020)\n"
              "originalSeries := (0020,000E)\n"
              "originalInstance := (0008,0018)\n\n"
              "if (originalPatient = \"P0\") {\n"
              "    (0010,0020) := \"MRN\" // Patient ID\n"
              "}\n"
              "if (originalSeries = \"1.2.0.0\") {\n"
              "    (0020,000E) := \"1.9\" // Series Instance UID\n"
              "}\n"
              "if (originalInstance ~ \"1\\\\.2\\\\.0\\\\.0\\\\.1|1\\\\.2\\\\.1\\\\.1\\\\.6\") {\n"
              "    (0020,4000) := \"Here\" // Image Comments\n"
              "}\n"
              "if (originalSeries ~ \"1\\\\.2\\\\.0\\\\.1|1\\\\.2\\\\.1\\\\.0\") {\n"
              "    (0008,103E) := \"Two\" // Series Description\n"
              "}\n");
}

TEST(ExportScript, TellsWhenItHoldsOriginalKeys)
{
    const auto ofAll = exportScript(images(), {assigned("(0010,4000)", QStringLiteral("A"))}, context, going);
    EXPECT_FALSE(ofAll.namesOriginals);
    EXPECT_FALSE(ofAll.text.contains(u"original IDs"));
    const auto ofOne =
        exportScript(images(), {assigned("(0010,4000)", QStringLiteral("A"), {0})}, context, going);
    EXPECT_TRUE(ofOne.namesOriginals);
    EXPECT_TRUE(ofOne.text.section(u'\n', 1, 1).contains(u"original IDs or UIDs"))
        << ofOne.text.toStdString();
    const auto scriptOfOne =
        exportScript(images(), {scripted("version \"6.6\"\n(0010,4000) := \"A\"\n", {0})}, context, going);
    EXPECT_TRUE(scriptOfOne.namesOriginals);
}

TEST(ExportScript, OnlyTheLastEffectCounts)
{
    EXPECT_EQ(
        exported(images(),
                 {assigned("(0010,0010)", QStringLiteral("First")),
                  assigned("(0010,0020)", QStringLiteral("Gone")), made(RevertAll()),
                  assigned("(0010,0010)", QStringLiteral("Second")),
                  acted("(0010,0010)", Action::Keep, {0, 1, 2, 3}),
                  assigned("(0008,0090)", QStringLiteral("Made")), acted("(0008,0090)", Action::Delete)}),
        "originalPatient := (0010,0020)\n\n"
        "if (originalPatient = \"P1\") {\n"
        "    (0010,0010) := \"Second\" // Patient's Name\n"
        "}\n");
}

TEST(ExportScript, AllItemsAreOneStatement)
{
    const QString items =
        QStringLiteral("(0040,0275)[0]/(0008,0050) SH A1\n(0040,0275)[1]/(0008,0050) SH A2\n");
    EXPECT_EQ(exported(images(items), {assigned("(0040,0275)[*]/(0008,0050)", QStringLiteral("X"))}),
              "(0040,0275)[%]/(0008,0050) ?= \"X\" // Accession Number\n");
    EXPECT_EQ(exported(images(items), {acted("(0040,0275)[1]/(0008,0050)", Action::Delete)}),
              "-(0040,0275)[1]/(0008,0050) // Accession Number\n");
    EXPECT_EQ(exported(images(items), {assigned("(0040,0275)[*]/(0032,1060)", QStringLiteral("X"))}),
              "(0040,0275)[0]/(0032,1060) := \"X\" // Requested Procedure Description\n"
              "(0040,0275)[1]/(0032,1060) := \"X\" // Requested Procedure Description\n");
}

TEST(ExportScript, PrivateAttributesAreNamedByTheirCreator)
{
    const QString block = QStringLiteral("(0019,0010) LO ACME\n(0019,1001) LO one\n(0019,1002) LO two\n");
    EXPECT_EQ(exported(images(block), {assigned("(0019,1002 \"ACME\")", QStringLiteral("2"))}),
              "(0019,{ACME}02) := \"2\"\n");
    EXPECT_EQ(exported(images(block),
                       {acted("(0019,1001 \"ACME\")", Action::Delete),
                        acted("(0019,1002 \"ACME\")", Action::Delete)}),
              "-(0019,{ACME}01)\n-(0019,{ACME}02)\ndelete[\"(0019,0010)\"] // Private Creator\n")
        << "the last one takes the creator along";
    EXPECT_EQ(exported(images(block), {made(DeletePrivate()), assigned("(0010,0020)", QStringLiteral("X"))}),
              "removeAllPrivateTags\n\n(0010,0020) := \"X\" // Patient ID\n");
}

TEST(ExportScript, CreatorsThatCannotBeNamedAreReachedByNumber)
{
    const QString block = QStringLiteral("(0019,0010) LO A/B (1)\n(0019,1001) LO one\n(0019,1002) LO two\n");
    EXPECT_EQ(exported(images(block),
                       {assigned("(0019,1002 \"A/B (1)\")", QStringLiteral("2")),
                        acted("(0019,1001 \"A/B (1)\")", Action::Delete)}),
              "delete[\"(0019,1001)\"]\nset[\"(0019,1002)\", \"2\"]\n");
}

TEST(ExportScript, ANewBlockIsMade)
{
    AttributeOperation operation{path(QStringLiteral("(0019,1001 \"ACME\")")), Action::Assign,
                                 QStringLiteral("x")};
    operation.vr = dicom::Vr::UN;
    EXPECT_EQ(exported(images(), {made(QList<AttributeOperation>{operation})}),
              "(0019,{ACME}01) := \"x \"\n");
    operation.vr = dicom::Vr::LO;
    EXPECT_EQ(exported(images(), {made(QList<AttributeOperation>{operation})}),
              "! Edit (0019,1001 \"ACME\"): a script cannot choose the value representation (LO)\n");
}

TEST(ExportScript, OneStatementDoesForTextAndUnknown)
{
    QList<catalog::InstancePtr> instances = images();
    instances[3] =
        instance(3, identity(3).replace(QStringLiteral("PN Doe^Jane"), QStringLiteral("UN Doe^Jane")));
    EXPECT_EQ(exported(instances, {assigned("(0010,0010)", QStringLiteral("Sarcoidosis"))}),
              "(0010,0010) := \"Sarcoidosis \" // Patient's Name\n");
}

TEST(ExportScript, TextThatNeedsUnicodeTurnsTheFile)
{
    const QString result = QString::fromStdString(
        exported(images(QStringLiteral("(0008,0005) CS ISO_IR 100\n(0008,1030) LO Rücken")),
                 {assigned("(0010,0010)", QStringLiteral("Жук^Анна"), {0, 1})}));
    EXPECT_EQ(result.toStdString(),
              "originalSeries := (0020,000E)\n\n"
              "if (originalSeries = \"1.2.0.0\") {\n"
              "    (0008,0005) := \"ISO_IR 192\" // Specific Character Set\n"
              "    (0010,0010) := \"Жук^Анна\" // Patient's Name\n"
              "}\n");
}

TEST(ExportScript, WhatTheLanguageCannotSayIsLeftOut)
{
    const QString more = QStringLiteral("(0040,0275)[0]/(0008,0050) SH A1\n(0010,4000) LT Note");
    EXPECT_EQ(exported(images(more),
                       {assigned("(0010,4000)", QStringLiteral("Say \"no\"")),
                        assigned("(0010,0010)", QStringLiteral("Doe")),
                        assigned("(0032,4000)", QStringLiteral("two\r\nlines")),
                        acted("(0040,0275)", Action::Clear)}),
              "(0010,0010) := \"Doe\" // Patient's Name\n"
              "! Edit (0010,4000) Patient Comments: a script cannot hold a double quote or a line break in a "
              "value\n"
              "! Edit (0032,4000) Study Comments: a script cannot hold a double quote or a line break in a "
              "value\n"
              "! Edit (0040,0275) Request Attributes Sequence: a script cannot empty a sequence\n");
}

TEST(ExportScript, FilesThatNothingTellsApartAreSaidToBeSo)
{
    const QString same = QStringLiteral("(0008,0018) UI 1.2.3\n(0010,0010) PN Doe\n");
    EXPECT_EQ(
        exported({instance(0, same), instance(1, same)},
                 {assigned("(0010,0010)", QStringLiteral("Roe"), {1})}),
        "! Edit (0010,0010) Patient's Name: no condition can tell its files from others: their UIDs are "
        "missing or not unique\n");
}

TEST(ExportScript, ScriptsOfDialectSixArePartOfIt)
{
    EXPECT_EQ(exported(images(QStringLiteral("(0008,1030) LO Spine")),
                       {assigned("(0008,1030)", QStringLiteral("knee")),
                        scripted("version \"6.6\"\nwhat := (0008,1030)\n(0008,1030) := uppercase[what]\n",
                                 {0, 1, 2, 3}),
                        assigned("(0010,0010)", QStringLiteral("Doe"))}),
              "originalPatient := (0010,0020)\n\n"
              "if (originalPatient = \"P0\") {\n"
              "what := (0008,1030)\n(0008,1030) := uppercase[what]\n}\n\n"
              "(0010,0010) := \"Doe\" // Patient's Name\n"
              "if (originalPatient = \"P0\") {\n"
              "    (0008,1030) := \"KNEE\" // Study Description\n"
              "}\n"
              "if (originalPatient = \"P1\") {\n"
              "    (0008,1030) := \"knee\" // Study Description\n"
              "}\n");
}

TEST(ExportScript, OtherScriptsAreLeftOut)
{
    EXPECT_EQ(exported(images(),
                       {scripted("(0010,0010) := \"Doe\"\n"),
                        scripted("version \"6.6\"\n(0020,000E) := newUID[]\n"),
                        scripted("version \"6.6\"\n(0020,000E) := lookup[\"a\", \"b\"]\n"),
                        assigned("(0010,0020)", QStringLiteral("X"))}),
              "(0010,0020) := \"X\" // Patient ID\n"
              "! Edit : a script of an older language cannot be part of one of dialect 6\n"
              "! Edit : the script makes new UIDs, other ones in each run\n"
              "! Edit : the script needs a lookup table, which is a file of its own\n");
}

TEST(ExportScript, AValueThatEndsItsStringIsNoPartOfIt)
{
    const auto parsed = script::parse(QStringLiteral("version \"6.6\"\n(0010,0010) := name\n"));
    ASSERT_TRUE(parsed.script);
    for (const char* value : {"Doe\" // ", "Doe\"\nremoveAllPrivateTags\nx := \"", "Doe\nJane"}) {
        ScriptRun run(parsed.script);
        run.variables.insert(QStringLiteral("name"), QString::fromUtf8(value));
        EXPECT_EQ(
            exported(images(), {made(run, all)}),
            "! Edit : a variable of the script was given a value with a double quote or a line break, which "
            "a script cannot hold\n");
    }
}

TEST(ExportScript, ManyFilesAreNamedInSeveralConditions)
{
    QList<catalog::InstancePtr> many;
    InstanceIds odd;
    for (int id = 0; id < 1500; ++id) {
        many << instance(id, QStringLiteral("(0008,0018) UI 1.2.840.99999.1.%1\n(0010,0010) PN Doe").arg(id));
        if (id % 2)
            odd << id;
    }
    const QString result =
        QString::fromStdString(exported(many, {assigned("(0010,0010)", QStringLiteral("Roe"), odd)}));
    EXPECT_EQ(result.count(QStringLiteral(":= \"Roe\"")), 4) << result.left(500).toStdString();
    EXPECT_FALSE(result.contains(u'!'));
}

namespace {

/// Random data and edits; the same on every machine.
class Chance {
public:
    explicit Chance(unsigned seed)
        : m_engine(seed)
    {
    }
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<unsigned>(bound)); }
    template <typename List>
    auto from(const List& list)
    {
        return list[below(static_cast<int>(std::size(list)))];
    }

private:
    std::mt19937 m_engine;
};

QString randomContent(Chance& chance)
{
    static const char* const lines[] = {
        "(0008,0005) CS ISO_IR 100",
        "(0008,0005) CS ISO_IR 192",
        "(0008,1030) LO Spine",
        "(0008,1030) LO Rücken",
        "(0008,103E) LO",
        "(0010,4000) LT Note",
        "(0018,0050) DS 1.5",
        "(0028,0010) US 512",
        "(0018,9087) FD 1000.5",
        "(0040,0275)[0]/(0008,0050) SH A1",
        "(0040,0275)[1]/(0008,0050) SH A2\n(0040,0275)[1]/(0032,1060) LO Knee",
        "(0040,0275)[0]/(0040,0008)[0]/(0008,0104) LO Meaning",
        "(0040,0275)[0]/(0019,0010) LO ACME\n(0040,0275)[0]/(0019,1001) LO nested",
        "(0019,0010) LO ACME\n(0019,1001) LO one",
        "(0019,0010) LO ACME\n(0019,1002) LO two",
        "(0019,0011) LO BETA\n(0019,1101) LO beta",
        "(0019,0012) LO A/B\n(0019,1201) LO slash",
    };
    QString content;
    bool declared = false;
    for (const char* line : lines) {
        const QString text = QString::fromUtf8(line);
        const bool declares = text.startsWith(u"(0008,0005)");
        if (chance.below(2) || (declares && declared) || (text.contains(u"[1]") && !content.contains(u"[0]")))
            continue;
        if (text.contains(u"Rücken") && !declared)
            continue;
        declared = declared || declares;
        content += text + u'\n';
    }
    return content;
}

AttributeOperation randomOperation(Chance& chance)
{
    struct Target {
        const char* path;
        const char* values; ///< separated by blanks; none: a sequence
    };
    static const Target targets[] = {
        {"(0010,0010)", "Doe Müller Жук"},
        {"(0010,0020)", "P0 X"},
        {"(0008,1030)", "Spine a\\b A|B.*"},
        {"(0008,103E)", "Head Tail"},
        {"(0010,4000)", "Note Other"},
        {"(0018,0050)", "1.5 2"},
        {"(0028,0010)", "512 64"},
        {"(0018,9087)", "1000.5 0.1"},
        {"(0008,0018)", "1.2.7"},
        {"(0020,000E)", "1.2.8 1.2.9"},
        {"(0040,0275)[*]/(0008,0050)", "A1 B Ж"},
        {"(0040,0275)[0]/(0008,0050)", "A1 C"},
        {"(0040,0275)[1]/(0032,1060)", "Knee D"},
        {"(0040,0275)[*]/(0040,0008)[*]/(0008,0104)", "M N"},
        {"(0040,0275)", ""},
        {"(0019,1001 \"ACME\")", "one 1"},
        {"(0019,1002 \"ACME\")", "two"},
        {"(0019,1101 \"BETA\")", "beta b"},
        {"(0019,1201 \"A/B\")", "slash s"},
        {"(0021,1001 \"NEW ONE\")", "new"},
        {"(0040,0275)[*]/(0019,1001 \"ACME\")", "nested n"},
    };
    const Target target = chance.from(targets);
    const QStringList values = QString::fromUtf8(target.values).split(u' ');
    AttributeOperation operation{path(QString::fromUtf8(target.path))};
    const bool isSequence = values.first().isEmpty();
    const int kind = chance.below(isSequence ? 3 : 7);
    operation.action = kind == 0 ? Action::Delete
        : kind == 1              ? Action::Keep
        : kind == 2              ? Action::Clear
                                 : Action::Assign;
    if (isSequence && operation.action == Action::Clear)
        operation.action = Action::Delete;
    if (operation.action == Action::Assign) {
        operation.text = chance.below(8) ? chance.from(values) : QString();
        operation.reencode = true;
    }
    return operation;
}

EditPtr randomEdit(Chance& chance)
{
    InstanceIds ids;
    const int patient = chance.below(2);
    const int series = chance.below(4);
    const int which = chance.below(5);
    for (const int id : all)
        if (which < 2 || (which == 2 && id / 4 == patient) || (which == 3 && id / 2 == series)
            || (which == 4 && chance.below(2)))
            ids << id;
    if (ids.isEmpty())
        ids << 0;
    const int kind = chance.below(24);
    if (kind == 0)
        return made(DeletePrivate(), ids);
    if (kind == 1)
        return made(RevertAll(), ids);
    if (kind == 2)
        return scripted("version \"6.6\"\nif ((0010,0010) ~ \"D.*\") {\n  (0010,0010) := "
                        "lowercase[(0010,0010)]\n}\n-(0010,4000)\n(0040,0275)[%]/(0008,0050) ?= \"S\"\n",
                        ids);
    QList<AttributeOperation> operations;
    for (int i = chance.below(3); i >= 0; --i)
        operations << randomOperation(chance);
    return made(operations, ids);
}

} // namespace

TEST(ExportScript, ForAnyEditsTheScriptDoesWhatTheyDo)
{
    int operations = 0;
    int leftOut = 0;
    QMap<QString, int> reasons;
    for (unsigned seed = 0; seed < 400; ++seed) {
        Chance chance(seed);
        QList<catalog::InstancePtr> instances;
        for (int id = 0; id < 8; ++id)
            instances << instance(id, identity(id) + randomContent(chance));
        EditList edits;
        for (int i = chance.below(seed % 10 == 0 ? 40 : 8); i >= 0; --i)
            edits << randomEdit(chance);
        const ExportedScript result = exportScript(instances, edits, context, going);
        ASSERT_EQ(difference(instances, result).toStdString(), "") << "seed " << seed;
        for (const EditPtr& edit : edits) {
            const auto* several = std::get_if<QList<AttributeOperation>>(&edit->operation);
            operations += several ? static_cast<int>(several->size()) : 1;
        }
        leftOut += static_cast<int>(result.leftOut.size());
        for (const LeftOut& part : result.leftOut)
            ++reasons[part.attribute + QStringLiteral(": ") + part.reason];
    }
    std::string told;
    for (auto it = reasons.begin(); it != reasons.end(); ++it)
        told += it.key().toStdString() + " (" + std::to_string(it.value()) + ")\n";
    std::cout << leftOut << " of " << operations << " operations were left out\n" << told;
    EXPECT_LT(leftOut * 20, operations) << told;
}

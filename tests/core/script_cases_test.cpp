// The cases recorded from the original engines, where that folder is there: it is not part of the project.

#include "core/dicom/value.h"
#include "core/script/script.h"
#include "tests/support/corpus.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::Vr;

struct Row {
    QString path, vr, value;
};

struct Case {
    QString id, dialect, script;
    script::VariableValues variables;
    QList<Row> attributes;
    bool fails = false;
    QList<Row> expected;
};

QList<Row> rowsOf(const QJsonValue& json)
{
    QList<Row> rows;
    for (const auto& row : json.toArray()) {
        const QJsonArray fields = row.toArray();
        rows << Row{fields[0].toString(), fields[1].toString(), fields[2].toVariant().toString()};
    }
    return rows;
}

QList<Case> recordedCases(const char* name)
{
    QList<Case> cases;
    QFile file(testing_support::sharedData(name));
    if (!file.open(QIODevice::ReadOnly))
        return cases;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        if (json.isEmpty())
            continue;
        const QJsonValue expect = json[QStringLiteral("expect")];
        script::VariableValues variables;
        const QJsonObject given = json[QStringLiteral("variables")].toObject();
        for (auto value = given.begin(); value != given.end(); ++value)
            variables.insert(value.key(), value.value().toString());
        cases << Case{json[QStringLiteral("id")].toString(),
                      json[QStringLiteral("dialect")].toString(),
                      json[QStringLiteral("script")].toString(),
                      variables,
                      rowsOf(json[QStringLiteral("attributes")]),
                      expect.isString(),
                      rowsOf(expect)};
    }
    return cases;
}

/// The original engines leave out what they do not understand and run the rest, or write VOID. A script that
/// is half understood leaves an identity where it stood, so these are refused here.
bool isRefusedHere(const QString& id)
{
    static const QStringList ids{
        QStringLiteral("6/D24-unknownfn"),      QStringLiteral("6/D24b-unknownfn-toplevel"),
        QStringLiteral("6/D25-void-assign"),    QStringLiteral("6/M10-newuid-uppercase"),
        QStringLiteral("legacy/L20-same-line"), QStringLiteral("legacy/L12d-constraint-tag-right")};
    return ids.contains(id);
}

/// What these ask for is the file meta information of a whole file, which is not made here: dicomremap passes
/// them (tools/das-cases.py beside the project), and file_meta_test.cpp has their kind.
bool needsFile(const QString& id)
{
    static const QStringList ids{QStringLiteral("4/meta-read-condition"), QStringLiteral("4/real-group2"),
                                 QStringLiteral("6/meta-assign-exact"),
                                 QStringLiteral("6/meta-read-condition"),
                                 QStringLiteral("6/meta-read-transfer-syntax")};
    return ids.contains(id);
}

bool isBytes(const QString& vr)
{
    return QStringList{QStringLiteral("OB"), QStringLiteral("OW"), QStringLiteral("UN")}.contains(vr);
}

QByteArray valueBytes(const Row& row, const dicom::CharacterSet& characterSet)
{
    const auto encoded = dicom::encodeValue(*dicom::parseVr(row.vr), row.value, characterSet);
    if (!isBytes(row.vr) && encoded)
        return *encoded;
    QByteArray bytes = row.value.toUtf8();
    return bytes.size() % 2 ? bytes + '\0' : bytes;
}

void put(DataSet& holder, const Row& row, const dicom::CharacterSet& characterSet)
{
    const QString step = row.path.section(u'/', 0, 0);
    const dicom::Tag tag = *dicom::parseTag(step.left(8));
    if (step.size() == 8 && row.vr != u"SQ") {
        holder.set(tag, *dicom::parseVr(row.vr), valueBytes(row, characterSet));
        return;
    }
    if (step.size() == 8) {
        holder.set(Element::make(tag, Element::Items(row.value.toUInt())));
        return;
    }
    const Element* sequence = holder.find(tag);
    Element::Items items = sequence ? sequence->items() : Element::Items();
    const size_t item = step.mid(9, step.size() - 10).toUInt();
    items.resize(std::max(items.size(), item + 1));
    put(items[item], {row.path.section(u'/', 1), row.vr, row.value}, characterSet);
    holder.set(Element::make(tag, std::move(items)));
}

DataSet built(const QList<Row>& rows)
{
    DataSet result;
    for (const Row& row : rows)
        if (row.path == u"00080005")
            put(result, row, {});
    const auto characterSet = dicom::characterSetOf(result);
    for (const Row& row : rows)
        put(result, row, characterSet);
    return result;
}

QString withoutPadding(QString value)
{
    while (value.endsWith(u' ') || value.endsWith(QChar(0)))
        value.chop(1);
    return value;
}

QString shown(const Element& element, const dicom::CharacterSet& characterSet)
{
    if (isBytes(QString(dicom::name(element.vr()))))
        return withoutPadding(QString::fromUtf8(element.bytes()));
    if (element.vr() != Vr::AT)
        return dicom::valueText(element, characterSet);
    return dicom::valueText(element, characterSet)
        .remove(QRegularExpression(QStringLiteral("[(),]")))
        .toLower();
}

void list(const DataSet& holder, const QString& prefix, const dicom::CharacterSet& inherited,
          QList<Row>& rows)
{
    const auto characterSet = dicom::characterSetOf(holder, inherited);
    for (const auto& element : holder) {
        const QString path =
            QStringLiteral("%1%2").arg(prefix).arg(element->tag().value(), 8, 16, QLatin1Char('0'));
        const QString vr(dicom::name(element->vr()));
        rows << Row{path, vr,
                    element->isSequence() ? QString::number(element->items().size())
                                          : shown(*element, characterSet)};
        for (size_t i = 0; i < element->items().size(); ++i)
            list(element->items()[i], QStringLiteral("%1[%2]/").arg(path).arg(i), characterSet, rows);
    }
}

/// As the values count for the recording program: its reader left out padding, carets at the end of
/// names, and printed numbers its own way.
QString comparable(const Row& row)
{
    QStringList values = row.value.split(u'\\');
    for (QString& value : values) {
        value = value.trimmed();
        if (row.vr == u"FD" || row.vr == u"FL")
            value = QString::number(value.toDouble());
        while (row.vr == u"PN" && value.endsWith(u'^'))
            value.chop(1);
    }
    return values.join(u'\\');
}

bool isFresh(const QString& wanted, const QString& got, QMap<QString, QString>& names)
{
    static const QRegularExpression placeholder(QStringLiteral("^<(.*)new\\d+>$"));
    static const QRegularExpression uid(QStringLiteral("^[0-9.]{10,64}$"));
    const auto match = placeholder.match(wanted);
    if (!match.hasMatch() || !uid.match(got).hasMatch() || !got.startsWith(match.captured(1)))
        return false;
    if (!names.contains(wanted))
        names.insert(wanted, got);
    return names[wanted] == got;
}

bool sameRow(const Row& wanted, const Row& got, QMap<QString, QString>& names)
{
    // A newer dictionary may know the representation of what was unknown.
    return wanted.path == got.path && (wanted.vr == got.vr || wanted.vr == u"UN")
        && (comparable(wanted) == comparable(got) || isFresh(wanted.value, got.value, names));
}

QString text(const QList<Row>& rows)
{
    QString result;
    for (const Row& row : rows)
        result += QStringLiteral("%1 %2 %3\n").arg(row.path, row.vr, row.value);
    return result;
}

void expectSame(const QList<Row>& wanted, const QList<Row>& got)
{
    QMap<QString, QString> names;
    bool same = wanted.size() == got.size();
    for (qsizetype i = 0; same && i < wanted.size(); ++i)
        same = sameRow(wanted[i], got[i], names);
    EXPECT_TRUE(same) << "expected\n" << text(wanted).toStdString() << "got\n" << text(got).toStdString();
}

void expectRefused(const script::ParseResult& parsed)
{
    EXPECT_FALSE(parsed.script);
    ASSERT_FALSE(parsed.problems.isEmpty());
    EXPECT_GE(parsed.problems[0].line, 1);
    EXPECT_GE(parsed.problems[0].column, 1);
    EXPECT_FALSE(parsed.problems[0].message.isEmpty());
}

void expectRecorded(const Case& one, const script::ParseResult& parsed)
{
    if (!parsed.script) {
        EXPECT_TRUE(one.fails) << parsed.problems.constFirst().toString().toStdString();
        return;
    }
    const auto run = script::run(*parsed.script, built(one.attributes), {"seed", one.variables});
    EXPECT_EQ(run.ok(), !one.fails) << (run.ok() ? std::string() : run.error().message().toStdString());
    if (!run.ok() || one.fails)
        return;
    QList<Row> rows;
    list(run->dataSet, {}, {}, rows);
    expectSame(one.expected, rows);
}

} // namespace

/// What was recorded from the original engines, and the cases of their own tests.
class RecordedScripts : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Files, RecordedScripts,
                         ::testing::Values("das-cases/cases.jsonl", "das-cases/official.jsonl"),
                         [](const auto& given) {
                             return QFileInfo(QString::fromUtf8(given.param)).baseName().toStdString();
                         });

TEST_P(RecordedScripts, EndAsTheyDidInTheOriginalEngines)
{
    SKIP_WITHOUT(testing_support::sharedData(GetParam()));
    QMap<QString, int> compared;
    int refused = 0;
    for (const Case& one : recordedCases(GetParam())) {
        SCOPED_TRACE(one.id.toStdString());
        const auto parsed = script::parse(one.script, *script::parseDialect(one.dialect));
        if (needsFile(one.id))
            continue;
        if (isRefusedHere(one.id)) {
            expectRefused(parsed);
            ++refused;
        } else {
            expectRecorded(one, parsed);
            ++compared[one.dialect];
        }
    }
    std::cout << "recorded cases compared:";
    for (auto it = compared.cbegin(); it != compared.cend(); ++it)
        std::cout << " " << it.value() << " of dialect " << it.key().toStdString();
    EXPECT_GE(compared[QStringLiteral("6")], 100);
    std::cout << "; " << refused << " refused on purpose" << std::endl;
}

TEST(RecordedScript, IsNeverTakenForAnotherDialect)
{
    SKIP_WITHOUT(testing_support::sharedData("das-cases/cases.jsonl"));
    int versioned = 0;
    static const QRegularExpression version(QStringLiteral(R"(^\s*version\s)"),
                                            QRegularExpression::MultilineOption);
    for (const Case& one : recordedCases("das-cases/cases.jsonl")) {
        if (one.dialect != u"6" || !version.match(one.script).hasMatch())
            continue;
        SCOPED_TRACE(one.id.toStdString());
        EXPECT_EQ(script::parse(one.script).dialect, script::Dialect::Six);
        ++versioned;
    }
    EXPECT_GT(versioned, 0);
    std::cout << versioned << " recorded scripts with a version line" << std::endl;
}

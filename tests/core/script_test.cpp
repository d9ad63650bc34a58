// What the cases of tests/data/scripts cannot show: several runs, several objects, files of scripts.

#include "core/dicom/new_uid.h"
#include "core/script/regex.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <thread>

using testing_support::dataSet;

namespace {

script::ScriptPtr compiled(const QString& source)
{
    const auto parsed = script::parse(source);
    EXPECT_TRUE(parsed.script);
    return parsed.script;
}

/// The value bytes of one attribute after the script.
QByteArray after(const QString& source, const QString& before, dicom::Tag tag,
                 const QByteArray& seed = "seed")
{
    const auto run = script::run(*compiled(source), dataSet(before), {seed});
    EXPECT_TRUE(run.ok());
    return run->dataSet.bytes(tag);
}

const QString newStudy = QStringLiteral("(0020,000D) := new UID");

} // namespace

TEST(Script, NewUidsDependOnSeedAndOldValueOnly)
{
    const QString one = QStringLiteral("(0008,0018) UI 1.1\n(0020,000D) UI 1.2.3");
    const QString other = QStringLiteral("(0008,0018) UI 1.2\n(0020,000D) UI 1.2.3\n(0010,0010) PN X");
    const QByteArray first = after(newStudy, one, dicom::Tag{0x0020, 0x000D});
    EXPECT_EQ(first, after(newStudy, other, dicom::Tag{0x0020, 0x000D}));
    EXPECT_EQ(first, after(QStringLiteral("-(0010,0010)\n") + newStudy, other, dicom::Tag{0x0020, 0x000D}));
    EXPECT_NE(first, after(newStudy, one, dicom::Tag{0x0020, 0x000D}, "another seed"));
}

TEST(Script, NewUidsForEmptyOnesDependOnTheInstanceAndThePlace)
{
    const QString one = QStringLiteral("(0008,0018) UI 1.1\n(0020,000D) UI");
    const QString other = QStringLiteral("(0008,0018) UI 1.2\n(0020,000D) UI");
    const QByteArray first = after(newStudy, one, dicom::Tag{0x0020, 0x000D});
    EXPECT_EQ(first, after(newStudy, one, dicom::Tag{0x0020, 0x000D}));
    EXPECT_NE(first, after(newStudy, other, dicom::Tag{0x0020, 0x000D}));
    EXPECT_NE(first, after(QStringLiteral("echo \"x\"\n") + newStudy, one, dicom::Tag{0x0020, 0x000D}));
}

TEST(Script, UidsAreUuidsAsDecimalNumbers)
{
    EXPECT_EQ(dicom::uidFromBytes(QByteArray(16, '\0'), 4).toStdString(),
              "2.25.302240678275694148452352"); // the least of version 4
    EXPECT_EQ(dicom::uidFromBytes(QByteArray(16, '\xFF'), 5).toStdString(),
              "2.25.340282366920937707880125662270106632191");
    EXPECT_EQ(dicom::hashUid(QStringLiteral("1.2.840.10008.5.1.4.1.1.4")).toStdString(),
              "2.25.134623916491516627795691226212528712028");
}

TEST(Script, TheObjectBeforeIsNotTouched)
{
    const auto before = dataSet(QStringLiteral("(0010,0010) PN Doe^Jane\n(0010,0020) LO 1"));
    const QString text = testing_support::text(before);
    const auto run = script::run(*compiled(QStringLiteral("-(0010,0010)\n(0010,0020) := \"x\"")), before, {});
    EXPECT_TRUE(run.ok());
    EXPECT_EQ(testing_support::text(before), text);
    EXPECT_NE(testing_support::text(run->dataSet), text);
}

TEST(Script, OneScriptRunsOnSeveralThreads)
{
    const auto script =
        compiled(QStringLiteral("(0010,0010) ~ \"(D)(.*)\" : (0010,0010) := "
                                "\"{0}{1}\" match[(0010,0010), \"(.)(.*)\", 2], (0010,0020)"));
    const auto before = dataSet(QStringLiteral("(0010,0010) PN Doe\n(0010,0020) LO 7"));
    std::vector<std::thread> threads;
    std::vector<QByteArray> results(4);
    threads.reserve(results.size());
    for (QByteArray& result : results)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i)
                result = script::run(*script, before, {"seed"})->dataSet.bytes(dicom::Tag{0x0010, 0x0010});
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(results, std::vector<QByteArray>(4, "oe7"));
}

TEST(Script, NamesItsDialects)
{
    for (const char16_t* name : {u"auto", u"legacy", u"4", u"6"})
        EXPECT_EQ(script::toString(*script::parseDialect(QString::fromUtf16(name))),
                  QString::fromUtf16(name));
    EXPECT_FALSE(script::parseDialect(QStringLiteral("5")));
    EXPECT_EQ(script::parse(QStringLiteral("-(0010,0010)")).dialect, script::Dialect::Four);
    EXPECT_EQ(script::parse(QStringLiteral("version \"6.6\"")).dialect, script::Dialect::Six);
    EXPECT_FALSE(script::parse(QStringLiteral("-(0010,0010)"), script::Dialect::Legacy).script);
}

TEST(Script, IsReadAsUtf8WithOrWithoutMark)
{
    QTemporaryDir folder;
    const QString path = testing_support::writeFile(folder.filePath(QStringLiteral("a.das")),
                                                    "\xEF\xBB\xBF-(0010,0010) // \xC3\xA9");
    EXPECT_EQ(*script::readSource(path), QStringLiteral("-(0010,0010) // é"));
    const auto missing = script::readSource(folder.filePath(QStringLiteral("none.das")));
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, Error::Kind::Unreadable);
}

TEST(Script, HalfSurrogatePairsAreRefused)
{
    const QChar half(0xD834);
    const auto parsed =
        script::parse(QStringLiteral("// %1\n(0010,0010) := \"%1\"\n-(0010,00)\n%1").arg(half));
    EXPECT_FALSE(parsed.script);
    QStringList places;
    for (const script::Problem& problem : parsed.problems)
        places << QStringLiteral("%1:%2").arg(problem.line).arg(problem.column);
    EXPECT_EQ(places.join(u' ').toStdString(), "2:17 3:2 4:1");
}

TEST(Script, NestingWithoutEndIsRefused)
{
    const int deep = 100000;
    const auto parsed =
        script::parse(QStringLiteral("(0010,0010) := ") + QStringLiteral("uppercase[").repeated(deep)
                      + QStringLiteral("\"x\"") + QStringLiteral("]").repeated(deep));
    EXPECT_FALSE(parsed.script);
    ASSERT_EQ(parsed.problems.size(), 1);
    EXPECT_EQ(parsed.problems[0].message, QStringLiteral("Functions are nested too deeply"));
}

TEST(Script, PatternsAreThoseOfTheOriginalEngines)
{
    const auto isKnown = [](const char* pattern) {
        return script::Regex::compile(QString::fromUtf8(pattern)).ok();
    };
    for (const char* known :
         {"a{2}", "a{2,}", "[{]", "\\{x}", "\\Q{x\\E", "(?i)a", "(?<name>a)\\k<name>", "(?<=a)b", "(?<!a)b",
          "(?>a)", "(?s-i:a)", "\\p{L}+", "\\x{41}", "[(]?", "()", "(a|(b))"})
        EXPECT_TRUE(isKnown(known)) << known;
    for (const char* foreign : {"a{", "[A-Z]{,3}", "N{x}", "a\\Kb", "(?U)a+", "(?|a|b)", "(?#x)a", "(?R)",
                                "(?1)", "(?P<n>a)", "(*UTF)a", "(?&x)"})
        EXPECT_FALSE(isKnown(foreign)) << foreign;
}

TEST(Script, PatternsMatchAsTheOriginalEnginesDo)
{
    const auto first = [](const char* pattern, const QString& text) {
        const auto regex = script::Regex::compile(QString::fromUtf8(pattern));
        const auto groups = regex ? regex->groupsOfFirst(text) : Result<QStringList>(regex.error());
        return groups ? groups->value(0).toStdString() : groups.error().message().toStdString();
    };
    EXPECT_EQ(first("^(.*)", QStringLiteral("ab\r\ncd")), "ab");
    EXPECT_EQ(first("a.b", QStringLiteral("a\rb")), "");
    EXPECT_EQ(first("\\0101", QStringLiteral("aAb")), "A");
    EXPECT_EQ(first("\\u0041+", QStringLiteral("bAAb")), "AA");
    EXPECT_EQ(first("[\\u0041\\060]+", QStringLiteral("bA0b")), "A0");
    EXPECT_EQ(first("\\\\u0041", QStringLiteral("\\u0041")), "\\u0041")
        << "an escaped backslash is no escape";
}

TEST(Script, NewUidsOfDifferentObjectsDifferWhateverTheScriptDidToThemBefore)
{
    const QString source =
        QStringLiteral("version \"6.6\"\n(0008,0018) := \"1.9\"\n(0020,000E) := newUID[]\n");
    const dicom::Tag series{0x0020, 0x000E};
    EXPECT_NE(after(source, QStringLiteral("(0008,0018) UI 1.1"), series),
              after(source, QStringLiteral("(0008,0018) UI 1.2"), series));
}

namespace {

/// Items with a long text each, in memory as if read from a file, or left in it.
dicom::DataSet textsOf(int items, qsizetype length, bool inFile)
{
    const dicom::Tag text{0x0040, 0xA160};
    dicom::Element::Items content;
    for (int i = 0; i < items; ++i) {
        dicom::DataSet item;
        if (inFile)
            item.set(
                dicom::Element::make(text, dicom::Vr::UT, dicom::SourceValue{{{}, text}, length, false}));
        else
            item.set(text, dicom::Vr::UT, QByteArray(length, 'x'));
        content.push_back(std::move(item));
    }
    dicom::DataSet object = dataSet(QStringLiteral("(0008,0018) UI 1.2"));
    object.set(dicom::Element::make(dicom::Tag{0x0008, 0x1140}, std::move(content)));
    return object;
}

Result<script::RunResult> ran(const QString& statement, const dicom::DataSet& object)
{
    return script::run(*compiled(QStringLiteral("version \"6.6\"\n") + statement), object, {"seed"});
}

} // namespace

TEST(Script, WhatIsTooLongToBeReadIsReplacedAllTheSame)
{
    const auto long1 = textsOf(2, 100'000, true);
    for (const char* statement :
         {"*/(0040,A160) ?= \"gone\"", "(0008,1140)/(0040,A16X) ?= \"gone\"",
          "(0008,1140)[0]/(0040,A160) ?= \"gone\"\n(0008,1140)[1]/(0040,A160) ?= \"gone\""}) {
        const auto result = ran(QString::fromUtf8(statement), long1);
        ASSERT_TRUE(result.ok()) << statement << result.error().message().toStdString();
        EXPECT_EQ(result->dataSet,
                  ran(QStringLiteral("*/(0040,A160) ?= \"gone\""), textsOf(2, 2, false))->dataSet)
            << statement;
    }
    EXPECT_FALSE(ran(QStringLiteral("hashUIDList[\"*/(0040,A160)\"]"), long1).ok())
        << "what needs the old value is refused, not passed over";
}

TEST(Script, WhatIsBeyondItsBoundsIsRefusedAndNotDoneInPart)
{
    const auto much = textsOf(700, 50'000, false);
    const auto replaced = ran(QStringLiteral("*/(0040,A160) ?= \"gone\""), much);
    ASSERT_TRUE(replaced.ok());
    EXPECT_EQ(replaced->dataSet,
              ran(QStringLiteral("*/(0040,A160) ?= \"gone\""), textsOf(700, 2, false))->dataSet);
    EXPECT_FALSE(ran(QStringLiteral("hashUIDList[*/(0040,A160)]"), much).ok());
    EXPECT_FALSE(ran(QStringLiteral("blankValues[{\"a\"}]"), much).ok());
}

TEST(Script, ManyStepsOfAnyDepthTakeNoTime)
{
    QString nested = QStringLiteral("(0010,0020) := \"x\"\n");
    for (int i = 0; i < 40; ++i)
        nested.prepend(QStringLiteral("(0008,1140)[0]/"));
    const auto object = ran(nested, dataSet(QStringLiteral("(0008,0018) UI 1.2")));
    ASSERT_TRUE(object.ok());
    QElapsedTimer timer;
    timer.start();
    for (const char* steps :
         {"*/*/*/*/*/*/*/*/", "*/(0008,1140)/*/(0008,1140)/*/(0008,1140)/*/(0008,1140)/*/(0008,1140)/*/",
          "+/./+/*/+/*/+/*/"}) {
        const auto result =
            ran(u'-' + QString::fromUtf8(steps) + QStringLiteral("(0010,0020)"), object->dataSet);
        ASSERT_TRUE(result.ok()) << steps;
        EXPECT_NE(result->dataSet, object->dataSet) << steps;
    }
    EXPECT_TRUE(
        ran(QStringLiteral("retainPrivateTags[*/*/*/*/*/*/*/*/(0019,{ACME}08)]"), object->dataSet).ok());
    EXPECT_LT(timer.elapsed(), 2000);
}

TEST(Script, AMatchOfNothingIsEmptyTextAndNoMismatch)
{
    const QString before = QStringLiteral("(0008,0018) UI 1.2\n(0008,0050) SH\n(0010,0020) LO ID1");
    const dicom::Tag id{0x0010, 0x0020};
    EXPECT_EQ(
        after(QStringLiteral("version \"6.6\"\n(0010,0020) := match[(0008,0050), \".*\", 0]\n"), before, id),
        "");
    EXPECT_EQ(after(QStringLiteral("(0010,0020) := \"[{0}]\" match[(0008,0050), \"(.*)\", 1]\n"), before, id)
                  .trimmed(),
              "[]");
    EXPECT_EQ(after(QStringLiteral("version \"6.6\"\n(0010,0020) := match[(0008,0050), \"a|(b)|\", 1]\n"),
                    before, id)
                  .trimmed(),
              "ID1");
}

TEST(Script, MapUidOfNothingGoesByTheObject)
{
    const QString source =
        QStringLiteral("version \"6.6\"\n(0010,4000) := mapUID[(0008,0050),\"1.2.840\"]\n");
    const auto of = [&](const char* instance, const char* old) {
        return after(source,
                     QStringLiteral("(0008,0018) UI %1\n(0008,0050) SH%2")
                         .arg(QLatin1StringView(instance), QLatin1StringView(old)),
                     dicom::Tag{0x0010, 0x4000});
    };
    EXPECT_NE(of("1.1", ""), of("1.2", ""));
    EXPECT_EQ(of("1.1", ""), of("1.1", ""));
    EXPECT_EQ(of("1.1", " 1.5"), of("1.2", " 1.5"));
}

TEST(Script, SlipsOfSpellingAreToldWithWhatWasMeant)
{
    const auto remedyFor = [](const char* statement) {
        const auto parsed =
            script::parse(QStringLiteral("version \"6.6\"\n%1\n").arg(QLatin1StringView(statement)));
        return parsed.problems.isEmpty() ? std::string("none") : parsed.problems.first().remedy.toStdString();
    };
    EXPECT_EQ(remedyFor("(0020,000D) := hashUD[(0020,000D)]"), "Did you mean hashUID?");
    EXPECT_EQ(remedyFor("(0010,0010) := lowerCase[\"X\"]"), "Did you mean lowercase?");
    EXPECT_EQ(remedyFor("removeAllPrivateTag"), "Did you mean removeAllPrivateTags?");
    EXPECT_EQ(remedyFor("(0010,0010) := anonymise[\"X\"]"), "Capital and small letters matter");
    EXPECT_EQ(remedyFor("delete (0010,0010)"), "Functions take their arguments in brackets: delete[…]");
    EXPECT_EQ(remedyFor("(0010,0010) : \"X\""), "An assignment is written with :=");
    EXPECT_EQ(remedyFor("(0010,0010) == \"X\" ? -(0010,0020)"), "Write = to compare and := to assign");
    EXPECT_EQ(remedyFor("(0008,0020) := (0008,0020) + 5"),
              "concatenate[…] joins texts, shiftDateByIncrement[…] moves dates");
    EXPECT_EQ(remedyFor("(0008,0020) := (0008,0020) +/(0008,1155) ?= \"1\""), "none");
    EXPECT_EQ(remedyFor("(0010,0010) := 'X'"), "Strings stand in straight quotes: \"…\"");
    EXPECT_EQ(remedyFor("(0010,0011) := \"X\""), "Look whether the tag is right");
    EXPECT_TRUE(remedyFor("if ((0010,0010) = \"X\" and (0010,0020) = \"Y\") { -(0010,0030) }")
                    .starts_with("One condition stands in an if"));
}

TEST(Script, ProblemsSayWhereAndWhatToDo)
{
    const auto parsed = script::parse(QStringLiteral("-(0010,0010)\n(0010,0020) := \"\\d\""));
    ASSERT_EQ(parsed.problems.size(), 1);
    EXPECT_EQ(parsed.problems[0].length, 2);
    EXPECT_EQ(
        parsed.problems[0].toString(),
        QStringLiteral("line 2, column 17: \\d means nothing in a string. Write a backslash in a string as "
                       "\\\\"));
}

TEST(Script, CommonSlipsAreToldWithWhatToWriteInstead)
{
    const auto told = [](const char* source) {
        const auto parsed = script::parse(QString::fromUtf8(source));
        return parsed.problems.isEmpty() ? std::string() : parsed.problems[0].toString().toStdString();
    };
    EXPECT_EQ(told("(0010,0010) = \"x\"\n"),
              "line 1, column 18: Expected : after a condition, found the end of the line. An assignment "
              "is written with :=");
    EXPECT_EQ(told("version \"6.6\"\n(0010,0010) = \"x\"\n"),
              "line 2, column 18: Expected ? after a condition, found the end of the line. An assignment "
              "is written with :=");
    EXPECT_EQ(told("(0010,0010) := “x”\n"),
              "line 1, column 16: “ is not expected here. Strings stand in straight quotes: \"…\"");
}

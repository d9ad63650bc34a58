// What a run remarks besides what it writes.

#include "core/script/script.h"
#include "tests/support/data_set_text.h"

#include <gtest/gtest.h>

using testing_support::dataSet;

namespace {

QStringList remarks(const char* source, const char* attributes)
{
    const auto parsed = script::parse(QString::fromUtf8(source));
    EXPECT_TRUE(parsed.script) << source;
    const auto run = script::run(*parsed.script, dataSet(QString::fromUtf8(attributes)), {"seed"});
    EXPECT_TRUE(run.ok());
    EXPECT_TRUE(run->messages.isEmpty());
    return run->remarks;
}

} // namespace

TEST(ScriptRemarks, ComputedValuesAreHeldToTheirRepresentation)
{
    const char* image = "(0008,0018) UI 1.2.3\n(0008,0050) SH A1\n(0010,0020) LO a patient\n"
                        "(0040,0275)[0]/(0008,0050) SH A1\n";
    const QStringList tooLong{
        QStringLiteral("line 1: what is computed for (0008,0050) Accession Number breaks "
                       "its rules: SH holds at most 16 characters")};
    const QStringList tooLongInSix{
        QString(tooLong.first()).replace(QStringLiteral("line 1"), QStringLiteral("line 2"))};
    EXPECT_EQ(remarks("(0008,0050) := hashUID[(0008,0018)]\n", image), tooLong);
    for (const char* six :
         {"version \"6.6\"\n(0008,0050) := hashUID[(0008,0018)]\n",
          "version \"6.6\"\n(0008,0050) ?= hashUID[(0008,0018)]\n",
          "version \"6.6\"\n*/(0008,0050) ?= hashUID[(0008,0018)]\n",
          "version \"6.6\"\nset[(0008,0050), hashUID[(0008,0018)]]\n",
          "version \"6.6\"\nhashUIDList[(0008,0050)]\n",
          "version \"6.6\"\n(0040,0275)[0]/(0008,0050) := hashUID[(0008,0018)]\n",
          "version \"6.6\"\n(0010,0020) = \"a patient\" ? (0008,0050) := hashUID[(0008,0018)]\n"})
        EXPECT_EQ(remarks(six, image), tooLongInSix) << six;
    EXPECT_EQ(
        remarks("version \"6.6\"\n(0008,0060) := lowercase[\"CT\"]\n(0010,0010) := (0010,0020)\n", image)
            .join(u'\n')
            .toStdString(),
        "line 2: what is computed for (0008,0060) Modality breaks its rules: CS wants a code of capital "
        "letters, digits, blanks and underscores");
}

TEST(ScriptRemarks, ValuesThatStandInTheScriptAreToldOfWhenItIsParsed)
{
    EXPECT_TRUE(remarks("(0008,0050) := \"more than 16 characters\"\n", "(0008,0018) UI 1.2.3\n").isEmpty());
    EXPECT_FALSE(
        script::parse(QStringLiteral("(0008,0050) := \"more than 16 characters\"\n")).problems.isEmpty());
}

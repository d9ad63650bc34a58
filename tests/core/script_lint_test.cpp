// What is said of scripts that can be run but hardly mean what they say.

#include "core/script/lint.h"

#include <gtest/gtest.h>

namespace {

/// "line severity message", line by line; without the notes on the whole script unless they are asked for.
std::string told(const char* source, bool whole = false)
{
    const auto parsed = script::parse(QString::fromUtf8(source));
    EXPECT_TRUE(parsed.script) << (parsed.problems.isEmpty() ? std::string()
                                                             : parsed.problems[0].toString().toStdString());
    QString text;
    for (const script::Problem& problem : script::lint(*parsed.script))
        if (whole || problem.severity == script::Problem::Severity::Warning || problem.length > 0)
            text += QStringLiteral("%1 %2%3\n")
                        .arg(problem.line)
                        .arg(problem.severity == script::Problem::Severity::Note ? QStringLiteral("note: ")
                                                                                 : QString(),
                             problem.message);
    return text.toStdString();
}

} // namespace

TEST(ScriptLint, WhatComesBehindAStatementThatAlwaysAppliesNeverDoes)
{
    EXPECT_EQ(told("(0008,1030) := \"a\"\n(0008,1030) := \"b\"\n- (0008,1030)\n"),
              "2 This never applies: the statement of line 1 comes first\n"
              "3 This never applies: the statement of line 1 comes first\n");
    EXPECT_EQ(told("- (0008,10XX)\n(0008,1030) := \"b\"\n"),
              "2 This never applies: the statement of line 1 comes first\n");
    EXPECT_EQ(told("(0008,0060) = \"MR\" : (0008,1030) := \"a\"\n(0008,1030) := \"b\"\n"), "")
        << "conditions leave room";
    EXPECT_EQ(told("(0008,1030) := \"b\"\n- (0008,10XX)\n"), "") << "the assignment wins over the pattern";
    EXPECT_EQ(told("(0020,0052) := new UID\n- (0020,0052)\n"), "") << "an absent one is left to the next";
}

TEST(ScriptLint, ConditionsThatCannotHold)
{
    EXPECT_EQ(told("(0008,0060) = \"MR\" : (0008,0060) = \"CT\" : - (0008,1030)\n"),
              "1 This never applies: Modality cannot have two values at once\n");
    EXPECT_EQ(told("version \"6.6\"\n\"a\" = \"b\" ? -(0008,1030)\n"),
              "2 This never applies: the two texts are different\n");
}

TEST(ScriptLint, InDialect6TheLastOneWins)
{
    EXPECT_EQ(told("version \"6.6\"\n(0008,1030) := \"a\"\n(0008,103E) := \"x\"\n(0008,1030) := \"b\"\n"),
              "2 What this sets is replaced in line 4\n");
    EXPECT_EQ(
        told("version \"6.6\"\n(0008,1030) := \"a\"\n(0008,103E) := (0008,1030)\n(0008,1030) := \"b\"\n"), "")
        << "it was read meanwhile";
    EXPECT_EQ(told("version \"6.6\"\n(0008,1030) := \"a\"\n(0008,0060) = \"MR\" ? (0008,1030) := \"b\"\n"),
              "");
}

TEST(ScriptLint, AValueThatMayBeAbsentReplacesNothingForSure)
{
    EXPECT_EQ(told("version \"6.6\"\n(0008,1030) := \"a\"\n(0008,1030) := lookup[\"t\", \"k\"]\n"), "");
    EXPECT_EQ(told("version \"6.6\"\n(0008,1030) := \"a\"\n(0008,1030) := (0008,103E)\n"), "");
    EXPECT_EQ(told("version \"6.6\"\n(0008,1030) := \"a\"\n-(0008,1030)\n"),
              "2 What this sets is replaced in line 3\n");
}

TEST(ScriptLint, AVariableThatNothingUsesWasMeantAsSomethingElse)
{
    EXPECT_EQ(told("version \"6.6\"\nPatientName := \"x\"\n"),
              "2 The variable PatientName is set, but nothing uses it\n");
    EXPECT_EQ(told("site := \"x\"\n- (0010,4000)\n"), "1 The variable site is set, but nothing uses it\n");
    EXPECT_EQ(told("export site \"s\"\nsite := \"x\"\n- (0010,4000)\n"), "") << "a host may use it";
    EXPECT_EQ(told("version \"6.6\"\nname := \"x\"\n(0010,0010) := name\n"), "");
}

TEST(ScriptLint, ADeletionBehindAPatternStillApplies)
{
    const std::string never = "never applies";
    EXPECT_NE(told("- (0010,00XX)\n(0010,0010) := \"a\"\n").find(never), std::string::npos);
    EXPECT_NE(told("(0010,00XX) := \"b\"\n(0010,0010) := \"a\"\n").find(never), std::string::npos);
    EXPECT_EQ(told("(0010,00XX) := \"b\"\n- (0010,0010)\n").find(never), std::string::npos)
        << "what is deleted gets no value from a pattern";
}

TEST(ScriptLint, AFreshUidForEveryFileTearsAStudyApart)
{
    EXPECT_EQ(
        told("version \"6.6\"\n*/(0020,0052) ?= concatenate[newUID[]]\n"),
        "2 newUID[] inside of another value gives every file another Frame of Reference UID, so files that "
        "belong together are torn apart\n");
    EXPECT_EQ(told("version \"6.6\"\n(0008,0018) := newUID[]\n(0020,000D) := newUID[]\n"), "")
        << "by itself it follows the UID that it replaces";
    EXPECT_EQ(told("(0020,000D) := new UID\n"), "") << "it remembers what it replaced";
}

TEST(ScriptLint, WhatEveryObjectNeeds)
{
    EXPECT_EQ(told("- (0020,000D)\n- (0008,0020)\n- (0008,1030)\n"),
              "1 No object is valid without Study Instance UID\n"
              "2 note: Every object must have Study Date, though it may be empty\n");
    EXPECT_EQ(told("(0008,0018) ~ \".+\" : (0008,0018) := hashUID[(0008,0018)]\n- (0008,0018)\n"), "");
    EXPECT_EQ(told("version \"6.6\"\n-(0008,0018)\n(0008,0018) := newUID[]\n"), "");
}

TEST(ScriptLint, WhatAnIdentityMayBeLeftIn)
{
    EXPECT_EQ(told("(0010,0010) := \"Case 1\"\n(0008,0018) := new UID\n", true),
              "1 note: Private attributes stay, and may hold names and UIDs\n"
              "1 note: Names and IDs inside sequences stay\n"
              "1 note: UIDs inside sequences, such as references to other images, stay\n");
    EXPECT_EQ(told("(0010,0010) := \"Case 1\"\n- (XXX#,XXXX)\n", true),
              "1 note: Names and IDs inside sequences stay\n");
    EXPECT_EQ(told("version \"6.6\"\nremoveAllPrivateTags\n*/(0010,0010) ?= \"\"\n(0010,0010) := \"Case\"\n"
                   "hashUIDList[*/(0008,0018), */(0008,1155)]\n",
                   true),
              "");
    EXPECT_EQ(told("(0008,1030) := \"x\"\n", true), "") << "no identity is meant";
}

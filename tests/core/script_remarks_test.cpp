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
        "line 2: what is computed for (0008,0060) Modality breaks its rules: CS requires a code of capital "
        "letters, digits, blanks and underscores");
}

TEST(ScriptRemarks, ValuesThatStandInTheScriptAreToldOfWhenItIsParsed)
{
    EXPECT_TRUE(remarks("(0008,0050) := \"more than 16 characters\"\n", "(0008,0018) UI 1.2.3\n").isEmpty());
    EXPECT_FALSE(
        script::parse(QStringLiteral("(0008,0050) := \"more than 16 characters\"\n")).problems.isEmpty());
}

/// Text that cannot be read goes nowhere: it is not copied, hashed, compared or looked up.
TEST(ScriptRemarks, TextThatCannotBeReadRefusesTheFile)
{
    struct Case {
        const char* characterSet;
        QByteArray name;
    };
    const Case cases[] = {{"ISO_IR 192", "M\xFCller^A"},
                          {"ISO_IR 13", "\xFF\xA0Z "},
                          {"ISO_IR 166", QByteArray("\xFF\xFE") + "1 "},
                          {"GBK", "\x81 "},
                          {"\\ISO 2022 IR 87", "\x1B$B;3D "}};
    for (const char* source :
         {"(0008,1030) := (0010,0010)\n", "(0008,1030) := hashUID[(0010,0010)]\n",
          "(0010,0010) ~ \"M.*\" : - (0010,0010)\n", "version \"6.6\"\n(0008,1030) := (0010,0010)\n",
          "version \"6.6\"\n(0008,1030) := format[\"of {0}\", (0010,0010)]\n",
          "version \"6.6\"\nset[(0008,1030), uppercase[(0010,0010)]]\n",
          "version \"6.6\"\n(0010,0020) := hashUID[(0010,0010)]\n",
          "version \"6.6\"\n(0010,0010) ~ \"M.*\" ? - (0010,0010)\n",
          "version \"6.6\"\nhashUIDList[(0010,0010)]\n",
          "version \"6.6\"\nblankValues[collectValues[*/(0010,0010)]]\n",
          "version \"6.6\"\n(0040,0275)[0]/(0008,1030) := (0010,0010)\n",
          "version \"6.6\"\n(0010,0020) ?= (0010,0010)\n"}) {
        const auto parsed = script::parse(QString::fromUtf8(source));
        ASSERT_TRUE(parsed.script) << source;
        for (const Case& one : cases) {
            dicom::DataSet before = dataSet(QStringLiteral("(0010,0020) LO 7\n"));
            before.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, one.characterSet);
            before.set(dicom::tags::PatientName, dicom::Vr::PN, one.name);
            const auto run = script::run(*parsed.script, before, {"seed"});
            ASSERT_FALSE(run.ok()) << source << one.characterSet;
            EXPECT_TRUE(run.error().reason.contains(QStringLiteral("cannot be read"))) << source;
            EXPECT_FALSE(run.error().remedy.isEmpty());
        }
    }
}

/// An earlier conversion may have left U+FFFD as a character of its own.
TEST(ScriptRemarks, AReplacementCharacterThatStandsInTheTextIsText)
{
    const auto parsed = script::parse(QStringLiteral("version \"6.6\"\n(0008,1030) := (0010,0010)\n"));
    dicom::DataSet before;
    before.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, "ISO_IR 192");
    before.set(dicom::tags::PatientName, dicom::Vr::PN, "M\xEF\xBF\xBDller");
    const auto run = script::run(*parsed.script, before, {"seed"});
    ASSERT_TRUE(run.ok());
    EXPECT_EQ(run->dataSet.bytes({0x0008, 0x1030}), "M\xEF\xBF\xBDller");
}

TEST(ScriptRemarks, OnlyDatesAreEmptiedWhenDatesAreShifted)
{
    const char* image = "(0008,0018) UI 1.2.3\n(0008,0020) DA 20190231\\20200102\n(0028,0010) US 4\n";
    for (const char* beside : {"(0008,XXXX)", "*/(0028,0010)", "*/(0008,0018)"}) {
        const QString source =
            QStringLiteral("version \"6.6\"\nshiftDateTimeSequenceByIncrement[\"-86400\", \"%1\"]\n")
                .arg(QString::fromUtf8(beside));
        const auto parsed = script::parse(source);
        ASSERT_TRUE(parsed.script) << beside;
        EXPECT_FALSE(script::run(*parsed.script, dataSet(QString::fromUtf8(image)), {"seed"}).ok()) << beside;
    }
    const auto parsed = script::parse(
        QStringLiteral("version \"6.6\"\nshiftDateTimeSequenceByIncrement[\"-86400\", \"*/(0008,0020)\"]\n"));
    const auto run = script::run(*parsed.script, dataSet(QString::fromUtf8(image)), {"seed"});
    ASSERT_TRUE(run.ok());
    EXPECT_EQ(run->dataSet.bytes(dicom::tags::StudyDate).trimmed(), "\\20200101") << "each value by itself";
    EXPECT_EQ(run->remarks.filter(QStringLiteral("emptied")).size(), 1);
}

/// What is removed first may be the creator by which a later path finds its block.
TEST(ScriptRemarks, PathsAreRemovedInTheirOrder)
{
    const char* image = "(0019,0010) LO ACME\n(0019,1010) LO Secret\n(0008,0018) UI 1.2.3\n";
    const auto parsed = script::parse(QStringLiteral(
        "version \"6.6\"\nremoveTags[(0019,{ACME}10), \"*/(0019,0010)\", \"*/(0008,0060)\"]\n"));
    ASSERT_TRUE(parsed.script);
    const auto run = script::run(*parsed.script, dataSet(QString::fromUtf8(image)), {"seed"});
    ASSERT_TRUE(run.ok());
    EXPECT_EQ(testing_support::text(run->dataSet).toStdString(), "(0008,0018) UI 1.2.3");
}

#include "ui/attributes/value_field.h"

#include "core/dicom/value.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <gtest/gtest.h>

namespace {

using dicom::CharacterSet;
using dicom::Vr;
using Level = ui::ValueVerdict::Level;

ui::ValueRules rules(Vr vr, const char* vm = "1", const char* characterSet = "ISO_IR 100")
{
    return {vr, QString::fromLatin1(vm), {CharacterSet::fromValue(characterSet)}};
}

ui::ValueVerdict judge(Vr vr, const char* text, const char* vm = "1")
{
    return ui::judge(rules(vr, vm), QString::fromUtf8(text), false);
}

TEST(ValueRules, SayWhyAValueCannotBeSet)
{
    EXPECT_EQ(judge(Vr::PN, "Sarcoidosis").level, Level::Fine);
    EXPECT_EQ(judge(Vr::SH, "HM").level, Level::Fine);
    EXPECT_EQ(judge(Vr::LO, "").level, Level::Fine);
    EXPECT_EQ(judge(Vr::DA, "20240229").level, Level::Fine);
    for (const auto& [vr, text] : {std::pair{Vr::DA, "20230229"},
                                   {Vr::CS, "lower case"},
                                   {Vr::IS, "12.5"},
                                   {Vr::SH, "longer than sixteen"},
                                   {Vr::US, "70000"},
                                   {Vr::SQ, "x"}}) {
        EXPECT_EQ(judge(vr, text).level, Level::Refused) << text;
        EXPECT_TRUE(judge(vr, text).reason.endsWith(u'.')) << text;
    }
    EXPECT_EQ(judge(Vr::DS, "1\\2", "1").level, Level::Refused);
    EXPECT_EQ(judge(Vr::DS, "1\\2", "2").level, Level::Fine);
}

TEST(ValueRules, TextBeyondTheCharacterSetNeedsTheUsersChoice)
{
    const QString text = QStringLiteral("Буженинова");
    const auto refused = ui::judge(rules(Vr::PN), text, false);
    EXPECT_EQ(refused.level, Level::Refused);
    EXPECT_TRUE(refused.otherCharacterSet);
    EXPECT_EQ(refused.reason.toStdString(), "The file's character set (ISO_IR 100) cannot hold “Б”.");
    EXPECT_EQ(ui::judge(rules(Vr::PN), text, true).level, Level::Fine);
    EXPECT_FALSE(ui::judge(rules(Vr::PN, "1", "ISO_IR 192"), text, false).otherCharacterSet);
    EXPECT_EQ(ui::judge(rules(Vr::CS), text, true).level, Level::Refused) << "CS is ASCII in every set";
}

TEST(ValueRules, ACaseNumberMayStandForAUid)
{
    const auto verdict = judge(Vr::UI, "4711");
    EXPECT_EQ(verdict.level, Level::Doubtful);
    EXPECT_TRUE(verdict.offeredUid.startsWith(QStringLiteral("2.25.")));
    EXPECT_TRUE(dicom::checkValue(Vr::UI, QStringLiteral("1"), verdict.offeredUid).isEmpty());
    EXPECT_EQ(judge(Vr::UI, "4711").offeredUid, verdict.offeredUid);
    EXPECT_NE(judge(Vr::UI, "4712").offeredUid, verdict.offeredUid);
    EXPECT_EQ(judge(Vr::UI, "1.2.840.10008.1.2").level, Level::Fine);
    EXPECT_EQ(ui::judge(rules(Vr::UI), QString(65, u'1'), false).level, Level::Refused);
}

TEST(ValueRules, ComeFromTheRowOfTheTable)
{
    edit::MergedAttribute row;
    row.path = dicom::AttributePath(dicom::tags::PatientName);
    row.vr = Vr::PN;
    row.values << edit::DistinctValue{{}, CharacterSet::utf8(), 2}
               << edit::DistinctValue{{}, CharacterSet(), 1} << edit::DistinctValue{{}, CharacterSet(), 1};
    const ui::ValueRules made = ui::rulesFor(row);
    EXPECT_EQ(made.vr, Vr::PN);
    EXPECT_EQ(made.vm, QStringLiteral("1"));
    EXPECT_EQ(made.characterSets, (QList<CharacterSet>{CharacterSet::utf8(), CharacterSet()}));
}

TEST(ValueField, TellsTheReasonAndOffersToReencode)
{
    ui::ValueField field;
    field.setRules(rules(Vr::PN));
    field.show();
    auto* reencode = field.findChild<QCheckBox*>();
    EXPECT_FALSE(reencode->isVisible());
    field.setText(QStringLiteral("山田^太郎"));
    EXPECT_FALSE(field.isAcceptable());
    EXPECT_TRUE(reencode->isVisible());
    EXPECT_EQ(field.input()->accessibleDescription(), field.verdict().reason);
    QSignalSpy changes(&field, &ui::ValueField::changed);
    reencode->click();
    EXPECT_TRUE(field.isAcceptable());
    EXPECT_TRUE(field.reencode());
    EXPECT_EQ(changes.size(), 1);
    field.setText(QStringLiteral("Yamada^Tarou"));
    EXPECT_FALSE(field.reencode()) << "there is nothing to re-encode for";
}

TEST(ValueField, TakesTheOfferedUid)
{
    ui::ValueField field;
    field.setRules(rules(Vr::UI));
    field.show();
    field.setText(QStringLiteral("4711"));
    EXPECT_TRUE(field.isAcceptable());
    auto* use = field.findChild<QPushButton*>();
    ASSERT_TRUE(use->isVisible());
    use->click();
    EXPECT_EQ(field.text(), ui::uidFromText(QStringLiteral("4711")));
    EXPECT_FALSE(use->isVisible());
}

TEST(ValueField, LongTextHasLinesAndKeepsTheirEnds)
{
    ui::ValueField field;
    field.setRules(rules(Vr::LT));
    auto* lines = qobject_cast<QPlainTextEdit*>(field.input());
    ASSERT_NE(lines, nullptr);
    field.setText(QStringLiteral("one\rtwo"));
    EXPECT_EQ(field.text(), QStringLiteral("one\rtwo")) << "untouched";
    lines->appendPlainText(QStringLiteral("three"));
    EXPECT_EQ(field.text(), QStringLiteral("one\r\ntwo\r\nthree"));
    EXPECT_TRUE(field.isAcceptable());
    field.setRules(rules(Vr::SH));
    EXPECT_NE(qobject_cast<QLineEdit*>(field.input()), nullptr);
}

} // namespace

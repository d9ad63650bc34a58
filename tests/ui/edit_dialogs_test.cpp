#include "ui/attributes/add_attribute_dialog.h"
#include "ui/attributes/edit_value_dialog.h"

#include "tests/ui/dialog_fixture.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTreeView>

using namespace testing_support;
using Choice = ui::EditValueDialog::Choice;

namespace {

class EditDialogsTest : public DialogTest {
protected:
    /// The row of the attribute table for all open files.
    edit::MergedAttribute row(const char* path)
    {
        const auto attribute = *dicom::AttributePath::parse(QString::fromUtf8(path));
        edit::MergeRequest request;
        request.instances = m_session.instances(m_session.allIds());
        request.edits = m_session.edits();
        for (const auto& merged : edit::merge(request, m_session.evaluator(), false).rows)
            if (merged.path == attribute)
                return merged;
        ADD_FAILURE() << "no row " << path;
        return {};
    }

    static QString labels(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
};

TEST_F(EditDialogsTest, PresentValuesMostFrequentFirst)
{
    writeFile(at("study/4.dcm"), dicomBytes(ctImage(1, 1, 4, QStringLiteral("Roe^Richard"))));
    open();
    ui::EditValueDialog dialog(row("(0010,0010)"), 4);
    dialog.show();
    picture(dialog, "edit-value");
    EXPECT_EQ(dialog.windowTitle(), QStringLiteral("Edit Patient's Name (0010,0010)"));
    auto* values = named<QTreeView>(dialog, "Present values");
    QAbstractItemModelTester tester(values->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(cells(*values->model()).toStdString(), "Doe^Jane | 3\nRoe^Richard | 1");
    EXPECT_EQ(dialog.text(), QStringLiteral("Doe^Jane"));
    values->setCurrentIndex(values->model()->index(1, 0));
    EXPECT_EQ(dialog.text(), QStringLiteral("Roe^Richard"));
    EXPECT_FALSE(button(dialog, "Revert")->isEnabled()) << "nothing was edited";
    button(dialog, "Set")->click();
    EXPECT_EQ(dialog.result(), QDialog::Accepted);
    EXPECT_EQ(dialog.choice(), Choice::Set);
}

TEST_F(EditDialogsTest, EveryChoiceAndCancel)
{
    open();
    assign("(0010,0010)", "Sarcoidosis");
    for (const auto& [words, choice] : {std::pair{"Clear", Choice::Clear},
                                        {"Delete", Choice::Delete},
                                        {"Revert", Choice::Revert},
                                        {"Set", Choice::Set}}) {
        ui::EditValueDialog dialog(row("(0010,0010)"), 3);
        dialog.show();
        button(dialog, words)->click();
        EXPECT_EQ(dialog.result(), QDialog::Accepted);
        EXPECT_EQ(dialog.choice(), choice) << words;
    }
    ui::EditValueDialog dialog(row("(0010,0010)"), 3);
    dialog.show();
    QTest::keyClick(&dialog, Qt::Key_Escape);
    EXPECT_EQ(dialog.result(), QDialog::Rejected);
}

TEST_F(EditDialogsTest, AValueThatCannotBeSetIsToldBesideTheField)
{
    open();
    ui::EditValueDialog dialog(row("(0008,0020)"), 3);
    dialog.show();
    auto* field = named<QLineEdit>(dialog, "New value");
    field->setText(QStringLiteral("20230230"));
    EXPECT_FALSE(button(dialog, "Set")->isEnabled());
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("There is no such day.")))
        << labels(dialog).toStdString();
    picture(dialog, "edit-value-refused");
    field->setText(QStringLiteral("20230228"));
    EXPECT_TRUE(button(dialog, "Set")->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(dialog.result(), QDialog::Accepted);
    EXPECT_EQ(dialog.text(), QStringLiteral("20230228"));
}

TEST_F(EditDialogsTest, ReencodingIsTheUsersChoice)
{
    open();
    ui::EditValueDialog dialog(row("(0010,0010)"), 3);
    dialog.show();
    named<QLineEdit>(dialog, "New value")->setText(QStringLiteral("山田^太郎"));
    EXPECT_FALSE(button(dialog, "Set")->isEnabled());
    picture(dialog, "edit-value-charset");
    named<QCheckBox>(dialog, "Re-encode as Unicode")->click();
    EXPECT_TRUE(button(dialog, "Set")->isEnabled());
    EXPECT_TRUE(dialog.reencode());
}

TEST_F(EditDialogsTest, AddsAnAttributeByTagKeywordOrName)
{
    open();
    for (const char* text : {"0010,4000", "PatientComments", "patient comments",
                             "(0010,4000) Patient Comments PatientComments"}) {
        ui::AddAttributeDialog dialog(m_session, m_session.allIds());
        dialog.show();
        EXPECT_FALSE(button(dialog, "Add to 3 Files")->isEnabled());
        named<QLineEdit>(dialog, "Attribute")->setText(QString::fromUtf8(text));
        auto* value = named<QPlainTextEdit>(dialog, "Value");
        ASSERT_TRUE(value->isVisible()) << "LT has lines";
        value->setPlainText(QStringLiteral("teaching file"));
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return labels(dialog).contains(QStringLiteral("None of the")); }, 20000));
        picture(dialog, "add-attribute");
        ASSERT_TRUE(button(dialog, "Add to 3 Files")->isEnabled()) << text;
        button(dialog, "Add to 3 Files")->click();
        ASSERT_NE(dialog.edit(), nullptr);
        m_session.append(dialog.edit());
        EXPECT_EQ(dialog.edit()->description, QStringLiteral("Add Patient Comments"));
        const auto merged = row("(0010,4000)");
        EXPECT_EQ(merged.present, 3);
        EXPECT_TRUE(dialog.edit()->allFiles) << "files opened later are offered it";
        EXPECT_EQ(merged.summary(), QStringLiteral("teaching file"));
        m_session.takeLast();
    }
}

TEST_F(EditDialogsTest, APrivateAttributeNeedsItsCreator)
{
    open();
    ui::AddAttributeDialog dialog(m_session, m_session.allIds());
    dialog.show();
    auto* creator = named<QLineEdit>(dialog, "Private creator");
    EXPECT_FALSE(creator->isVisible());
    named<QLineEdit>(dialog, "Attribute")->setText(QStringLiteral("(0099,1001)"));
    EXPECT_TRUE(creator->isVisible());
    EXPECT_FALSE(button(dialog, "Add to 3 Files")->isEnabled());
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("needs the name of its creator")));
    picture(dialog, "add-attribute-private");
    creator->setText(QStringLiteral("OUR HOSPITAL"));
    auto* vr = named<QComboBox>(dialog, "Value representation");
    ASSERT_TRUE(vr->isVisible()) << "no dictionary knows it";
    vr->setCurrentIndex(vr->findText(QStringLiteral("SH")));
    Q_EMIT vr->activated(vr->currentIndex());
    named<QLineEdit>(dialog, "Value")->setText(QStringLiteral("case 12"));
    ASSERT_TRUE(waitForButton(dialog, "Add to 3 Files"));
    button(dialog, "Add to 3 Files")->click();
    m_session.append(dialog.edit());
    const auto merged = row("(0099,1001 \"OUR HOSPITAL\")");
    EXPECT_EQ(merged.vr, dicom::Vr::SH);
    EXPECT_EQ(merged.present, 3);
}

TEST_F(EditDialogsTest, SaysWhatCannotBeAddedAndWhatIsThere)
{
    open();
    ui::AddAttributeDialog dialog(m_session, m_session.allIds());
    dialog.show();
    auto* attribute = named<QLineEdit>(dialog, "Attribute");
    for (const char* refused : {"(0002,0010)", "(0010,0000)", "(0099,0010)", "(0040,0275)", "nonsense"}) {
        attribute->setText(QString::fromUtf8(refused));
        EXPECT_FALSE(button(dialog, "Add to 3 Files")->isEnabled()) << refused;
    }
    attribute->setText(QStringLiteral("PatientID"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return labels(dialog).contains(QStringLiteral("3 of 3 files already have it")); }, 20000))
        << labels(dialog).toStdString();
    auto* completer = attribute->completer();
    completer->setCompletionPrefix(QStringLiteral("weight"));
    EXPECT_TRUE(completer->completionCount() > 0);
    EXPECT_TRUE(completer->currentCompletion().contains(QStringLiteral("Weight")));
}

TEST_F(EditDialogsTest, EveryInputHasAName)
{
    open();
    ui::AddAttributeDialog add(m_session, m_session.allIds());
    ui::EditValueDialog edit(row("(0010,0010)"), 3);
    for (const QWidget* dialog : {static_cast<const QWidget*>(&add), static_cast<const QWidget*>(&edit)}) {
        for (const auto* field : dialog->findChildren<QLineEdit*>())
            EXPECT_FALSE(field->accessibleName().isEmpty()
                         && !qobject_cast<QComboBox*>(field->parentWidget()));
        for (const auto* field : dialog->findChildren<QComboBox*>())
            EXPECT_FALSE(field->accessibleName().isEmpty());
    }
}

} // namespace

#include "ui/attributes/value_editor.h"

#include "tests/ui/session_fixture.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>

namespace {

edit::MergedAttribute attribute(const char* path, dicom::Vr vr, const QList<QByteArray>& values)
{
    edit::MergedAttribute row;
    row.path = *dicom::AttributePath::parse(QString::fromLatin1(path));
    row.vr = vr;
    row.name = QStringLiteral("Some Attribute");
    row.instances = row.present = static_cast<int>(values.size());
    for (const QByteArray& value : values)
        row.values << edit::DistinctValue{dicom::Element::make(row.path.tag(), vr, value), {}, 1};
    return row;
}

class ValueEditorTest : public ::testing::Test {
protected:
    ui::ValueEditor& edit(const edit::MergedAttribute& row)
    {
        m_window.resize(600, 300);
        m_editor = new ui::ValueEditor({{0}, row}, &m_window);
        m_editor->place({10, 10, 200, 20});
        return *m_editor;
    }
    QLineEdit& line() { return *m_editor->findChild<QLineEdit*>(); }

    QWidget m_window;
    ui::ValueEditor* m_editor = nullptr;
};

TEST_F(ValueEditorTest, SaysWhyAsOneTypesAndRefuses)
{
    auto& editor = edit(attribute("(0010,0030)", dicom::Vr::DA, {"19700101"}));
    QSignalSpy accepted(&editor, &ui::ValueEditor::accepted);
    EXPECT_EQ(editor.text(), u"19700101");
    EXPECT_EQ(editor.reason(), u"");
    line().setText(QStringLiteral("1970"));
    EXPECT_FALSE(editor.isAcceptable());
    EXPECT_NE(editor.reason(), u"");
    QTest::keyClick(&line(), Qt::Key_Return);
    EXPECT_EQ(accepted.count(), 0);
    line().setText(QStringLiteral("19710203"));
    EXPECT_EQ(editor.reason(), u"");
    QTest::keyClick(&line(), Qt::Key_Return);
    EXPECT_EQ(accepted.count(), 1);
}

TEST_F(ValueEditorTest, OffersThePresentValuesWhereFilesDiffer)
{
    auto& editor = edit(attribute("(0008,103E)", dicom::Vr::LO, {"Lung", "Soft"}));
    auto* choice = editor.findChild<QComboBox*>();
    ASSERT_NE(choice, nullptr);
    EXPECT_EQ(choice->count(), 2);
    EXPECT_FALSE(choice->accessibleName().isEmpty());
    EXPECT_EQ(editor.text(), u"") << "nothing is chosen yet";
    choice->setCurrentIndex(1);
    EXPECT_EQ(editor.text(), u"Soft");
    line().setText(QStringLiteral("Bone"));
    EXPECT_EQ(editor.text(), u"Bone");
}

TEST_F(ValueEditorTest, SetsNothingThatWasNotTouched)
{
    auto& editor = edit(attribute("(0008,103E)", dicom::Vr::LO, {"Lung", "Soft"}));
    QSignalSpy accepted(&editor, &ui::ValueEditor::accepted);
    QSignalSpy abandoned(&editor, &ui::ValueEditor::abandoned);
    QTest::keyClick(&line(), Qt::Key_Return);
    EXPECT_EQ(accepted.count(), 0);
    EXPECT_EQ(abandoned.count(), 1);
}

TEST_F(ValueEditorTest, WarnsOfTextThatNeedsUnicode)
{
    auto& editor = edit(attribute("(0010,0010)", dicom::Vr::PN, {"Doe"}));
    line().setText(QStringLiteral("山田"));
    EXPECT_TRUE(editor.isAcceptable());
    EXPECT_TRUE(editor.reason().contains(QStringLiteral("Unicode")));
}

} // namespace

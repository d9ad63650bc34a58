// What the user types or does reaches the images that it was meant for, or the user is told.

#include "tests/ui/main_window_fixture.h"
#include "ui/attributes/value_rules.h"
#include "ui/saving/save_review.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTimer>

namespace {

class WrongPlaceTest : public MainWindowTest {
protected:
    /// Jane has two images whose accession numbers differ, Richard has one.
    void openTwoPatients()
    {
        m_folder.addImage(QStringLiteral("a/1"), 1, 1, 1, QStringLiteral("(0008,0050) SH A1\n"));
        m_folder.addImage(QStringLiteral("a/2"), 1, 1, 2, QStringLiteral("(0008,0050) SH A2\n"));
        m_folder.addImage(QStringLiteral("b/3"), 2, 2, 3,
                          QStringLiteral("(0008,0050) SH B1\n(0010,0020) LO MRN2\n"),
                          QStringLiteral("Roe^Richard"));
        open();
        QApplication::setActiveWindow(m_window);
    }

    QPoint placeInTree(int patient)
    {
        auto& tree = m_window->tree();
        return tree.visualRect(tree.model()->index(patient, 0)).center();
    }

    void clickPatient(int patient)
    {
        QTest::mouseClick(m_window->tree().viewport(), Qt::LeftButton, {}, placeInTree(patient));
        settle();
    }

    /// Opens the field of a value as F2 does and types into it, no more.
    QLineEdit* beginTyping(const char* path, const QString& text)
    {
        chooseRows({path});
        auto& view = m_window->attributes().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_F2);
        auto* line = view.viewport()->findChild<QLineEdit*>();
        if (line) {
            line->selectAll();
            QTest::keyClicks(line, text);
        }
        return line;
    }

    void clickRow(const char* path)
    {
        auto& pane = m_window->attributes();
        const auto index = pane.filter().mapFromSource(
            model().indexOf(*dicom::AttributePath::parse(QString::fromLatin1(path))));
        pane.view().scrollTo(index);
        QTest::mouseClick(pane.view().viewport(), Qt::LeftButton, {}, pane.view().visualRect(index).center());
        settle();
    }

    edit::InstanceIds idsOf(const char* folder)
    {
        edit::InstanceIds ids;
        for (const auto& instance : m_window->session().instances(m_window->session().allIds()))
            if (instance->path().contains(QStringLiteral("/%1/").arg(QLatin1StringView(folder))))
                ids << instance->id;
        return ids;
    }

    const edit::EditList& edits() { return m_window->session().edits(); }
};

TEST_F(WrongPlaceTest, AFieldBelongsToTheImagesItWasOpenedFor)
{
    openTwoPatients();
    clickPatient(0);
    ASSERT_EQ(m_window->selectedInstances(), idsOf("a"));
    ASSERT_TRUE(beginTyping("(0008,0050)", QStringLiteral("HM")));
    clickPatient(1);
    ASSERT_EQ(m_window->selectedInstances(), idsOf("b"));
    clickRow("(0010,0010)");
    ASSERT_EQ(edits().size(), 1);
    EXPECT_EQ(edits().first()->instances, idsOf("a")) << "not the other patient's";
    EXPECT_EQ(cell("(0008,0050)"), u"B1");
}

TEST_F(WrongPlaceTest, TheSelectionMayChangeByOtherMeansThanTheMouse)
{
    openTwoPatients();
    clickPatient(0);
    for (const char* path : {"(0008,0050)", "(0010,0020)"}) {
        ASSERT_TRUE(beginTyping(path, QStringLiteral("HM")));
        m_window->selectInstances(idsOf("b"));
        settle();
        ASSERT_FALSE(edits().isEmpty()) << path;
        EXPECT_EQ(edits().last()->instances, idsOf("a")) << path;
        m_window->selectInstances(idsOf("a"));
        settle();
    }
    EXPECT_EQ(edits().size(), 2);
}

TEST_F(WrongPlaceTest, WhatIsDoneAtOnceIsDoneToWhatWasJustSelected)
{
    openTwoPatients();
    clickPatient(0);
    chooseRows({"(0010,0020)"});
    // No turn of the event loop in between: the table still shows the first patient.
    QTest::mousePress(m_window->tree().viewport(), Qt::LeftButton, {}, placeInTree(1));
    m_window->action(ui::Command::Delete)->trigger();
    QTest::mouseRelease(m_window->tree().viewport(), Qt::LeftButton, {}, placeInTree(1));
    settle();
    for (const auto& edit : edits())
        EXPECT_EQ(edit->instances, idsOf("b"));
}

/// Actions that read, drop or make edits; none of them may pass over what is being typed.
struct NamedCommand {
    const char* name;
    ui::Command command;
};
class TypedValueTest : public WrongPlaceTest, public ::testing::WithParamInterface<NamedCommand> {};

TEST_P(TypedValueTest, IsTakenOverFirst)
{
    openTwoPatients();
    clickPatient(1);
    type("(0008,1030)", QStringLiteral("an edit"));
    ASSERT_TRUE(waitFor([&] { return m_window->session().editedCount() == 1; }));
    int before = -1; // edits when the dialog came
    QTimer drive;
    QObject::connect(&drive, &QTimer::timeout, &drive, [&] {
        if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
            before = static_cast<int>(edits().size());
            dialog->reject();
        }
    });
    drive.start(20);
    m_answers.exportAnswer.clear();
    ASSERT_TRUE(beginTyping("(0010,0010)", QStringLiteral("Sarcoidosis")));
    m_window->action(GetParam().command)->trigger();
    QTest::qWait(50);
    const auto& taken = edits().size() >= 2 ? edits()[1]->description : QString();
    const bool undone = m_window->editing().stack().canRedo();
    EXPECT_TRUE(taken == u"Assign Patient's Name" || undone) << taken.toStdString();
    EXPECT_NE(before, 1) << "the dialog did not know of it";
}

TEST_P(TypedValueTest, StopsItWhereItCannotBeSet)
{
    openTwoPatients();
    clickPatient(1);
    type("(0008,1030)", QStringLiteral("an edit"));
    ASSERT_TRUE(waitFor([&] { return m_window->session().editedCount() == 1; }));
    bool cameUp = false;
    QTimer drive;
    QObject::connect(&drive, &QTimer::timeout, &drive, [&] {
        if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
            cameUp = true;
            dialog->reject();
        }
    });
    drive.start(20);
    QLineEdit* line = beginTyping("(0008,0020)", QStringLiteral("yesterday"));
    ASSERT_TRUE(line);
    m_window->action(GetParam().command)->trigger();
    QTest::qWait(50);
    EXPECT_FALSE(cameUp);
    EXPECT_TRUE(m_window->isVisible());
    EXPECT_TRUE(m_answers.asked.isEmpty());
    EXPECT_EQ(edits().size(), 1);
    EXPECT_EQ(m_window->attributes().view().viewport()->findChild<QLineEdit*>(), line) << "it stays";
    EXPECT_EQ(line->text(), u"yesterday");
    EXPECT_FALSE(m_window->message().text().isEmpty());
}

INSTANTIATE_TEST_SUITE_P(Actions, TypedValueTest,
                         ::testing::Values(NamedCommand{"Save", ui::Command::Save},
                                           NamedCommand{"ApplyScript", ui::Command::ApplyScript},
                                           NamedCommand{"Undo", ui::Command::Undo},
                                           NamedCommand{"CloseWindow", ui::Command::CloseWindow},
                                           NamedCommand{"ExportEditsasScript", ui::Command::ExportEdits},
                                           NamedCommand{"CloseSelectedFiles", ui::Command::CloseSelected},
                                           NamedCommand{"AddNewAttribute", ui::Command::AddAttribute},
                                           NamedCommand{"DeleteAllPrivate", ui::Command::DeleteAllPrivate},
                                           NamedCommand{"RevertAll", ui::Command::RevertAll}),
                         [](const auto& given) { return given.param.name; });

TEST_F(WrongPlaceTest, WhatReadsTheEditsWaitsForTheOneThatIsStillBeingLookedAt)
{
    openTwoPatients();
    clickPatient(0);
    const auto parsed = script::parse(QStringLiteral("(0008,0050) := \"HM\""));
    ASSERT_TRUE(parsed.script);
    m_window->editing().pushUnlessMerging(std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Script"), m_window->session().allIds(), parsed.script, true}));
    ASSERT_TRUE(edits().isEmpty());
    m_answers.buttons << QStringLiteral("All Images (3)");
    m_window->action(ui::Command::DeleteAllPrivate)->trigger();
    ASSERT_EQ(edits().size(), 2);
    EXPECT_EQ(edits().first()->description, u"Script") << "it came first";
}

TEST_F(WrongPlaceTest, AnInvalidValueDoesNotVanishWithoutAWord)
{
    openTwoPatients();
    clickPatient(1);
    ASSERT_TRUE(beginTyping("(0008,0020)", QStringLiteral("yesterday")));
    clickRow("(0010,0010)");
    EXPECT_TRUE(edits().isEmpty());
    EXPECT_TRUE(m_window->message().text().contains(QStringLiteral("Study Date")))
        << m_window->message().text().toStdString();
}

TEST_F(WrongPlaceTest, RowsThatGoTakeNothingTypedAlong)
{
    openTwoPatients();
    clickPatient(1);
    ASSERT_TRUE(beginTyping("(0010,0010)", QStringLiteral("Sarcoidosis")));
    m_window->session().close(idsOf("a"));
    model().setInstances({});
    QTest::qWait(50);
    ASSERT_EQ(edits().size(), 1);
    EXPECT_EQ(edits().first()->instances, idsOf("b"));
}

TEST_F(WrongPlaceTest, AWindowThatGoesWithAnOpenFieldDoesNoHarm)
{
    openTwoPatients();
    clickPatient(1);
    ASSERT_TRUE(beginTyping("(0010,0010)", QStringLiteral("Sarcoidosis")));
    delete m_window;
    m_window = nullptr;
}

TEST_F(WrongPlaceTest, AStoppedReadingDoesNotLookComplete)
{
    constexpr int count = 400;
    for (int i = 0; i < count; ++i)
        m_folder.addImage(QStringLiteral("a/%1").arg(i), 1, 1, i + 1);
    auto& session = m_window->session();
    QObject::connect(&session, &edit::Session::changed, m_window, [&](const edit::SessionEvent& event) {
        if (event.kind == edit::SessionEvent::Kind::Progress)
            session.cancelScan();
    });
    m_window->open({m_folder.path()});
    ASSERT_TRUE(waitFor([&] { return !session.progress().running; }));
    ASSERT_LT(session.catalog().size(), count) << "it was stopped";
    ASSERT_EQ(session.issues().size(), 1);
    EXPECT_EQ(session.issues().first().kind, catalog::Issue::Kind::Incomplete);
    EXPECT_EQ(session.issues().first().path, m_folder.path());
    EXPECT_TRUE(m_window->message().text().contains(QStringLiteral("was not read completely")))
        << m_window->message().text().toStdString();

    const auto instances = session.instances(session.allIds());
    ui::SaveRequest request{instances, {}, session.issues(), session.edits(), {}};
    const ui::SaveReview review = ui::reviewSave(request, session.evaluator(), false);
    ASSERT_FALSE(review.notices.isEmpty());
    EXPECT_TRUE(review.notices.first().text.startsWith(u"Was not read completely"))
        << review.notices.first().text.toStdString();

    QObject::disconnect(&session, &edit::Session::changed, m_window, nullptr);
    m_window->open({m_folder.path()});
    ASSERT_TRUE(waitFor([&] { return !session.progress().running; }));
    EXPECT_EQ(session.catalog().size(), count);
    EXPECT_TRUE(session.issues().isEmpty()) << "what was read to its end is settled";
}

TEST_F(WrongPlaceTest, WhatAnImageMustHaveIsNeitherDeletedNorEmptied)
{
    openTwoPatients();
    clickPatient(1);
    for (const ui::Command command : {ui::Command::Delete, ui::Command::Clear}) {
        const auto* action = m_window->action(command);
        chooseRows({"(0008,0016)", "(0008,0018)"});
        m_window->action(command)->trigger();
        EXPECT_TRUE(edits().isEmpty()) << action->text().toStdString();
        EXPECT_TRUE(m_window->message().text().contains(QStringLiteral("SOP Instance UID")))
            << action->text().toStdString();
    }
    chooseRows({"(0008,0018)", "(0008,0050)"});
    trigger(ui::Command::Delete);
    ASSERT_EQ(edits().size(), 1) << "the others are deleted";
    EXPECT_EQ(cell("(0008,0018)", ui::AttributeModel::ActionColumn), u"Keep");
    beginTyping("(0008,0018)", QString());
    auto* line = m_window->attributes().view().viewport()->findChild<QLineEdit*>();
    ASSERT_TRUE(line);
    line->clear();
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_EQ(edits().size(), 1) << "an empty one is refused";
}

TEST_F(WrongPlaceTest, ACharacterSetThatCannotWorkIsRefusedInTheField)
{
    openTwoPatients();
    clickPatient(0);
    model().refresh();
    edit::MergedAttribute row;
    row.path = dicom::AttributePath(dicom::tags::SpecificCharacterSet);
    row.vr = dicom::Vr::CS;
    const ui::ValueRules rules = ui::rulesFor(row);
    for (const char* bad : {"ISO_IR 9", "UTF-8", "LATIN1", "ISO_IR 100\\ISO_IR 192"})
        EXPECT_EQ(ui::judge(rules, QString::fromLatin1(bad), true).level, ui::ValueVerdict::Level::Refused)
            << bad;
    for (const char* good : {"ISO_IR 100", "ISO_IR 192", "", "\\ISO 2022 IR 87"})
        EXPECT_EQ(ui::judge(rules, QString::fromLatin1(good), true).level, ui::ValueVerdict::Level::Fine)
            << good;
}

TEST_F(WrongPlaceTest, TheLabelAloneCanBeChangedWhereItIsWrong)
{
    // The bytes are UTF-8, the label says Latin-1.
    dicom::DataSet image = testing_support::ctImage(1, 1, 1);
    image.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, "ISO_IR 100");
    image.set(dicom::tags::PatientName, dicom::Vr::PN, "Kr\xC3\xBCger ");
    m_folder.add(QStringLiteral("a/1"), image);
    open();
    ASSERT_EQ(cell("(0010,0010)"), u"KrÃ¼ger");
    m_answers.buttons << QStringLiteral("Only the Label Is Wrong");
    type("(0008,0005)", QStringLiteral("ISO_IR 192"));
    ASSERT_TRUE(waitFor([&] { return edits().size() == 1; }));
    settle();
    EXPECT_EQ(cell("(0010,0010)"), u"Krüger");
    trigger(ui::Command::Undo);
    m_answers.buttons << QStringLiteral("Turn the Text");
    type("(0008,0005)", QStringLiteral("ISO_IR 192"));
    ASSERT_TRUE(waitFor([&] { return edits().size() == 1; }));
    settle();
    EXPECT_EQ(cell("(0010,0010)"), u"KrÃ¼ger") << "what is shown stays what is shown";
}

TEST_F(WrongPlaceTest, AnEditThatCannotBeAppliedIsToldUntilItIsSolved)
{
    dicom::DataSet image = testing_support::ctImage(1, 1, 1);
    image.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, "ISO_IR 100");
    image.set(dicom::tags::PatientName, dicom::Vr::PN, "Kr\xFCger");
    m_folder.add(QStringLiteral("a/1"), image);
    m_folder.addImage(QStringLiteral("a/2"), 1, 1, 2);
    open();
    auto& session = m_window->session();
    const auto set = dicom::AttributePath(dicom::tags::SpecificCharacterSet);
    session.append(std::make_shared<const edit::Edit>(edit::Edit{
        QStringLiteral("Assign"), session.allIds(),
        QList<edit::AttributeOperation>{{set, edit::Action::Assign, QStringLiteral("ISO_IR 6")}}}));
    ASSERT_TRUE(waitFor([&] { return session.failedCount() == 1; }));
    const auto isFailure = [](const catalog::Issue& issue) {
        return issue.kind == catalog::Issue::Kind::Script;
    };
    EXPECT_EQ(std::count_if(session.issues().begin(), session.issues().end(), isFailure), 1);
    QString counter;
    for (const auto* label : m_window->findChildren<QLabel*>())
        if (label->text().contains(QStringLiteral("1 edit in")))
            counter = label->text();
    EXPECT_TRUE(counter.contains(QStringLiteral("fails in 1 file"))) << counter.toStdString();
    session.takeLast();
    ASSERT_TRUE(waitFor([&] { return session.failedCount() == 0; }));
    EXPECT_EQ(std::count_if(session.issues().begin(), session.issues().end(), isFailure), 0);
}

TEST_F(WrongPlaceTest, TheSameTextInDifferentCharacterSetsIsOneValue)
{
    int number = 0;
    for (const auto& [set, name] :
         {std::pair("ISO_IR 100", "Kr\xFCger"), std::pair("ISO_IR 192", "Kr\xC3\xBCger ")}) {
        dicom::DataSet image = testing_support::ctImage(1, 1, ++number);
        image.set(dicom::tags::SpecificCharacterSet, dicom::Vr::CS, set);
        image.set(dicom::tags::PatientName, dicom::Vr::PN, name);
        m_folder.add(QStringLiteral("a/%1").arg(number), image);
    }
    open();
    selectAll();
    EXPECT_EQ(cell("(0010,0010)"), u"Krüger");
    const auto* row = model().attribute(model().indexOf(dicom::AttributePath(dicom::tags::PatientName)));
    ASSERT_TRUE(row);
    ASSERT_EQ(row->values.size(), 1);
    EXPECT_EQ(row->values.first().count, 2);
    EXPECT_FALSE(row->isDiffering());
    EXPECT_EQ(edit::instancesWith(model().request(), m_window->session().evaluator(), row->path,
                                  row->values.first()),
              m_window->session().allIds());
}

TEST_F(WrongPlaceTest, AFileThatCannotBeReadAgainIsClosedAndTold)
{
    openTwoPatients();
    auto& session = m_window->session();
    const edit::InstanceIds ids = idsOf("b");
    const QString path = session.instances(ids).first()->path();
    ASSERT_TRUE(QFile::remove(path));
    session.reload(ids);
    ASSERT_TRUE(waitFor([&] { return session.catalog().size() == 2; }));
    ASSERT_EQ(session.issues().size(), 1);
    EXPECT_EQ(session.issues().first().path, path);
    EXPECT_TRUE(session.issues().first().reason.contains(QStringLiteral("could not be read again")));
}

} // namespace

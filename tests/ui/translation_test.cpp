// A translation changes words and nothing else: every text of the program comes twice ("SaveSave"), and
// menus, shortcuts, actions and dialogs do what they did.

#include "tests/ui/main_window_fixture.h"
#include "ui/saving/recovery_dialog.h"
#include "ui/saving/save_dialog.h"
#include "ui/widgets/message_bar.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QToolBar>
#include <QToolButton>
#include <QTranslator>
#include <memory>

namespace {

class Doubling : public QTranslator {
public:
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        if (!QByteArrayView(context).startsWith("ui::") && !QByteArrayView(context).isEmpty())
            return {}; // Qt's own
        return QString::fromUtf8(source).repeated(2);
    }
    bool isEmpty() const override { return false; }
};

constexpr int commandCount = static_cast<int>(ui::Command::About) + 1;

QString nameOf(const ui::MainWindow& window, const QAction* action)
{
    for (int i = 0; i < commandCount; ++i)
        if (window.action(static_cast<ui::Command>(i)) == action)
            return QString::number(i);
    return action->isSeparator() ? QStringLiteral("-") : QStringLiteral("other");
}

/// The structure of a window, without its words.
QStringList structureOf(ui::MainWindow& window)
{
    QStringList lines;
    const auto add = [&](const QString& where, const QList<QAction*>& actions) {
        QStringList names;
        for (const QAction* action : actions)
            names << nameOf(window, action);
        lines << where + names.join(u' ');
    };
    for (const QAction* menu : window.menuBar()->actions())
        add(QStringLiteral("menu "), menu->menu()->actions());
    add(QStringLiteral("tools "), window.findChild<QToolBar*>()->actions());
    add(QStringLiteral("tree "), window.tree().actions());
    add(QStringLiteral("table "), window.attributes().view().actions());
    for (int i = 0; i < commandCount; ++i) {
        const QAction* action = window.action(static_cast<ui::Command>(i));
        lines << QStringLiteral("%1 %2 %3 %4")
                     .arg(i)
                     .arg(QKeySequence::listToString(action->shortcuts()))
                     .arg(action->isCheckable())
                     .arg(action->icon().isNull());
    }
    return lines;
}

QString enabledIn(const ui::MainWindow& window)
{
    QString states;
    for (int i = 0; i < commandCount; ++i)
        states += window.action(static_cast<ui::Command>(i))->isEnabled() ? u'1' : u'0';
    return states;
}

QByteArray digestOf(const QString& folder)
{
    QStringList files;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        files << it.next();
    files.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& path : std::as_const(files)) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(path.sliced(folder.size()).toUtf8() + file.readAll());
    }
    return hash.result().toHex();
}

class TranslationTest : public ::testing::Test {
protected:
    TranslationTest()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    QTemporaryDir m_settings;
};

/// Overwrites with kept originals, as a user would who reads only the beginnings of words.
void driveSaving()
{
    if (auto* report = qobject_cast<ui::RecoveryDialog*>(QApplication::activeModalWidget()))
        return report->reject();
    auto* dialog = qobject_cast<ui::SaveDialog*>(QApplication::activeModalWidget());
    if (!dialog)
        return;
    for (QRadioButton* radio : dialog->findChildren<QRadioButton*>())
        if (radio->isVisible() && QString(radio->text()).remove(u'&').startsWith(u"Overwrite"))
            radio->click();
    for (QPushButton* browse : dialog->findChildren<QPushButton*>())
        if (browse->isVisible() && browse->accessibleName().startsWith(u"Browse for the folder of the orig"))
            browse->click();
    for (const char* wanted : {"Review", "Overwrite", "Close"})
        for (QPushButton* button : dialog->findChildren<QPushButton*>())
            if (button->isVisible() && button->isEnabled()
                && QString(button->text()).remove(u'&').startsWith(QLatin1StringView(wanted)))
                return button->click();
}

/// What a user does in one window, and what came of it.
class Job {
public:
    Job()
        : m_window(std::make_unique<ui::MainWindow>(m_answers, edit::Context{QByteArray(32, 's')}))
    {
        m_folder.addImage(QStringLiteral("a/1"), 1, 1, 1);
        m_folder.addImage(QStringLiteral("b/2"), 2, 2, 2, QStringLiteral("(0010,0020) LO MRN2\n"),
                          QStringLiteral("Roe^Richard"));
        m_answers.folderAnswer = m_kept.path();
        m_window->setAttribute(Qt::WA_DeleteOnClose, false);
        m_window->show();
        m_trace << structureOf(*m_window) << enabledIn(*m_window);
    }

    QStringList run()
    {
        m_window->open({m_folder.path()});
        settle();
        m_window->tree().selectAll();
        settle();
        m_trace << enabledIn(*m_window);
        triggerAll();
        clearNames();
        saveAndRestore();
        return m_trace;
    }

    QString word(ui::Command command) const { return m_window->action(command)->text(); }

private:
    void settle()
    {
        QTest::qWait(30);
        ASSERT_TRUE(waitFor([&] {
            return !m_window->session().progress().running
                && m_window->attributes().model().instances() == m_window->selectedInstances()
                && (m_window->selectedInstances().isEmpty() || m_window->attributes().model().isCurrent());
        }));
        // What follows from it comes in turns of the event loop, which a busy machine takes its time for.
        QString before;
        int same = 0;
        EXPECT_TRUE(waitFor([&] {
            const QString now = state();
            same = now == std::exchange(before, now) ? same + 1 : 0;
            QTest::qWait(20);
            return same >= 5;
        }));
    }

    QString state() const
    {
        return QStringLiteral("%1 edits, %2 rows, %3")
            .arg(m_window->session().edits().size())
            .arg(m_window->attributes().model().rowCount())
            .arg(enabledIn(*m_window));
    }

    /// Each command; its dialogs are rejected as they come.
    void triggerAll()
    {
        QTimer reject;
        QObject::connect(&reject, &QTimer::timeout, &reject, [&] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            QString buttons;
            for (const QPushButton* button : dialog->findChildren<QPushButton*>())
                buttons += button->isDefault() ? u'd' : button->isEnabled() ? u'e' : u'-';
            m_trace << QString::fromLatin1(dialog->metaObject()->className()) + u' ' + buttons;
            dialog->reject();
        });
        reject.start(20);
        using ui::Command;
        const QList<Command> others{Command::Quit,       Command::CloseWindow,   Command::OpenInNewWindow,
                                    Command::OpenFolder, Command::CloseSelected, Command::RestoreOriginals};
        for (int i = 0; i < commandCount; ++i) {
            const auto command = static_cast<Command>(i);
            if (others.contains(command))
                continue;
            m_window->attributes().view().selectAll();
            m_window->action(command)->trigger();
            settle();
            m_trace << QStringLiteral("%1: %2 edits, %3 questions, %4")
                           .arg(i)
                           .arg(m_window->session().edits().size())
                           .arg(m_answers.asked.size())
                           .arg(enabledIn(*m_window));
        }
        for (const auto& question : m_answers.asked)
            m_trace << QStringLiteral("asked: %1 buttons, %2")
                           .arg(question.buttons.size())
                           .arg(question.defaultButton);
    }

    void clearNames()
    {
        ui::AttributePane& pane = m_window->attributes();
        const QModelIndex name =
            pane.filter().mapFromSource(pane.model().indexOf(dicom::AttributePath(dicom::tags::PatientName)));
        pane.view().selectionModel()->setCurrentIndex(
            name, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_window->action(ui::Command::Clear)->trigger();
        settle();
    }

    bool offersOriginals() const
    {
        const auto* button = m_window->message().findChild<QPushButton*>();
        return button->isVisible() && button->text().startsWith(u"Restore Originals");
    }

    /// Saved over the originals, and these put back.
    void saveAndRestore()
    {
        const QByteArray before = digestOf(m_folder.path());
        QTimer drive;
        QObject::connect(&drive, &QTimer::timeout, &drive, driveSaving);
        drive.start(20);
        m_window->action(ui::Command::Save)->trigger();
        settle();
        const QByteArray saved = digestOf(m_folder.path());
        EXPECT_NE(saved, before);
        m_trace << QString::fromLatin1(saved);
        EXPECT_TRUE(waitFor([&] { return offersOriginals(); }));
        m_answers.buttons << QStringLiteral("&Restore");
        m_window->action(ui::Command::RestoreOriginals)->trigger();
        EXPECT_TRUE(waitFor([&] { return !offersOriginals(); })) << "they are back";
        EXPECT_EQ(digestOf(m_folder.path()), before);
        settle();
    }

    DataFolder m_folder;
    QTemporaryDir m_kept;
    Answers m_answers;
    QStringList m_trace;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace

TEST_F(TranslationTest, ChangesWordsAndNothingElse)
{
    const QStringList plain = Job().run();
    ASSERT_GT(plain.size(), 70);
    Doubling doubling;
    QCoreApplication::installTranslator(&doubling);
    QStringList doubled;
    {
        Job job;
        EXPECT_EQ(job.word(ui::Command::Save), u"&Save…&Save…");
        doubled = job.run();
    }
    QCoreApplication::removeTranslator(&doubling);
    EXPECT_EQ(plain.join(u'\n').toStdString(), doubled.join(u'\n').toStdString());
}

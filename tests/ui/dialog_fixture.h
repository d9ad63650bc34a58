#pragma once

#include "core/edit/session.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"
#include "ui/widgets/questions.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace testing_support {

/// Answers as the test says, without a dialog.
class FixedAnswers : public ui::Questions {
public:
    QString folderAnswer, scriptAnswer, lookupAnswer, savedAnswer;
    int asked = 0;
    QList<Question> questions; ///< those of ask()
    QString proposedName; ///< of savedScript()

    QStringList openFiles(QWidget*, const QString&) override { return {}; }
    QString folder(QWidget*, const QString&, const QString&) override { return ++asked, folderAnswer; }
    QString openScript(QWidget*, const QString&) override { return ++asked, scriptAnswer; }
    QString savedScript(QWidget*, const QString& proposed) override
    {
        proposedName = proposed;
        return savedAnswer;
    }
    QString exportedScript(QWidget*, const QString&) override { return {}; }
    QString lookupTable(QWidget*) override { return lookupAnswer; }
    int ask(QWidget*, const Question& question) override
    {
        questions << question;
        return ++asked, 0;
    }
};

/// A session on a folder of generated files: three CT images of one study, two series.
class DialogTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        writeFile(at("study/1.dcm"), dicomBytes(ctImage(1, 1, 1)));
        writeFile(at("study/2.dcm"), dicomBytes(ctImage(1, 1, 2)));
        writeFile(at("study/sub/3.dcm"), dicomBytes(ctImage(1, 2, 1)));
    }

    QString at(const char* name) const
    {
        return QDir(m_folder.path()).canonicalPath() + u'/' + QString::fromUtf8(name);
    }

    void open()
    {
        m_session.open({at("study")});
        ASSERT_TRUE(QTest::qWaitFor([this] { return !m_session.progress().running; }, 20000));
    }

    /// Id of an open file by the end of its path.
    int idOf(const char* name) const
    {
        for (const auto& instance : m_session.instances(m_session.allIds()))
            if (instance->path().endsWith(QString::fromUtf8(name)))
                return instance->id;
        return -1;
    }

    void assign(const char* path, const char* value, const catalog::InstanceIds& ids = {})
    {
        const auto attribute = *dicom::AttributePath::parse(QString::fromUtf8(path));
        m_session.append(std::make_shared<const edit::Edit>(edit::Edit{
            QStringLiteral("Assign"), ids.isEmpty() ? m_session.allIds() : ids,
            QList<edit::AttributeOperation>{{attribute, edit::Action::Assign, QString::fromUtf8(value)}}}));
    }

    /// The visible button whose words, without mnemonic marks, begin so.
    static QPushButton* button(const QWidget& dialog, const char* words)
    {
        for (QPushButton* candidate : dialog.findChildren<QPushButton*>())
            if (candidate->isVisible()
                && QString(candidate->text()).remove(u'&').startsWith(QString::fromUtf8(words)))
                return candidate;
        return nullptr;
    }

    /// Waits until there is such a button and it can be pressed.
    static bool waitForButton(const QWidget& dialog, const char* words)
    {
        return QTest::qWaitFor(
            [&] {
                const QPushButton* found = button(dialog, words);
                return found && found->isEnabled();
            },
            20000);
    }

    template <typename Widget>
    static Widget* named(const QWidget& dialog, const char* name)
    {
        for (Widget* candidate : dialog.findChildren<Widget*>())
            if (candidate->accessibleName() == QString::fromUtf8(name))
                return candidate;
        return nullptr;
    }

    /// A table's cells as lines of text.
    static QString cells(const QAbstractItemModel& model)
    {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList texts;
            for (int column = 0; column < model.columnCount(); ++column)
                texts << model.index(row, column).data().toString();
            lines << texts.join(QStringLiteral(" | "));
        }
        return lines.join(u'\n');
    }

    /// A picture of the dialog where DIALOG_PICTURES names a folder.
    static void picture(QWidget& dialog, const char* name)
    {
        const QString folder = qEnvironmentVariable("DIALOG_PICTURES");
        if (folder.isEmpty())
            return;
        for (int i = 0; i < 4; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        dialog.grab().save(folder + u'/' + QString::fromUtf8(name) + QStringLiteral(".png"));
    }

    QTemporaryDir m_folder;
    edit::Session m_session;
    FixedAnswers m_answers;
};

} // namespace testing_support

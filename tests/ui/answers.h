#pragma once

#include "ui/widgets/questions.h"

#include <QList>

/// Answers questions from a list made beforehand, and keeps what was asked.
class Answers : public ui::Questions {
public:
    QStringList files; ///< what openFiles() answers
    QString folderAnswer, scriptAnswer, exportAnswer, lookupAnswer, savedAnswer;
    QStringList buttons; ///< beginnings of the buttons to choose, in order of the questions
    QList<Question> asked;

    QStringList openFiles(QWidget*, const QString&) override { return files; }
    QString folder(QWidget*, const QString&, const QString&) override { return folderAnswer; }
    QString openScript(QWidget*, const QString&) override { return scriptAnswer; }
    QString savedScript(QWidget*, const QString&) override { return savedAnswer; }
    QString exportedScript(QWidget*, const QString&) override { return exportAnswer; }
    QString lookupTable(QWidget*) override { return lookupAnswer; }
    int ask(QWidget*, const Question& question) override
    {
        asked << question;
        const QString wanted = buttons.isEmpty() ? QString() : buttons.takeFirst();
        for (int i = 0; i < question.buttons.size(); ++i)
            if (!wanted.isEmpty() && question.buttons[i].startsWith(wanted))
                return i;
        return static_cast<int>(question.buttons.size()) - 1;
    }
};

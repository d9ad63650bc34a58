#include "ui/dialogs/script_problems.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ScriptProblems", text);
}

QString severityText(const script::Problem& problem)
{
    switch (problem.severity) {
    case script::Problem::Severity::Error:
        return translated("Error");
    case script::Problem::Severity::Warning:
        return translated("Warning");
    case script::Problem::Severity::Note:
        break;
    }
    return translated("Note");
}

QString problemText(const script::Problem& problem)
{
    return problem.remedy.isEmpty() ? problem.message
                                    : problem.message + QStringLiteral(". ") + problem.remedy;
}

QString placeText(int number)
{
    return number > 0 ? QString::number(number) : QString();
}

} // namespace

bool isPlaced(const script::Problem& problem)
{
    return problem.line > 0 && (problem.length > 0 || problem.severity != script::Problem::Severity::Note);
}

RecordModel<script::Problem>* makeProblemModel(QObject* parent)
{
    using script::Problem;
    return new RecordModel<Problem>(
        {{translated("Kind"), severityText},
         {translated("Line"),
          [](const Problem& problem) { return placeText(isPlaced(problem) ? problem.line : 0); }},
         {translated("Column"),
          [](const Problem& problem) { return placeText(isPlaced(problem) ? problem.column : 0); }},
         {translated("What is wrong"), problemText}},
        parent);
}

} // namespace ui

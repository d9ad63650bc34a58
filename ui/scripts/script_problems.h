#pragma once

#include "core/script/script.h"
#include "ui/widgets/record_model.h"

class QTreeView;

namespace ui {

/// Failures in files and notes on the whole script have no place in it.
bool isPlaced(const script::Problem& problem);

/// Kind, line, column, what is wrong.
RecordModel<script::Problem>* makeProblemModel(QObject* parent);

/// Errors first, then warnings, then notes.
QList<script::Problem> sorted(QList<script::Problem> problems);

/// A table of them that shows every text whole, on as many lines as it needs.
QTreeView* makeProblemTable(RecordModel<script::Problem>* model);

/// How many of them are errors.
int errorCount(const QList<script::Problem>& problems);

} // namespace ui

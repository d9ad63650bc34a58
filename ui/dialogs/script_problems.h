#pragma once

#include "core/script/script.h"
#include "ui/dialogs/record_model.h"

namespace ui {

/// Failures in files and notes on the whole script have no place in it.
bool isPlaced(const script::Problem& problem);

/// Kind, line, column, what is wrong.
RecordModel<script::Problem>* makeProblemModel(QObject* parent);

} // namespace ui

#pragma once

#include "core/residue/remainder.h"
#include "core/write/writer.h"
#include "ui/widgets/record_model.h"

namespace ui {

using OutcomeModel = RecordModel<writer::FileOutcome>;
using RemainderModel = RecordModel<residue::Remainder>;

OutcomeModel* makeOutcomeModel(QObject* parent);
RemainderModel* makeRemainderModel(QObject* parent);

/// The outcomes to be shown: failures first, then what was not reached, then what was written.
QList<writer::FileOutcome> sortedOutcomes(const writer::WriteReport& report);

/// "809 of 812 files were written. 2 failed. 1 was not reached because you stopped."
QString headline(const writer::WriteReport& report);

/// The whole report as plain text, to be kept or sent.
QString reportText(const writer::WriteReport& report, const QList<residue::Remainder>& remainders);

} // namespace ui

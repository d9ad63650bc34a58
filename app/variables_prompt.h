#pragma once

#include "core/dicom/data_set.h"
#include "core/script/script.h"

/// True when somebody sits at standard input.
bool isTerminal();

/// Asks on the terminal for the visible variables of a script that have no value yet, with what they are for
/// the object in brackets; an empty answer leaves a variable to the script. Adds the answers to the context.
void askForVariables(const script::Script& script, const dicom::DataSet& object, script::RunContext& context);

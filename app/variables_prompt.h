#pragma once

#include "core/catalog/instance.h"
#include "core/script/script.h"

/// True when somebody sits at standard input.
bool isTerminal();
/// And sees what is asked on standard error.
bool canAsk();

/// Asks on the terminal whether to go on; only "y" and "yes" do.
bool askToGoOn();

/// Asks on the terminal for the visible variables of a script that have no value yet, with what they are for
/// the first instance in brackets, and whether the others differ; an empty answer leaves a variable to the
/// script, so that each file keeps its own. Adds the answers to the context.
void askForVariables(const script::Script& script, const QList<catalog::InstancePtr>& instances,
                     script::RunContext& context);

/// Says what cannot be given to a variable, and false then; notes where a number of days is made from the
/// seed.
bool areUsable(const QList<script::VariableInfo>& variables, const script::VariableValues& given);

/// False, and says so, when one of the scripts' variables was misspelt: its value would be used by none.
bool areKnown(const script::VariableValues& given, const QList<script::ScriptPtr>& scripts);

#pragma once

#include "app/remap_options.h"
#include "core/script/script.h"

#include <optional>

/// The scripts of the command line; empty when one of them cannot be used, which has been said then.
std::optional<QList<script::ScriptPtr>> readScripts(const RemapOptions& options);

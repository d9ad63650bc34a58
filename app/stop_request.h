#pragma once

#include <atomic>

/// Turns true when the user stops the program from the terminal; a second time it ends at once.
const std::atomic<bool>& stopRequested();

#pragma once

/// Keeps the memory of the process, which holds values of patients, out of core dumps and from the eyes of
/// other processes of the user, as far as the system can. To be called first in main().
void keepMemoryPrivate();

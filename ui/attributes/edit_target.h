#pragma once

#include "core/edit/merge.h"

namespace ui {

/// What a value is typed for: fixed when the field opens, whatever is selected when it is left.
struct EditTarget {
    edit::InstanceIds instances;
    edit::MergedAttribute attribute;
};

} // namespace ui

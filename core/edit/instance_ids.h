#pragma once

#include "core/catalog/instance.h"

#include <algorithm>

namespace edit {

/// Ascending, each once.
inline catalog::InstanceIds sorted(catalog::InstanceIds ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// Of sorted ids, those that are not `gone`.
inline catalog::InstanceIds without(const catalog::InstanceIds& ids, const catalog::InstanceIds& gone)
{
    catalog::InstanceIds rest;
    std::set_difference(ids.begin(), ids.end(), gone.begin(), gone.end(), std::back_inserter(rest));
    return rest;
}

} // namespace edit

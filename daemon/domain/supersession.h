#pragma once

#include <cstddef>
#include <vector>

#include "domain/catalogue.h"

namespace iocd::domain {

/// Of several targets for one (scope, indicator, deadline) that of the newest document is in force.
/// The one that took the place of targets[index]: of the next newer document; nullptr: it is in
/// force. Points into `targets`.
const Target* SupersededBy(const std::vector<Target>& targets, std::size_t index);

}  // namespace iocd::domain

#pragma once

#include <cstdint>

#include "domain/event.h"
#include "domain/ids.h"
#include "engine/recent_keys.h"

namespace iocd::engine {

class State;
struct Batch;

/// The references that were counted for one department, over all its indicators that count each
/// reference once (keys of ReferenceKey()).
using ReferenceHistory = RecentKeys<NoValue>;

/// An event of a batch that counts once by its reference.
struct CountedReference {
  std::uint32_t flags_offset = 0;  // of the event, in the batch's record
  domain::DepartmentId department{};
  KeyHash key;
};

/// Stands for department, indicator and reference of an event.
KeyHash ReferenceKey(const domain::Event& event);

/// Decides which events of the batch count: those whose reference `state` does not hold at the
/// batch's arrival and no earlier event of the batch has. Marks the others in the batch's record
/// and returns their number.
std::uint32_t MarkAlreadyCounted(const State& state, Batch* batch);

}  // namespace iocd::engine

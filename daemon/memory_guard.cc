#include "memory_guard.h"

#include <spdlog/spdlog.h>

namespace iocd {

void MemoryGuard::Look() {
  const std::uint64_t bound = quotas_.MemoryBytes().value_or(usual_bound_);
  std::uint64_t resident = memory_.resident();
  if (resident > bound) {
    // What a storm left behind is free, but the allocator keeps it.
    memory_.release_freed();
    resident = memory_.resident();
  }
  metrics_.SetMemory(resident, bound);
  const bool full = resident > bound;
  if (full == full_) return;
  full_ = full;
  quotas_.SetMemoryFull(full);
  constexpr std::uint64_t kMebibyte = 1024 * 1024;
  if (full) {
    spdlog::critical("the daemon takes no batches: it uses {} MiB of memory and may use {}",
                     resident / kMebibyte, bound / kMebibyte);
  } else {
    spdlog::warn("the daemon takes batches again: it uses {} MiB of memory and may use {}",
                 resident / kMebibyte, bound / kMebibyte);
  }
}

}  // namespace iocd

#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "access/quota_keeper.h"
#include "exposition/daemon_metrics.h"

namespace iocd {

/// Keeps the daemon from dying of a lack of memory: beyond the bound of its resident memory it
/// takes no batches, and says so, until it is below again. What comes in between two looks is
/// bounded by what gRPC and the HTTP server may hold at all. One thread.
class MemoryGuard {
 public:
  /// What the system says and does; given, so that a test may say it.
  struct Memory {
    std::function<std::uint64_t()> resident;  // bytes
    std::function<void()> release_freed;      // gives back what was freed
  };

  /// `usual_bound`, in bytes, holds where the operator has set none. The others outlive the guard.
  MemoryGuard(access::QuotaKeeper& quotas, exposition::DaemonMetrics& metrics, Memory memory,
              std::uint64_t usual_bound)
      : quotas_(quotas), metrics_(metrics), memory_(std::move(memory)), usual_bound_(usual_bound) {}

  void Look();

 private:
  access::QuotaKeeper& quotas_;
  exposition::DaemonMetrics& metrics_;
  const Memory memory_;
  const std::uint64_t usual_bound_;
  bool full_ = false;
};

}  // namespace iocd

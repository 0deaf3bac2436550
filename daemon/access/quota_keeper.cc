#include "access/quota_keeper.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace iocd::access {
namespace {

// Room for bytes and streams comes back with answers, at a time that nobody knows.
constexpr Duration kLookAgain = Duration::Seconds(1);
// Memory comes back once others have sent less for a while.
constexpr Duration kMemoryLookAgain = Duration::Seconds(5);

QuotaKeeper::Verdict Refuse(const std::string& why, Duration retry_after) {
  return {absl::ResourceExhaustedError(why), retry_after};
}

QuotaKeeper::Verdict RefuseForMemory() {
  return Refuse("the daemon uses all of the memory that it may: nothing was taken",
                kMemoryLookAgain);
}

std::string MiB(std::uint64_t bytes) { return absl::StrCat(bytes / (1024 * 1024), " MiB"); }

}  // namespace

const Quota& Quotas::Of(absl::string_view department) const {
  const auto found = departments.find(department);
  return found == departments.end() ? usual : found->second;
}

void QuotaKeeper::Replace(Quotas quotas) {
  MutexLock lock(mutex_);
  quotas_ = std::move(quotas);
}

std::optional<std::uint64_t> QuotaKeeper::MemoryBytes() const {
  MutexLock lock(mutex_);
  return quotas_.memory_bytes;
}

void QuotaKeeper::SetMemoryFull(bool full) {
  MutexLock lock(mutex_);
  memory_full_ = full;
}

QuotaKeeper::Verdict QuotaKeeper::BeginBatch(absl::string_view department, std::uint64_t events,
                                             std::uint64_t bytes, Duration since_boot) {
  MutexLock lock(mutex_);
  if (memory_full_) return RefuseForMemory();
  const Quota& quota = quotas_.Of(department);
  Use& use = uses_[department];
  // A batch that is alone may be larger than the quota: otherwise it could never be sent.
  if (in_flight_bytes_ > 0 && in_flight_bytes_ + bytes > quotas_.in_flight_bytes) {
    return Refuse(absl::StrCat("the daemon holds ", MiB(quotas_.in_flight_bytes),
                               " of batches that are not yet answered, which is all that it may: "
                               "nothing was taken"),
                  kLookAgain);
  }
  if (use.in_flight_bytes > 0 && use.in_flight_bytes + bytes > quota.in_flight_bytes) {
    return Refuse(absl::StrCat("department '", department, "' has ", MiB(quota.in_flight_bytes),
                               " of batches that are not yet answered, which is all that it may: "
                               "nothing was taken"),
                  kLookAgain);
  }
  Verdict verdict = TakeEvents(department, quota, events, since_boot, &use);
  if (!verdict.status.ok()) return verdict;
  use.in_flight_bytes += bytes;
  in_flight_bytes_ += bytes;
  return verdict;
}

QuotaKeeper::Verdict QuotaKeeper::TakeEvents(absl::string_view department, const Quota& quota,
                                             std::uint64_t events, Duration since_boot, Use* use) {
  const double passed = static_cast<double>((since_boot.nanos - use->counted_at.nanos)) * 1e-9;
  const double before = use->rested ? quota.burst_events : use->events;
  use->events =
      std::min(quota.burst_events, before + std::max(passed, 0.0) * quota.events_per_second);
  use->rested = false;
  use->counted_at = since_boot;
  const double wanted = std::min(static_cast<double>(events), quota.burst_events);
  if (wanted > use->events) {
    const double wait = (wanted - use->events) / quota.events_per_second;
    return Refuse(
        absl::StrFormat("department '%s' sends more than %.15g events per second, or %.15g at "
                        "once, which is all that it may: nothing was taken",
                        department, quota.events_per_second, quota.burst_events),
        Duration{static_cast<std::int64_t>(std::ceil(wait * 1e9))});
  }
  use->events -= wanted;
  return {};
}

void QuotaKeeper::EndBatch(absl::string_view department, std::uint64_t bytes) {
  MutexLock lock(mutex_);
  uses_[department].in_flight_bytes -= bytes;
  in_flight_bytes_ -= bytes;
}

QuotaKeeper::Verdict QuotaKeeper::BeginStream(absl::string_view department) {
  MutexLock lock(mutex_);
  if (memory_full_) return RefuseForMemory();
  const Quota& quota = quotas_.Of(department);
  Use& use = uses_[department];
  if (streams_ >= quotas_.streams) {
    return Refuse(
        absl::StrCat("the daemon has ", quotas_.streams, " streams open, which is all that it may"),
        kLookAgain);
  }
  if (!department.empty() && use.streams >= quota.streams) {
    return Refuse(absl::StrCat("department '", department, "' has ", quota.streams,
                               " streams open, which is all that it may"),
                  kLookAgain);
  }
  ++use.streams;
  ++streams_;
  return {};
}

void QuotaKeeper::EndStream(absl::string_view department) {
  MutexLock lock(mutex_);
  --uses_[department].streams;
  --streams_;
}

Duration QuotaKeeper::StreamLifetime() const {
  MutexLock lock(mutex_);
  return quotas_.stream_lifetime;
}

}  // namespace iocd::access

#include "engine/batch_id_history.h"

#include "absl/strings/str_cat.h"
#include "base/coding.h"
#include "base/limits.h"

namespace iocd::engine {
namespace {

// The length before the name keeps two different pairs from making one key.
std::string KeyOf(absl::string_view producer, absl::string_view id) {
  return absl::StrCat(producer.size(), "\n", producer, id);
}

}  // namespace

Verdict BatchIdHistory::Judge(absl::string_view producer, absl::string_view id,
                              const eventlog::ContentHash& content) const {
  const auto found = taken_.find(KeyOf(producer, id));
  if (found == taken_.end()) return {};
  if (found->second.content != content) return {.kind = Verdict::Kind::kReused};
  return {.kind = Verdict::Kind::kRepeat, .taken = found->second};
}

void BatchIdHistory::Take(absl::string_view producer, absl::string_view id, Timestamp arrival,
                          const Taken& taken) {
  while (!order_.empty() && (order_.front().arrival + limits::kBatchIdHorizon < arrival ||
                             order_.size() >= limits::kMaxBatchIdsPerDepartment)) {
    taken_.erase(order_.front().key);
    order_.pop_front();
  }
  order_.push_back({KeyOf(producer, id), arrival});
  taken_.emplace(order_.back().key, taken);
}

void BatchIdHistory::EncodeTo(std::string* out) const {
  Put<std::uint64_t>(out, order_.size());
  for (const Entry& entry : order_) {
    PutText<std::uint32_t>(out, entry.key);
    Put<std::int64_t>(out, entry.arrival.nanos);
    taken_.at(entry.key).EncodeTo(out);
  }
}

}  // namespace iocd::engine

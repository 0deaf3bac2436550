#include "engine/batch_id_history.h"

#include "absl/strings/str_cat.h"

namespace iocd::engine {
namespace {

// The length before the name keeps two different pairs from making one key.
KeyHash KeyOf(absl::string_view producer, absl::string_view id) {
  return eventlog::HashContent(absl::StrCat(producer.size(), "\n", producer, id));
}

}  // namespace

Verdict BatchIdHistory::Judge(absl::string_view producer, absl::string_view id,
                              const eventlog::ContentHash& content) const {
  const Taken* taken = keys_.Find(KeyOf(producer, id));
  if (taken == nullptr) return {};
  if (taken->content != content) return {.kind = Verdict::Kind::kReused};
  return {.kind = Verdict::Kind::kRepeat, .taken = *taken};
}

void BatchIdHistory::Take(absl::string_view producer, absl::string_view id, Timestamp arrival,
                          const Taken& taken) {
  keys_.Take(KeyOf(producer, id), arrival, taken);
}

}  // namespace iocd::engine

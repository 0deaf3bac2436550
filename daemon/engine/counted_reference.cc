#include "engine/counted_reference.h"

#include <cstring>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "base/limits.h"
#include "engine/batch.h"
#include "engine/state.h"

namespace iocd::engine {

KeyHash ReferenceKey(const domain::Event& event) {
  char bytes[8 + limits::kMaxReferenceBytes];
  std::memcpy(bytes, &event.series.department, 4);
  std::memcpy(bytes + 4, &event.series.indicator, 4);
  const absl::string_view reference = event.reference.substr(0, limits::kMaxReferenceBytes);
  reference.copy(bytes + 8, reference.size());
  return eventlog::HashContent(absl::string_view(bytes, 8 + reference.size()));
}

std::uint32_t MarkAlreadyCounted(const State& state, Batch* batch) {
  std::uint32_t marked = 0;
  absl::flat_hash_set<KeyHash> counted_here;
  for (const CountedReference& reference : batch->references) {
    if (state.HasCounted(reference.department, reference.key, batch->arrival) ||
        !counted_here.insert(reference.key).second) {
      eventlog::MarkAlreadyCounted(&batch->record, reference.flags_offset);
      ++marked;
    }
  }
  return marked;
}

}  // namespace iocd::engine

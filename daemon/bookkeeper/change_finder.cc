#include "bookkeeper/change_finder.h"

namespace iocd::bookkeeper {

ChangeFinder::ChangeFinder(const std::vector<ledger::Change>& newest) {
  for (const ledger::Change& change : newest) {
    known_[change.key] = {change.text, change.value, change.at};
  }
}

std::vector<ledger::Change> ChangeFinder::Find(const std::vector<Observation>& observed,
                                               Timestamp now) {
  std::vector<ledger::Change> changes;
  const auto note = [&](const ledger::HistoryKey& key, const Known& known) {
    changes.push_back({key, now, known.text, known.value});
  };
  ++looks_;
  for (const Observation& seen : observed) {
    const auto [place, is_new] = known_.try_emplace(seen.key);
    Known& known = place->second;
    known.seen = looks_;
    const bool other_text = known.text != seen.text;
    if (!is_new && !other_text && known.value == seen.value) continue;
    const bool too_soon = seen.flows && now - known.noted_at < kFlowEvery;
    if (!is_new && !other_text && too_soon) continue;
    known.text = seen.text;
    known.value = seen.value;
    known.noted_at = now;
    note(place->first, known);
  }
  for (auto& [key, known] : known_) {
    if (known.seen == looks_ || (!known.text && !known.value)) continue;
    known = {std::nullopt, std::nullopt, now, looks_};
    note(key, known);
  }
  return changes;
}

}  // namespace iocd::bookkeeper

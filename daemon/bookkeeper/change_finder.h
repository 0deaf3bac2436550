#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "bookkeeper/observations.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// Finds what has changed from one look to the next. A value, without a clock.
class ChangeFinder {
 public:
  /// How often the value of a rolling window is noted that changed while its text did not.
  static constexpr Duration kFlowEvery = Duration::Seconds(3'600);

  /// `newest`: the newest change of each key, from which it goes on.
  explicit ChangeFinder(const std::vector<ledger::Change>& newest);

  /// What differs from what was found last; what is no longer observed has neither text nor value
  /// from now on. `observed` has each key once.
  std::vector<ledger::Change> Find(const std::vector<Observation>& observed, Timestamp now);

 private:
  struct Known {
    std::optional<std::string> text;
    std::optional<double> value;
    Timestamp noted_at;
    std::uint64_t seen = 0;  // the look at which it was observed last
  };

  std::map<ledger::HistoryKey, Known> known_;
  std::uint64_t looks_ = 0;
};

}  // namespace iocd::bookkeeper

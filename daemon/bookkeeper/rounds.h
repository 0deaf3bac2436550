#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "engine/engine.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// Makes the updates of a round, an indicator each, so that none is large; the last one brings the
/// position at which the round began, for all below it is then in the ledger. One thread.
class Rounds {
 public:
  /// The engine is ready, and outlives the object.
  explicit Rounds(const engine::Engine& engine) : engine_(engine) {}

  /// Begins one, in the place of one that is under way: over all indicators, or over those that may
  /// have changed since they were last read.
  void Begin(bool whole);
  bool UnderWay() const { return under_way_; }

  /// The next update of the round that is under way; the same again until Took() is called, but as
  /// it is then. `position` of the ledger is that of all updates but the last.
  ledger::Update Next(Timestamp now, std::uint64_t position);
  /// The next update is the last one.
  bool AtEnd() const { return next_ == indicators_.size(); }
  /// What Next() returned is in the ledger.
  void Took();

  const domain::Catalogue& catalogue() const { return *catalogue_; }
  bool whole() const { return whole_; }

 private:
  /// What is known of an indicator when it was last read.
  struct Known {
    bool read = false;
    std::optional<Timestamp> newest_arrival, next_change;
  };

  bool MayHaveChanged(std::size_t indicator, Timestamp now) const;

  const engine::Engine& engine_;
  bool under_way_ = false, whole_ = false;
  std::shared_ptr<const domain::Catalogue> catalogue_;
  std::uint64_t begin_ = 0;        // position in the log
  std::vector<Known> indicators_;  // by index
  std::size_t next_ = 0;           // indicator
  Known reading_;                  // of the update that was not taken yet
};

}  // namespace iocd::bookkeeper

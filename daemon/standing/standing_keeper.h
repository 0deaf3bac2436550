#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/timestamp.h"
#include "engine/engine.h"
#include "standing/pace.h"
#include "standing/standing.h"

namespace iocd::standing {

/// Takes a standing soon after something was applied, and at least once a second (Pace), and tells
/// it to whoever wants to know. Has no thread: KeeperThread lends it one. One thread at a time.
class StandingKeeper {
 public:
  /// Told each new standing, on the thread that calls Look(), and with the time that it took.
  using Listener = std::function<void(const StandingPtr& standing, Duration took)>;

  /// How long something that was applied may stay unseen: the engine wakes nobody, it counts.
  static constexpr Duration kLookEvery = {10'000'000};

  /// Engine and clock outlive the keeper; the engine is ready before the first Look().
  /// `processor_time`: of the thread that calls it, e.g. ProcessorTimeOfThread().
  StandingKeeper(const engine::Engine& engine, const Clock& clock,
                 std::function<Duration()> processor_time)
      : engine_(engine), clock_(clock), processor_time_(std::move(processor_time)) {}

  /// Before the first Look(). What the listener does counts as work that a standing takes.
  void AddListener(Listener listener) { listeners_.push_back(std::move(listener)); }

  /// Takes a standing if one is due.
  void Look();

 private:
  const engine::Engine& engine_;
  const Clock& clock_;
  const std::function<Duration()> processor_time_;
  std::vector<Listener> listeners_;
  Pace pace_;
  std::uint64_t changes_seen_ = 0;
};

}  // namespace iocd::standing

#pragma once

#include <functional>

#include "absl/time/time.h"

namespace ioc::client {

/// How long to wait between tries.
struct BackoffOptions {
  absl::Duration initial = absl::Milliseconds(100);
  absl::Duration maximum = absl::Seconds(10);
  double multiplier = 2.0;
  /// Share of each delay that is random, 0..1, so that 38 departments that lost the same daemon do
  /// not come back in the same instant.
  double jitter = 0.5;
};

/// The delays before one try after another: they grow by `multiplier` up to `maximum`, each
/// shortened by a random part of at most `jitter`. Not thread-safe.
class Backoff {
 public:
  /// `random` returns numbers in [0, 1).
  Backoff(BackoffOptions options, std::function<double()> random);

  absl::Duration Next();
  /// After a success: the next delay is the first one again.
  void Reset();

 private:
  const BackoffOptions options_;
  const std::function<double()> random_;
  absl::Duration base_;
};

/// Randomness from the operating system's entropy, for programs.
std::function<double()> SystemRandom();

}  // namespace ioc::client

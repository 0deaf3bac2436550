#include "ioc/client/backoff.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

namespace ioc::client {

Backoff::Backoff(BackoffOptions options, std::function<double()> random)
    : options_(options), random_(std::move(random)), base_(options.initial) {}

absl::Duration Backoff::Next() {
  const absl::Duration delay = base_ * (1.0 - options_.jitter * random_());
  base_ = std::min(base_ * options_.multiplier, options_.maximum);
  return delay;
}

void Backoff::Reset() { base_ = options_.initial; }

std::function<double()> SystemRandom() {
  auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
  return [engine] { return std::uniform_real_distribution<double>(0.0, 1.0)(*engine); };
}

}  // namespace ioc::client

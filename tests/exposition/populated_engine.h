#pragma once

#include <string>

#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "exposition/metrics_page.h"
#include "support/engine_harness.h"

namespace iocd::testing {

/// The instant of tests: 2023-11-14T22:13:20Z, in the middle of no bucket longer than 20 s.
inline constexpr Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

/// The test catalogue with targets: of the province for "coverage" (0.8 by the end of 2025, from
/// 0.4 at the end of 2022), and of department "a" for "flow" (100, no deadline, no baseline).
domain::CatalogueData CatalogueWithTargets();

/// An engine in which each of these has happened:
///   a: flow 3 and 4 just now; ratio 1/4; duration 0, 10, 20; stock north 5; coverage 6/10;
///      score 4.5 of weight 2
///   b: flow 5 two hours ago; coverage 3/10
class PopulatedEngine {
 public:
  PopulatedEngine();

  EngineHarness& harness() { return harness_; }
  exposition::DaemonMetrics& metrics() { return metrics_; }
  std::string Page(exposition::Format format = exposition::Format::kPrometheusText,
                   Timestamp now = kNow);

 private:
  EngineHarness harness_;
  exposition::DaemonMetrics metrics_;
};

}  // namespace iocd::testing

#pragma once

#include <memory>
#include <string>

#include "base/mutex.h"
#include "base/timestamp.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "exposition/label_texts.h"
#include "exposition/text_format.h"

namespace iocd::exposition {

/// Everything that GET /metrics says. Thread-safe; engine and metrics outlive it.
class MetricsPage {
 public:
  MetricsPage(const engine::Engine& engine, DaemonMetrics& metrics);

  /// The page at `now`. While the engine reads its log it says so and no more
  /// (DaemonMetrics::Collect). Takes tens of milliseconds for 100,000 series; holds the engine's
  /// state still for one indicator or department at a time.
  std::string Render(Format format, Timestamp now) const;

 private:
  /// The ioc_ families, once the engine is ready.
  void AppendFigures(Format format, Timestamp now, std::string* page) const;
  /// Of the engine's present catalogue: one page speaks of one catalogue.
  std::shared_ptr<const LabelTexts> Labels() const;

  const engine::Engine& engine_;
  DaemonMetrics& metrics_;
  mutable Mutex mutex_;
  mutable std::shared_ptr<const LabelTexts> labels_ ABSL_GUARDED_BY(mutex_);  // as made last
};

}  // namespace iocd::exposition

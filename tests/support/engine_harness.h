#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "support/memory_file_system.h"
#include "support/test_catalogue.h"

namespace iocd::testing {

/// An engine over a disk in memory, driven synchronously, that can be stopped, killed and
/// restarted.
class EngineHarness {
 public:
  explicit EngineHarness(domain::CatalogueData catalogue = TestCatalogueData());

  /// Opens the engine on what the disk holds.
  absl::Status Start();
  /// Loses everything that was not synced, and the process.
  void Kill(std::size_t kept_unsynced_bytes = 0);
  void Stop();

  engine::Engine& engine() { return *engine_; }
  MemoryFileSystem& disk() { return disk_; }
  const domain::Catalogue& catalogue() { return *engine_->catalogue(); }

  /// A batch of department "a" with these events, keyed as given.
  engine::Batch MakeBatch(const std::string& producer, eventlog::BatchKey key,
                          const std::vector<domain::Event>& events, Timestamp arrival,
                          const std::vector<domain::Refusal>& refusals = {});

  /// Submits and waits for the answer.
  absl::StatusOr<engine::Answer> Push(engine::Batch batch);

  domain::SeriesKey Key(const std::string& department, const std::string& indicator,
                        const std::string& member = "");
  domain::Event Event(const std::string& department, const std::string& indicator, Timestamp time,
                      double first);

  /// The canonical bytes of the whole state.
  std::string EncodedState();

 private:
  domain::CatalogueData data_;
  MemoryFileSystem disk_;
  engine::EngineObserver observer_;
  std::unique_ptr<engine::Engine> engine_;
};

}  // namespace iocd::testing

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "support/memory_file_system.h"
#include "support/test_catalogue.h"

namespace iocd::testing {

/// Lets a test wait for snapshots.
class SnapshotWaiter final : public engine::EngineObserver {
 public:
  void SnapshotEnds(const engine::SnapshotOutcome& outcome) override;
  /// The outcome of the next snapshot that ends, or of one that has ended since the last call.
  engine::SnapshotOutcome Wait();

 private:
  Mutex mutex_;
  CondVar ended_;
  std::optional<engine::SnapshotOutcome> outcome_ ABSL_GUARDED_BY(mutex_);
};

/// A batch with these events, keyed as given, as ingest would make it.
engine::Batch MakeBatch(domain::DepartmentId department, const std::string& producer,
                        eventlog::BatchKey key, const std::vector<domain::Event>& events,
                        Timestamp arrival, const std::vector<domain::Refusal>& refusals = {});

/// An engine over a disk in memory, driven synchronously, that can be stopped, killed and
/// restarted.
class EngineHarness {
 public:
  explicit EngineHarness(domain::CatalogueData catalogue = TestCatalogueData());

  /// Applied at the next Start(). Segments are small and slices hold one item, so that a test sees
  /// many of both.
  engine::Engine::Options& options() { return options_; }

  /// Opens the engine on what the disk holds.
  absl::Status Start();
  /// Loses everything that was not synced, and the process.
  void Kill(std::size_t kept_unsynced_bytes = 0);
  void Stop();

  /// Changes the catalogue and waits for the outcome. The next Start() is with the last one that
  /// was given, whatever became of it, as a daemon's is that reads its files again.
  absl::Status ChangeCatalogue(domain::CatalogueData catalogue);

  engine::Engine& engine() { return *engine_; }
  MemoryFileSystem& disk() { return disk_; }
  /// Valid until the catalogue changes.
  const domain::Catalogue& catalogue() { return *engine_->catalogue(); }

  /// iocd::testing::MakeBatch() of department "a".
  engine::Batch MakeBatch(const std::string& producer, eventlog::BatchKey key,
                          const std::vector<domain::Event>& events, Timestamp arrival,
                          const std::vector<domain::Refusal>& refusals = {});

  /// Takes a snapshot and waits for its outcome. The log holds something new since the last one.
  engine::SnapshotOutcome TakeSnapshot();
  /// Waits for the outcome of a snapshot that has begun by itself.
  engine::SnapshotOutcome WaitForSnapshot() { return observer_.Wait(); }
  /// What start-up found.
  const engine::Recovery& recovery() const { return engine_->recovery(); }

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
  engine::Engine::Options options_ = {
      .data_directory = "/data", .segment_bytes = 1 << 20, .slice_bytes = 1};
  MemoryFileSystem disk_;
  SnapshotWaiter observer_;
  std::unique_ptr<engine::Engine> engine_;
};

}  // namespace iocd::testing

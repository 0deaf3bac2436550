// Loads whatever stands in a snapshot file. Either it is set aside, or the daemon says why not, or
// it gives a state: one that can be written down and read back to the last bit, and that batches
// can be applied to.

#include <cstdint>
#include <string>

#include "base/limits.h"
#include "engine/snapshot_cutter.h"
#include "engine/snapshot_loader.h"
#include "engine/state.h"
#include "eventlog/record.h"
#include "fuzz/require.h"
#include "fuzz/snapshot_input.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_format.h"
#include "support/memory_file_system.h"

namespace iocd::fuzz {
namespace {

constexpr char kDirectory[] = "/data/snapshots";

std::string Encoded(const engine::State& state) {
  std::string bytes;
  state.EncodeTo(&bytes);
  return bytes;
}

void RequireCutAndLoaded(const engine::State& state) {
  engine::State loaded;
  engine::SnapshotCutter cutter(state);
  while (const auto slice = cutter.Next(limits::kSliceBytes)) {
    Require(engine::LoadSlice(*slice, 0, &loaded).ok(), "what was cut can be loaded");
  }
  Require(Encoded(loaded) == Encoded(state), "what was loaded is what was cut");
}

/// A batch for the first department and indicators, as replay would bring it.
void Apply(engine::State* state, Timestamp arrival, eventlog::BatchKey key) {
  const domain::DepartmentId department{1};
  eventlog::BatchRecordBuilder builder({arrival, department, "p", std::move(key), {1, 2}, false},
                                       8);
  for (std::uint32_t indicator = 1; indicator <= 8; ++indicator) {
    domain::Event event;
    event.series = {department, domain::IndicatorId{indicator}, domain::kNoMember};
    event.time = arrival;
    event.first = event.second = 1;
    event.has_second = true;
    event.counts_once = indicator % 2 == 0;
    event.reference = "reference";
    builder.Add(event);
  }
  const std::string record = std::move(builder).Finish({});
  absl::string_view bytes(record);
  const auto batch = eventlog::BatchRecord::Parse(eventlog::TakeRecord(&bytes)->body);
  // An id that nobody defined is told.
  state->Apply(*batch, std::uint64_t{1} << 62).IgnoreError();
}

void Load(const std::string& file, std::uint64_t start) {
  iocd::testing::MemoryFileSystem disk;
  disk.SetContents(snapshot::SnapshotPath(kDirectory, start), file);
  engine::State state;
  const auto loaded = engine::LoadNewestSnapshot(disk, kDirectory, nullptr, &state);
  if (!loaded.ok()) return RequireSentence(loaded.status());
  Require(loaded->path.empty() == (loaded->damaged.size() == 1), "it is loaded or set aside");
  if (loaded->path.empty()) {
    Require(Encoded(state) == Encoded(engine::State()), "nothing is left of a damaged one");
    return;
  }
  RequireCutAndLoaded(state);
  const Timestamp now = Timestamp::FromSeconds(1'700'000'000);
  Apply(&state, now, eventlog::Sequence{7});
  Apply(&state, now, std::string("id"));
  state.Judge(domain::DepartmentId{1}, "p", eventlog::Sequence{8}, {});
  Encoded(state);
}

}  // namespace
}  // namespace iocd::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace iocd::fuzz;
  const std::string file =
      SnapshotInput::Decode({reinterpret_cast<const char*>(data), size}).OnDisk();
  const auto head = iocd::snapshot::DecodeHead(file);
  Load(file, head.ok() ? head->start : 0);
  return 0;
}

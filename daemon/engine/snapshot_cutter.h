#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "domain/ids.h"
#include "engine/state.h"

namespace iocd::engine {

/// The type of the sections that hold items of the state; the number stands in files.
inline constexpr std::uint32_t kItemsSection = 1;

/// Cuts the state into slices between which it goes on changing. Each slice is whole up to the
/// position at which it is cut; together they are what the log says, for a replay that begins where
/// the first one was cut (see State). Format of the items: docs/snapshot.md.
class SnapshotCutter {
 public:
  /// `state` outlives the cutter. One thread: the one that changes the state.
  explicit SnapshotCutter(const State& state);

  /// The next slice, of about `max_bytes`; nullopt once everything has been cut. One item may be
  /// larger: all producers of one department take up to 13 MB.
  std::optional<std::string> Next(std::size_t max_bytes);

 private:
  /// Where the cutter stands: in this order.
  enum class Stage { kDepartment, kBatchIds, kReferences, kSeries, kHead, kDone };

  void CutDepartment(std::string* out);
  void CutChunk(State::LongList list, Stage next, std::size_t max_bytes, std::string* out);
  void CutSeries(std::size_t max_bytes, std::string* out);

  const State& state_;
  const std::vector<domain::DepartmentId> departments_;  // those that there were at the beginning
  Stage stage_;
  std::size_t department_ = 0;      // index in departments_
  std::uint64_t next_ordinal_ = 0;  // of the long list that is being cut
  std::size_t next_series_ = 0;
};

/// Takes the items of a slice into a state that lacks them. `covered` is the position at which the
/// slice was cut. DataLoss if they cannot be read; the state is then of no use.
absl::Status LoadSlice(absl::string_view slice, std::uint64_t covered, State* state);

}  // namespace iocd::engine

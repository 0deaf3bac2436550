#include "engine/snapshot_cutter.h"

#include "absl/strings/str_cat.h"
#include "base/coding.h"

namespace iocd::engine {
namespace {

/// What an item is. The numbers stand in files: never renumber.
enum class Item : std::uint8_t {
  kHead = 1,
  kSeriesWithoutPeriods = 2,  // format 1: read, no longer written
  kDepartment = 3,
  kChunk = 4,
  kSeries = 5,
};

void Put(std::string* out, Item item) {
  iocd::Put<std::uint8_t>(out, static_cast<std::uint8_t>(item));
}

}  // namespace

// A department, or a series, that comes to be after its stage has passed is not in the snapshot:
// all that is said of it stands in the log behind the position where the replay begins.
SnapshotCutter::SnapshotCutter(const State& state)
    : state_(state),
      departments_(state.Departments()),
      stage_(departments_.empty() ? Stage::kSeries : Stage::kDepartment) {}

std::optional<std::string> SnapshotCutter::Next(std::size_t max_bytes) {
  if (stage_ == Stage::kDone) return std::nullopt;
  std::string out;
  while (stage_ != Stage::kDone && out.size() < max_bytes) {
    const std::size_t left = max_bytes - out.size();
    switch (stage_) {
      case Stage::kDepartment:
        CutDepartment(&out);
        break;
      case Stage::kBatchIds:
        CutChunk(State::LongList::kBatchIds, Stage::kReferences, left, &out);
        break;
      case Stage::kReferences:
        CutChunk(State::LongList::kReferences, Stage::kDepartment, left, &out);
        break;
      case Stage::kSeries:
        CutSeries(left, &out);
        break;
      case Stage::kHead:
        Put(&out, Item::kHead);
        state_.EncodeHead(&out);
        stage_ = Stage::kDone;
        break;
      case Stage::kDone:
        break;
    }
  }
  return out;
}

void SnapshotCutter::CutDepartment(std::string* out) {
  Put(out, Item::kDepartment);
  state_.EncodeDepartment(departments_[department_], out);
  stage_ = Stage::kBatchIds;
}

void SnapshotCutter::CutChunk(State::LongList list, Stage next, std::size_t max_bytes,
                              std::string* out) {
  Put(out, Item::kChunk);
  const auto end =
      state_.EncodeChunk(list, departments_[department_], next_ordinal_, max_bytes, out);
  next_ordinal_ = end.next_ordinal;
  if (!end.is_last) return;
  next_ordinal_ = 0;
  stage_ = next;
  if (next == Stage::kDepartment && ++department_ == departments_.size()) stage_ = Stage::kSeries;
}

void SnapshotCutter::CutSeries(std::size_t max_bytes, std::string* out) {
  const std::size_t full = out->size() + max_bytes;
  while (next_series_ < state_.SeriesCount() && out->size() < full) {
    Put(out, Item::kSeries);
    state_.EncodeSeries(next_series_++, out);
  }
  if (next_series_ == state_.SeriesCount()) stage_ = Stage::kHead;
}

absl::Status LoadSlice(absl::string_view slice, std::uint64_t covered, State* state) {
  Reader reader(slice);
  while (!reader.rest().empty()) {
    const std::size_t left = reader.rest().size();
    bool read = false;
    switch (static_cast<Item>(reader.Get<std::uint8_t>())) {
      case Item::kHead:
        read = state->DecodeHead(reader, covered);
        break;
      case Item::kSeriesWithoutPeriods:
        read = state->DecodeSeries(reader, covered, domain::SeriesForm::kWithoutPeriods);
        break;
      case Item::kSeries:
        read = state->DecodeSeries(reader, covered, domain::SeriesForm::kWithPeriods);
        break;
      case Item::kDepartment:
        read = state->DecodeDepartment(reader, covered);
        break;
      case Item::kChunk:
        read = state->DecodeChunk(reader, covered);
        break;
    }
    if (!read || !reader.ok()) {
      return absl::DataLossError(
          absl::StrCat("an item ", left, " bytes before the end of a section cannot be read"));
    }
  }
  return absl::OkStatus();
}

}  // namespace iocd::engine

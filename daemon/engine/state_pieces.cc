// The pieces of the state as snapshots hold them. Format: docs/snapshot.md.

#include <algorithm>
#include <utility>

#include "base/coding.h"
#include "base/limits.h"
#include "engine/state.h"

namespace iocd::engine {
namespace {

void PutOptional(std::string* out, const std::optional<Timestamp>& time) {
  Put<std::uint8_t>(out, time ? 1 : 0);
  Put<std::int64_t>(out, time.value_or(Timestamp{}).nanos);
}

std::optional<Timestamp> GetOptional(Reader& reader) {
  const bool present = reader.Get<std::uint8_t>() != 0;
  const Timestamp time{reader.Get<std::int64_t>()};
  return present ? std::optional(time) : std::nullopt;
}

}  // namespace

void State::EncodeHead(std::string* out) const {
  PutOptional(out, newest_arrival_);
  dictionary_.EncodeTo(out);
}

bool State::DecodeHead(Reader& reader, std::uint64_t covered) {
  newest_arrival_ = GetOptional(reader);
  std::optional<Dictionary> dictionary = Dictionary::Decode(reader);
  if (!dictionary) return false;
  dictionary_ = *std::move(dictionary);
  dictionary_covered_ = covered;
  return true;
}

void State::EncodeSeries(std::size_t number, std::string* out) const {
  const SeriesEntry& entry = series_[number];
  Put(out, static_cast<std::uint32_t>(entry.key.department));
  Put(out, static_cast<std::uint32_t>(entry.key.indicator));
  Put(out, static_cast<std::uint32_t>(entry.key.member));
  entry.series.EncodeTo(out);
}

bool State::DecodeSeries(Reader& reader, std::uint64_t covered, domain::SeriesForm form) {
  domain::SeriesKey key;
  key.department = domain::DepartmentId{reader.Get<std::uint32_t>()};
  key.indicator = domain::IndicatorId{reader.Get<std::uint32_t>()};
  key.member = domain::MemberId{reader.Get<std::uint32_t>()};
  std::optional<domain::Series> series = domain::Series::Decode(reader, form);
  if (!series) return false;
  const auto number = static_cast<std::uint32_t>(series_.size());
  if (!series_index_.emplace(key, number).second) return false;
  series_.push_back({key, covered, *std::move(series)});
  return true;
}

std::vector<domain::DepartmentId> State::Departments() const {
  std::vector<domain::DepartmentId> ids;
  for (const auto& [id, department] : departments_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void State::EncodeDepartment(domain::DepartmentId id, std::string* out) const {
  const Department& department = departments_.at(id);
  Put(out, static_cast<std::uint32_t>(id));
  PutOptional(out, department.activity.last_seen);
  Put<std::uint8_t>(out, department.activity.simulated ? 1 : 0);
  department.producers.EncodeTo(out);
}

bool State::DecodeDepartment(Reader& reader, std::uint64_t covered) {
  const domain::DepartmentId id{reader.Get<std::uint32_t>()};
  const auto [found, is_new] = departments_.try_emplace(id);
  if (!is_new) return false;
  Department& department = found->second;
  department.activity.last_seen = GetOptional(reader);
  department.activity.simulated = reader.Get<std::uint8_t>() != 0;
  std::optional<ProducerHistories> producers = ProducerHistories::Decode(reader);
  if (!producers) return false;
  department.producers = *std::move(producers);
  department.producers_covered = covered;
  return true;
}

State::ChunkEnd State::EncodeChunk(LongList list, domain::DepartmentId id, std::uint64_t from,
                                   std::size_t max_bytes, std::string* out) const {
  const Department& department = departments_.at(id);
  Put(out, static_cast<std::uint8_t>(list));
  Put(out, static_cast<std::uint32_t>(id));
  const auto encode = [&](const auto& history) {
    // Entries below the first ordinal may have gone since the chunk before was cut.
    Put<std::uint64_t>(out, history.FirstOrdinal());
    const std::uint64_t next = history.EncodeChunk(from, max_bytes, out);
    return ChunkEnd{next, next == history.EndOrdinal()};
  };
  return list == LongList::kBatchIds ? encode(department.batch_ids.keys())
                                     : encode(department.references);
}

bool State::DecodeChunk(Reader& reader, std::uint64_t covered) {
  const auto list = static_cast<LongList>(reader.Get<std::uint8_t>());
  const auto found = departments_.find(domain::DepartmentId{reader.Get<std::uint32_t>()});
  if (found == departments_.end()) return false;
  const auto decode = [&](auto& history, std::uint64_t* history_covered) {
    const auto first_ordinal = reader.Get<std::uint64_t>();
    if (!history.DecodeChunk(reader) || first_ordinal > history.EndOrdinal()) return false;
    history.DropBelow(first_ordinal);
    *history_covered = covered;
    return true;
  };
  Department& department = found->second;
  switch (list) {
    case LongList::kBatchIds:
      return decode(department.batch_ids.keys(), &department.batch_ids_covered);
    case LongList::kReferences:
      return decode(department.references, &department.references_covered);
  }
  return false;
}

}  // namespace iocd::engine

#include "engine/state.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/coding.h"

namespace iocd::engine {

const domain::Series* State::Find(const domain::SeriesKey& key) const {
  const auto found = series_index_.find(key);
  return found == series_index_.end() ? nullptr : &series_[found->second].series;
}

DepartmentActivity State::ActivityOf(domain::DepartmentId department) const {
  const auto found = departments_.find(department);
  return found == departments_.end() ? DepartmentActivity{} : found->second.activity;
}

ProducerProgress State::ProgressOf(domain::DepartmentId department,
                                   const std::string& producer) const {
  const auto found = departments_.find(department);
  return found == departments_.end() ? ProducerProgress{}
                                     : found->second.producers.ProgressOf(producer);
}

absl::Status State::Apply(const eventlog::DefineRecord& record, std::uint64_t position) {
  if (position < dictionary_covered_) return absl::OkStatus();
  return dictionary_.Apply(record);
}

State::SeriesEntry* State::SeriesOf(const domain::SeriesKey& key) {
  const auto found = series_index_.find(key);
  if (found != series_index_.end()) return &series_[found->second];
  const std::optional<domain::Kind> kind = dictionary_.KindOf(key.indicator);
  if (!kind || !dictionary_.Knows(key.department) || !dictionary_.Knows(key.member)) {
    return nullptr;
  }
  series_index_.emplace(key, static_cast<std::uint32_t>(series_.size()));
  return &series_.emplace_back(SeriesEntry{key, 0, domain::Series(*kind)});
}

absl::Status State::Apply(const eventlog::BatchRecord& record, std::uint64_t position) {
  const eventlog::BatchHeader& header = record.header();
  Department& sender = departments_[header.department];
  See(&sender, header);
  newest_arrival_ = header.arrival;

  bool all_known = true;
  std::uint32_t already_counted = 0;
  domain::DepartmentId last_seen = header.department;
  const bool whole = record.ForEachEvent([&](const domain::Event& event) {
    if (!ApplyEvent(event, header.arrival, position)) {
      all_known = false;
      return;
    }
    already_counted += event.already_counted ? 1 : 0;
    if (event.series.department != last_seen) {
      last_seen = event.series.department;
      See(&departments_[last_seen], header);
    }
  });
  if (!whole) return absl::DataLossError("malformed batch record");
  if (!all_known) return absl::DataLossError("an event uses an id that was never defined");

  const Taken taken{header.content, position, record.event_count() - already_counted,
                    record.refusal_count(), already_counted};
  if (const auto* sequence = std::get_if<eventlog::Sequence>(&header.key)) {
    if (position >= sender.producers_covered) {
      sender.producers.Take(header.producer, *sequence, taken);
    }
  } else if (const auto* id = std::get_if<std::string>(&header.key)) {
    if (position >= sender.batch_ids_covered) {
      sender.batch_ids.Take(header.producer, *id, header.arrival, taken);
    }
  }
  return absl::OkStatus();
}

bool State::ApplyEvent(const domain::Event& event, Timestamp arrival, std::uint64_t position) {
  if (event.already_counted) return dictionary_.Knows(event.series.department);
  SeriesEntry* entry = SeriesOf(event.series);
  if (entry == nullptr) return false;
  if (position >= entry->covered) entry->series.Apply(event, arrival);
  if (event.counts_once) {
    Department& department = departments_[event.series.department];
    if (position >= department.references_covered) {
      department.references.Take(ReferenceKey(event), arrival, {});
    }
  }
  return true;
}

bool State::HasCounted(domain::DepartmentId department, const KeyHash& key,
                       Timestamp arrival) const {
  const auto found = departments_.find(department);
  return found != departments_.end() && found->second.references.HoldsAt(key, arrival);
}

void State::See(Department* department, const eventlog::BatchHeader& header) {
  DepartmentActivity& activity = department->activity;
  activity.last_seen = std::max(activity.last_seen.value_or(header.arrival), header.arrival);
  activity.simulated |= header.simulated;
}

Verdict State::Judge(domain::DepartmentId department, const std::string& producer,
                     const eventlog::BatchKey& key, const eventlog::ContentHash& content) const {
  if (std::holds_alternative<eventlog::NoKey>(key)) return {};
  static const Department kUnseen;
  const auto found = departments_.find(department);
  const Department& sender = found == departments_.end() ? kUnseen : found->second;
  if (const auto* id = std::get_if<std::string>(&key)) {
    return sender.batch_ids.Judge(producer, *id, content);
  }
  return sender.producers.Judge(producer, std::get<eventlog::Sequence>(key), content);
}

void State::EncodeTo(std::string* out) const {
  dictionary_.EncodeTo(out);

  std::vector<std::pair<domain::SeriesKey, std::uint32_t>> keys(series_index_.begin(),
                                                                series_index_.end());
  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.department, a.first.indicator, a.first.member) <
           std::tie(b.first.department, b.first.indicator, b.first.member);
  });
  Put<std::uint64_t>(out, keys.size());
  for (const auto& [key, index] : keys) {
    Put(out, static_cast<std::uint32_t>(key.department));
    Put(out, static_cast<std::uint32_t>(key.indicator));
    Put(out, static_cast<std::uint32_t>(key.member));
    series_[index].series.EncodeTo(out);
  }

  std::vector<domain::DepartmentId> ids;
  for (const auto& [id, department] : departments_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  Put<std::uint64_t>(out, ids.size());
  for (const domain::DepartmentId id : ids) {
    const Department& department = departments_.at(id);
    Put(out, static_cast<std::uint32_t>(id));
    Put<std::int64_t>(out, department.activity.last_seen.value_or(Timestamp{}).nanos);
    Put<std::uint8_t>(out, department.activity.simulated ? 1 : 0);
    department.producers.EncodeTo(out);
    department.batch_ids.EncodeTo(out);
    department.references.EncodeTo(out);
  }

  Put<std::uint8_t>(out, newest_arrival_ ? 1 : 0);
  Put<std::int64_t>(out, newest_arrival_.value_or(Timestamp{}).nanos);
}

}  // namespace iocd::engine

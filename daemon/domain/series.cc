#include "domain/series.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace iocd::domain {

Series::Series(Kind kind) : kind_(kind), periods_(kind) {
  if (IsWindowed(kind)) content_.emplace<RollingWindows>(kind);
}

void Series::Apply(const Event& event, Timestamp arrival) {
  last_arrival_ = std::max(last_arrival_.value_or(arrival), arrival);
  periods_.Apply(event, arrival);
  const bool newest = !last_event_time_ || event.time >= *last_event_time_;
  if (newest) last_event_time_ = event.time;
  if (auto* windows = std::get_if<RollingWindows>(&content_)) {
    windows->Add(event);
  } else if (newest) {
    content_ = LatestNumbers{event.first, event.second, event.has_second || kind_ == Kind::kScore};
  }
}

Aggregate Series::InWindow(Window window, Timestamp now) const {
  assert(IsWindowed(kind_));
  return std::get<RollingWindows>(content_).Read(window, now);
}

std::vector<BucketValue> Series::Buckets(Window window, Timestamp now) const {
  assert(IsWindowed(kind_));
  return std::get<RollingWindows>(content_).ReadBuckets(window, now);
}

Aggregate Series::Latest() const {
  assert(!IsWindowed(kind_));
  Aggregate latest;
  if (!last_event_time_) return latest;
  const auto& numbers = std::get<LatestNumbers>(content_);
  latest.events = 1;
  latest.first = numbers.first;
  latest.second = numbers.second;
  latest.has_second = numbers.has_second;
  latest.time = *last_event_time_;
  return latest;
}

std::size_t Series::HeapBytes() const {
  const auto* windows = std::get_if<RollingWindows>(&content_);
  return (windows == nullptr ? 0 : windows->HeapBytes()) + periods_.HeapBytes();
}

void Series::EncodeTo(std::string* out) const {
  out->push_back(static_cast<char>(kind_));
  out->push_back(last_event_time_ ? 1 : 0);
  if (!last_event_time_) return;
  Put<std::int64_t>(out, last_event_time_->nanos);
  if (const auto* windows = std::get_if<RollingWindows>(&content_)) {
    windows->EncodeTo(out);
  } else {
    const auto& numbers = std::get<LatestNumbers>(content_);
    Put<double>(out, numbers.first);
    Put<double>(out, numbers.second);
    out->push_back(numbers.has_second ? 1 : 0);
  }
  out->push_back(last_arrival_ ? 1 : 0);
  Put<std::int64_t>(out, last_arrival_.value_or(Timestamp{}).nanos);
  periods_.EncodeTo(out);
}

std::optional<Series> Series::Decode(Reader& reader, SeriesForm form) {
  const auto kind = static_cast<Kind>(reader.Get<std::uint8_t>());
  const auto has_event = reader.Get<std::uint8_t>();
  if (!reader.ok() || KindName(kind).empty() || has_event > 1) return std::nullopt;
  Series series(kind);
  if (has_event == 0) return series;
  series.last_event_time_ = Timestamp{reader.Get<std::int64_t>()};
  if (IsWindowed(kind)) {
    auto windows = RollingWindows::Decode(kind, reader);
    if (!windows) return std::nullopt;
    series.content_ = *std::move(windows);
  } else {
    const auto numbers = DecodeLatest(kind, reader);
    if (!numbers) return std::nullopt;
    series.content_ = *numbers;
  }
  if (form == SeriesForm::kWithPeriods && !series.DecodePeriods(reader)) return std::nullopt;
  return series;
}

bool Series::DecodePeriods(Reader& reader) {
  const auto has_arrival = reader.Get<std::uint8_t>();
  const Timestamp arrival{reader.Get<std::int64_t>()};
  if (has_arrival > 1 || (has_arrival == 0 && arrival != Timestamp{})) return false;
  if (has_arrival == 1) last_arrival_ = arrival;
  std::optional<PeriodHistory> periods = PeriodHistory::Decode(kind_, reader);
  if (!periods || periods->HasEvents() != last_arrival_.has_value()) return false;
  periods_ = *std::move(periods);
  return true;
}

std::optional<Series::LatestNumbers> Series::DecodeLatest(Kind kind, Reader& reader) {
  LatestNumbers numbers{};
  numbers.first = reader.Get<double>();
  numbers.second = reader.Get<double>();
  const auto has_second = reader.Get<std::uint8_t>();
  numbers.has_second = has_second == 1;
  const bool sound = std::isfinite(numbers.first) && std::isfinite(numbers.second) &&
                     has_second <= 1 && (numbers.has_second || kind != Kind::kScore);
  if (!reader.ok() || !sound) return std::nullopt;
  return numbers;
}

}  // namespace iocd::domain

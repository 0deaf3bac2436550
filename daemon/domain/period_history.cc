#include "domain/period_history.h"

#include <algorithm>
#include <cmath>

#include "absl/time/civil_time.h"
#include "domain/floor_division.h"

namespace iocd::domain {
namespace {

constexpr int kSecondHalfFrom = 15;  // the day of the month
constexpr std::int64_t kHalfMonthsPerYear = 24;

std::int64_t HalfMonthOf(CivilDate date) {
  const absl::CivilDay day = absl::CivilDay(1970, 1, 1) + date.days;
  return day.year() * kHalfMonthsPerYear + (day.month() - 1) * std::int64_t{2} +
         (day.day() >= kSecondHalfFrom ? 1 : 0);
}

CivilDate StartOfHalfMonth(std::int64_t number) {
  const std::int64_t in_year = FloorMod(number, kHalfMonthsPerYear);
  return CivilDate::FromYearMonthDay(static_cast<int>(FloorDiv(number, kHalfMonthsPerYear)),
                                     static_cast<int>(in_year / 2) + 1,
                                     in_year % 2 == 0 ? 1 : kSecondHalfFrom);
}

bool IsFinite(double value) { return std::isfinite(value); }

}  // namespace

std::int64_t PeriodHistory::Row::NumberOf(CivilDate date) const {
  return unit_ == Unit::kDay ? date.days : HalfMonthOf(date);
}

void PeriodHistory::Row::Append(std::int64_t number) {
  const auto kept = std::find_if(buckets_.begin(), buckets_.end(), [&](const Bucket& bucket) {
    return bucket.number > number - Kept();
  });
  buckets_.erase(buckets_.begin(), kept);
  buckets_.push_back({.number = static_cast<std::int32_t>(number)});
  const bool day = unit_ == Unit::kDay;
  newest_begin_ = day ? CivilDate{number}.Start() : StartOfHalfMonth(number).Start();
  newest_end_ = day ? CivilDate{number + 1}.Start() : StartOfHalfMonth(number + 1).Start();
}

PeriodHistory::Bucket* PeriodHistory::Row::At(Timestamp time) {
  if (time >= newest_begin_ && time < newest_end_) return &buckets_.back();
  const std::int64_t number = NumberOf(CivilDate::Containing(time));
  if (buckets_.empty() || number > buckets_.back().number) {
    Append(number);
    return &buckets_.back();
  }
  if (number <= buckets_.back().number - Kept()) return nullptr;
  const auto found =
      std::lower_bound(buckets_.begin(), buckets_.end(), number,
                       [](const Bucket& bucket, std::int64_t n) { return bucket.number < n; });
  if (found->number == number) return &*found;
  return &*buckets_.insert(found, {.number = static_cast<std::int32_t>(number)});
}

std::vector<PeriodHistory::Bucket>::const_iterator PeriodHistory::Row::From(CivilDate start) const {
  return std::lower_bound(buckets_.begin(), buckets_.end(), NumberOf(start),
                          [](const Bucket& bucket, std::int64_t n) { return bucket.number < n; });
}

void PeriodHistory::Apply(const Event& event, Timestamp arrival) {
  if (Bucket* const day = days_.At(event.time)) AddTo(day, event, arrival);
  if (Bucket* const half_month = half_months_.At(event.time)) AddTo(half_month, event, arrival);
}

void PeriodHistory::AddTo(Bucket* bucket, const Event& event, Timestamp arrival) const {
  if (bucket->events++ == 0) {
    bucket->first_arrival = arrival;
    bucket->min = bucket->max = kind_ == Kind::kDuration ? event.first : 0;
    bucket->time = event.time;
  }
  switch (kind_) {
    case Kind::kRatio:
      bucket->has_second = true;
      bucket->second += event.second;
      [[fallthrough]];
    case Kind::kFlow:
      bucket->first += event.first;
      return;
    case Kind::kDuration:
      bucket->first += event.first;
      bucket->min = std::min(bucket->min, event.first);
      bucket->max = std::max(bucket->max, event.first);
      return;
    case Kind::kStock:
    case Kind::kCoverage:
    case Kind::kScore:
    case Kind::kRank:
    case Kind::kReported:
    case Kind::kWorst:
      break;
  }
  if (event.time < bucket->time) return;  // an older one than the one held changes nothing
  bucket->time = event.time;
  bucket->first = event.first;
  bucket->second = event.second;
  bucket->has_second = event.has_second || kind_ == Kind::kScore;
}

const PeriodHistory::Row& PeriodHistory::RowOf(const Period& period) const {
  const bool of_days = period.kind == PeriodKind::kDay || period.kind == PeriodKind::kWeek;
  return of_days ? days_ : half_months_;
}

Aggregate PeriodHistory::In(const Period& period) const {
  const Row& row = RowOf(period);
  const std::int64_t end = row.NumberOf(period.End());
  Aggregate sum;
  for (auto bucket = row.From(period.Start()); bucket != row.end() && bucket->number < end;
       ++bucket) {
    if (!IsWindowed(kind_)) {
      sum.first = bucket->first;
      sum.second = bucket->second;
      sum.has_second = bucket->has_second;
      sum.time = bucket->time;
      sum.events = 1;
      continue;
    }
    sum.min = sum.events == 0 ? bucket->min : std::min(sum.min, bucket->min);
    sum.max = sum.events == 0 ? bucket->max : std::max(sum.max, bucket->max);
    sum.events += bucket->events;
    sum.first += bucket->first;
    sum.second += bucket->second;
    sum.has_second = bucket->has_second;
  }
  return sum;
}

std::optional<Timestamp> PeriodHistory::FirstArrivalIn(const Period& period) const {
  const Row& row = RowOf(period);
  const std::int64_t end = row.NumberOf(period.End());
  std::optional<Timestamp> first;
  for (auto bucket = row.From(period.Start()); bucket != row.end() && bucket->number < end;
       ++bucket) {
    if (!first || bucket->first_arrival < *first) first = bucket->first_arrival;
  }
  return first;
}

std::size_t PeriodHistory::HeapBytes() const {
  return days_.HeapBytes() + half_months_.HeapBytes();
}

void PeriodHistory::Row::EncodeTo(Kind kind, std::string* out) const {
  Put(out, static_cast<std::uint32_t>(buckets_.size()));
  for (const Bucket& bucket : buckets_) {
    Put(out, bucket.number);
    Put(out, bucket.events);
    Put(out, bucket.first_arrival.nanos);
    Put(out, bucket.first);
    if (kind == Kind::kFlow) continue;
    Put(out, bucket.second);
    if (kind == Kind::kRatio) continue;
    if (kind == Kind::kDuration) {
      Put(out, bucket.min);
      Put(out, bucket.max);
      continue;
    }
    Put(out, bucket.time.nanos);
    Put<std::uint8_t>(out, bucket.has_second ? 1 : 0);
  }
}

bool PeriodHistory::Row::DecodeFrom(Kind kind, Reader& reader) {
  const auto count = reader.Get<std::uint32_t>();
  if (count > Kept()) return false;
  const bool latest = !IsWindowed(kind);
  for (std::uint32_t i = 0; i < count; ++i) {
    Bucket bucket;
    bucket.number = reader.Get<std::int32_t>();
    bucket.events = reader.Get<std::uint64_t>();
    bucket.first_arrival.nanos = reader.Get<std::int64_t>();
    bucket.first = reader.Get<double>();
    if (kind != Kind::kFlow) bucket.second = reader.Get<double>();
    bucket.has_second = kind == Kind::kRatio;
    if (kind == Kind::kDuration) {
      bucket.min = reader.Get<double>();
      bucket.max = reader.Get<double>();
    }
    if (latest) {
      bucket.time.nanos = reader.Get<std::int64_t>();
      const auto has_second = reader.Get<std::uint8_t>();
      if (has_second > 1) return false;
      bucket.has_second = has_second == 1;
    }
    const bool in_order = i == 0 || buckets_.back().number < bucket.number;
    const bool sound = reader.ok() && bucket.events > 0 && in_order && IsFinite(bucket.min) &&
                       IsFinite(bucket.max) &&
                       (!latest || (IsFinite(bucket.first) && IsFinite(bucket.second)));
    if (!sound) return false;
    Append(bucket.number);
    if (buckets_.size() != i + 1) return false;  // what is too old is not in a canonical form
    buckets_.back() = bucket;
  }
  return reader.ok();
}

void PeriodHistory::EncodeTo(std::string* out) const {
  days_.EncodeTo(kind_, out);
  half_months_.EncodeTo(kind_, out);
}

std::optional<PeriodHistory> PeriodHistory::Decode(Kind kind, Reader& reader) {
  PeriodHistory history(kind);
  if (!history.days_.DecodeFrom(kind, reader) || !history.half_months_.DecodeFrom(kind, reader)) {
    return std::nullopt;
  }
  return history;
}

}  // namespace iocd::domain

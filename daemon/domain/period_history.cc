#include "domain/period_history.h"

#include <algorithm>
#include <cmath>
#include <limits>

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

constexpr std::int64_t kDayNanos = Duration::Days(1).nanos;
constexpr std::int64_t kMidnightNanos = Duration::Seconds(17 * 3'600).nanos;  // +07:00, in UTC

constexpr auto kBefore = [](const auto& bucket, std::int64_t number) {
  return bucket.number < number;
};

constexpr Timestamp kFirstInstant{std::numeric_limits<std::int64_t>::min()};
constexpr Timestamp kLastInstant{std::numeric_limits<std::int64_t>::max()};

}  // namespace

CivilDate PeriodDayOf(Kind kind, Timestamp time) {
  const CivilDate date = CivilDate::Containing(time);
  const bool is_midnight = FloorMod(time.nanos, kDayNanos) == kMidnightNanos;
  if (IsWindowed(kind) || !is_midnight) return date;
  const absl::CivilDay day = absl::CivilDay(1970, 1, 1) + date.days;
  const bool ends_a_year = day.month() == 1 && day.day() == 1;
  return ends_a_year ? CivilDate{date.days - 1} : date;
}

std::int64_t PeriodHistory::Row::NumberOf(CivilDate date) const {
  return unit_ == Unit::kDay ? date.days : HalfMonthOf(date);
}

void PeriodHistory::Row::NewestIs(std::int64_t number) {
  const bool day = unit_ == Unit::kDay;
  newest_begin_ = day ? CivilDate{number} : StartOfHalfMonth(number);
  newest_end_ = day ? CivilDate{number + 1} : StartOfHalfMonth(number + 1);
}

void PeriodHistory::Row::Append(std::int64_t number) {
  const auto kept = std::find_if(buckets_.begin(), buckets_.end(), [&](const Bucket& bucket) {
    return bucket.number > number - Kept();
  });
  buckets_.erase(buckets_.begin(), kept);
  MakeRoom();
  buckets_.push_back({.number = static_cast<std::int32_t>(number)});
  NewestIs(number);
}

PeriodHistory::Bucket* PeriodHistory::Row::At(CivilDate date) {
  if (IsNewest(date)) return &buckets_.back();
  const std::int64_t number = NumberOf(date);
  if (buckets_.empty() || number > buckets_.back().number) {
    Append(number);
    return &buckets_.back();
  }
  if (number <= buckets_.back().number - Kept()) return nullptr;
  const auto found = std::lower_bound(buckets_.begin(), buckets_.end(), number, kBefore);
  if (found->number == number) return &*found;
  const auto place = found - buckets_.begin();
  MakeRoom();
  return &*buckets_.insert(buckets_.begin() + place, {.number = static_cast<std::int32_t>(number)});
}

// A vector by itself would hold room for as many again.
void PeriodHistory::Row::MakeRoom() {
  const std::size_t size = buckets_.size();
  if (size == buckets_.capacity()) buckets_.reserve(size + size / 8 + 1);
}

std::span<const PeriodHistory::Bucket> PeriodHistory::Row::Between(CivilDate start,
                                                                   CivilDate end) const {
  if (buckets_.empty() || start >= newest_end_) return {};
  const std::int64_t first = NumberOf(start);
  if (first <= buckets_.back().number - Kept()) return {};
  const auto from = std::lower_bound(buckets_.begin(), buckets_.end(), first, kBefore);
  if (end >= newest_end_) return {from, buckets_.end()};
  return {from, std::lower_bound(from, buckets_.end(), NumberOf(end), kBefore)};
}

void PeriodHistory::Apply(const Event& event, Timestamp arrival) {
  const CivilDate date = PeriodDayOf(kind_, event.time);
  if (Bucket* const day = days_.At(date)) AddTo(day, event, arrival);
  if (Bucket* const half_month = half_months_.At(date)) AddTo(half_month, event, arrival);
}

void PeriodHistory::AddTo(Bucket* bucket, const Event& event, Timestamp arrival) const {
  if (bucket->events++ == 0) {
    bucket->first_arrival = arrival;
    if (kind_ == Kind::kDuration) bucket->min = bucket->max = event.first;
    if (!IsWindowed(kind_)) bucket->time = event.time;
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

std::span<const PeriodHistory::Bucket> PeriodHistory::BucketsOf(const Period& period) const {
  const bool of_days = period.kind == PeriodKind::kDay || period.kind == PeriodKind::kWeek;
  return (of_days ? days_ : half_months_).Between(period.Start(), period.End());
}

Aggregate PeriodHistory::In(const Period& period) const {
  const std::span<const Bucket> buckets = BucketsOf(period);
  Aggregate sum;
  if (buckets.empty()) return sum;
  const Bucket& newest = buckets.back();
  sum.has_second = newest.has_second;
  if (!IsWindowed(kind_)) {
    sum.events = 1;
    sum.first = newest.first;
    sum.second = newest.second;
    sum.time = newest.time;
    return sum;
  }
  sum.min = newest.min;
  sum.max = newest.max;
  for (const Bucket& bucket : buckets) {
    sum.events += bucket.events;
    sum.first += bucket.first;
    sum.second += bucket.second;
    sum.min = std::min(sum.min, bucket.min);
    sum.max = std::max(sum.max, bucket.max);
  }
  return sum;
}

std::optional<Timestamp> PeriodHistory::FirstArrivalIn(const Period& period) const {
  std::optional<Timestamp> first;
  for (const Bucket& bucket : BucketsOf(period)) {
    if (!first || bucket.first_arrival < *first) first = bucket.first_arrival;
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
    if (kind == Kind::kDuration) {
      Put(out, bucket.min);
      Put(out, bucket.max);
    } else if (kind != Kind::kFlow) {
      Put(out, bucket.second);
    }
    if (IsWindowed(kind)) continue;
    Put(out, bucket.time.nanos);
    Put<std::uint8_t>(out, bucket.has_second ? 1 : 0);
  }
}

bool PeriodHistory::Row::DecodeFrom(Kind kind, Reader& reader) {
  const auto count = reader.Get<std::uint32_t>();
  if (count > Kept()) return false;
  buckets_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Bucket bucket;
    bucket.number = reader.Get<std::int32_t>();
    bucket.events = reader.Get<std::uint64_t>();
    bucket.first_arrival.nanos = reader.Get<std::int64_t>();
    bucket.first = reader.Get<double>();
    if (kind == Kind::kDuration) {
      bucket.min = reader.Get<double>();
      bucket.max = reader.Get<double>();
    } else if (kind != Kind::kFlow) {
      bucket.second = reader.Get<double>();
    }
    bucket.has_second = kind == Kind::kRatio;
    if (!IsWindowed(kind)) {
      bucket.time.nanos = reader.Get<std::int64_t>();
      const auto has_second = reader.Get<std::uint8_t>();
      if (has_second > 1) return false;
      bucket.has_second = has_second == 1;
    }
    const bool in_order = i == 0 || buckets_.back().number < bucket.number;
    if (!reader.ok() || !in_order || !IsSound(kind, bucket)) return false;
    buckets_.push_back(bucket);
  }
  if (count == 0) return reader.ok();
  const std::int64_t oldest = buckets_.front().number, newest = buckets_.back().number;
  NewestIs(newest);
  // Both have instants, so that all between have; and what is too old beside the newest would have
  // been forgotten.
  return oldest >= NumberOf(CivilDate::Containing(kFirstInstant)) &&
         newest <= NumberOf(CivilDate::Containing(kLastInstant)) && oldest > newest - Kept();
}

bool PeriodHistory::Row::IsSound(Kind kind, const Bucket& bucket) const {
  if (bucket.events == 0) return false;
  if (kind == Kind::kDuration) {
    return std::isfinite(bucket.min) && std::isfinite(bucket.max) && bucket.min <= bucket.max;
  }
  if (IsWindowed(kind)) return true;
  return std::isfinite(bucket.first) && std::isfinite(bucket.second) &&
         (bucket.has_second || kind != Kind::kScore) &&
         NumberOf(PeriodDayOf(kind, bucket.time)) == bucket.number;
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
  if (history.days_.Empty() != history.half_months_.Empty()) return std::nullopt;
  if (history.days_.Empty()) return history;
  // The newest event made the newest of both.
  if (!history.half_months_.IsNewest(history.days_.NewestBegin())) return std::nullopt;
  return history;
}

}  // namespace iocd::domain

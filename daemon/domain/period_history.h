#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/coding.h"
#include "base/timestamp.h"
#include "domain/aggregate.h"
#include "domain/calendar.h"
#include "domain/event.h"
#include "domain/indicator_kind.h"

namespace iocd::domain {

/// Local days for which a series keeps what each of them brought: this year and the one before in
/// whole, whose late reports are counted, and two months more.
inline constexpr std::int64_t kKeptDays = 800;
/// Half months, 1st to 14th and 15th to the last, of which the months of both calendars and all
/// that is longer consist: twelve years.
inline constexpr std::int64_t kKeptHalfMonths = std::int64_t{12} * 12 * 2;

/// The day to whose periods an event belongs: that of its time. But a latest value of the midnight
/// with which a year begins is of the year before, as every date that is a year means its end.
CivilDate PeriodDayOf(Kind kind, Timestamp time);

/// What the events of one series add up to in each calendar period, and when the first of each
/// period arrived. Exact: of the flow, ratio and duration kinds every event counts in the period of
/// its PeriodDayOf(), however late it comes; the other kinds keep the latest value in each period.
/// Counted back from the newest event, older days and half months than are kept are forgotten.
///
/// Only days and half months that had an event take memory, 64 bytes each and up to as much again
/// held ready for the next ones. Reads no clock, so equal events in equal order give equal bits.
/// One thread at a time.
class PeriodHistory {
 public:
  explicit PeriodHistory(Kind kind) : kind_(kind) {}

  void Apply(const Event& event, Timestamp arrival);

  /// What the events of the period add up to, or the latest value in it (of those with equal times
  /// the last applied), without a sketch: a duration's value is its mean. Without value if there
  /// was no event, or if the period begins before what is kept, since a part of it would not be its
  /// value. Sums run from the oldest part to the newest.
  Aggregate In(const Period& period) const;

  /// Arrival of the first event that lies in the period; nullopt: none, or no longer kept.
  std::optional<Timestamp> FirstArrivalIn(const Period& period) const;

  bool HasEvents() const { return !days_.Empty(); }
  std::size_t HeapBytes() const;
  /// Appends a canonical form: equal histories append equal bytes.
  void EncodeTo(std::string* out) const;
  /// Takes a history off the reader; nullopt if the bytes are no history's canonical form.
  static std::optional<PeriodHistory> Decode(Kind kind, Reader& reader);

 private:
  /// One day or half month that had an event.
  struct Bucket {
    std::int32_t number = 0;  // days from 1970-01-01, or half months from January of the year 0
    bool has_second = false;
    std::uint64_t events = 0;
    Timestamp first_arrival;
    double first = 0, second = 0;  // as in Aggregate
    double min = 0, max = 0;       // duration only
    Timestamp time;                // latest kinds only: event time of the value
  };

  /// Buckets of one length, in the order of time.
  class Row {
   public:
    enum class Unit : std::uint8_t { kDay, kHalfMonth };
    explicit Row(Unit unit) : unit_(unit) {}

    /// The bucket that contains `date`, made if it is missing; nullptr: before what is kept.
    Bucket* At(CivilDate date);
    /// Those in [start, end), on which buckets begin; none if a part of it is no longer kept.
    std::span<const Bucket> Between(CivilDate start, CivilDate end) const;

    bool Empty() const { return buckets_.empty(); }
    /// Of the newest bucket, if there is one: its first day, and whether `date` lies in it.
    CivilDate NewestBegin() const { return newest_begin_; }
    bool IsNewest(CivilDate date) const { return date >= newest_begin_ && date < newest_end_; }
    std::size_t HeapBytes() const { return buckets_.capacity() * sizeof(Bucket); }
    void EncodeTo(Kind kind, std::string* out) const;
    bool DecodeFrom(Kind kind, Reader& reader);

   private:
    std::int64_t NumberOf(CivilDate date) const;
    void Append(std::int64_t number);
    void MakeRoom();
    void NewestIs(std::int64_t number);
    bool IsSound(Kind kind, const Bucket& bucket) const;
    std::int64_t Kept() const { return unit_ == Unit::kDay ? kKeptDays : kKeptHalfMonths; }

    Unit unit_;
    std::vector<Bucket> buckets_;
    CivilDate newest_begin_, newest_end_;  // of the last bucket: most events lie in it
  };

  std::span<const Bucket> BucketsOf(const Period& period) const;
  void AddTo(Bucket* bucket, const Event& event, Timestamp arrival) const;

  Kind kind_;
  Row days_{Row::Unit::kDay};
  Row half_months_{Row::Unit::kHalfMonth};
};

}  // namespace iocd::domain

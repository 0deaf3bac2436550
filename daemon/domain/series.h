#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/coding.h"
#include "base/timestamp.h"
#include "domain/aggregate.h"
#include "domain/event.h"
#include "domain/period_history.h"
#include "domain/rolling_windows.h"

namespace iocd::domain {

/// What the written form of a series holds; the numbers are the snapshot format's
/// (docs/snapshot.md).
enum class SeriesForm : std::uint8_t {
  kWithoutPeriods = 1,  // of daemons that kept none: its periods begin with what is applied next
  kWithPeriods = 2,
};

/// The state of one series: rolling windows for flow, ratio and duration; for the other kinds the
/// latest value by event time (an older event changes nothing; among equal times the later applied
/// wins); and of all kinds what each calendar period holds. One thread at a time.
class Series {
 public:
  explicit Series(Kind kind);

  /// `arrival`: of the batch that the event came in.
  void Apply(const Event& event, Timestamp arrival);

  Kind kind() const { return kind_; }
  /// Windowed kinds only.
  Aggregate InWindow(Window window, Timestamp now) const;
  std::vector<BucketValue> Buckets(Window window, Timestamp now) const;
  /// The other kinds only; without value before the first event.
  Aggregate Latest() const;
  /// The newest event time seen, of any kind.
  std::optional<Timestamp> LastEventTime() const { return last_event_time_; }
  /// The newest arrival of an event. Absent before it, and of a series that was written
  /// without periods until the next.
  std::optional<Timestamp> LastArrival() const { return last_arrival_; }
  /// Value and first arrival of each calendar period, of any kind.
  const PeriodHistory& periods() const { return periods_; }

  std::size_t HeapBytes() const;
  /// Appends a canonical form: equal states append equal bytes. Of a full flow 10.7 KiB and its
  /// periods.
  void EncodeTo(std::string* out) const;
  /// Takes one series off the reader: equal to the last bit to the one that was encoded, now and
  /// after whatever is applied to both. nullopt if the bytes are no series' canonical form.
  static std::optional<Series> Decode(Reader& reader, SeriesForm form = SeriesForm::kWithPeriods);

 private:
  /// The numbers of the event at last_event_time_; meaningless before the first.
  struct LatestNumbers {
    double first, second;
    bool has_second;
  };

  static std::optional<LatestNumbers> DecodeLatest(Kind kind, Reader& reader);
  bool DecodePeriods(Reader& reader);

  Kind kind_;
  std::optional<Timestamp> last_event_time_;
  std::optional<Timestamp> last_arrival_;
  std::variant<LatestNumbers, RollingWindows> content_;
  PeriodHistory periods_;
};

}  // namespace iocd::domain

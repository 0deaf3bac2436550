#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "domain/civil_date.h"

namespace iocd::domain {

/// Days on which nobody works, first to last inclusive. Dated, because what moves with the moon and
/// what compensates for a weekend is decided anew every year.
struct Holiday {
  CivilDate first, last;
  std::string name_vi, name_en;
};

/// A stretch of a working day, as times of day: [from, to).
struct WorkingHours {
  Duration from, to;
};

/// Which days are worked, and when on them: Monday to Friday without the holidays, and the swap
/// days, a Saturday or Sunday that is worked for a day off elsewhere. Immutable; thread-safe.
class WorkingDays {
 public:
  struct Data {
    std::vector<Holiday> holidays;
    std::vector<CivilDate> worked;  // swap days
    std::vector<WorkingHours> hours = {
        {Duration::Seconds(7 * 3'600 + 1'800), Duration::Seconds(11 * 3'600 + 1'800)},
        {Duration::Seconds(13 * 3'600 + 1'800), Duration::Seconds(17 * 3'600)}};
  };

  /// Every Monday to Friday, 07:30-11:30 and 13:30-17:00.
  WorkingDays() : WorkingDays(Data{}) {}
  /// `data` is consistent (config/calendar_builder.h checks): `worked` on weekends only and in no
  /// holiday; `hours` not empty, in the order of time, without overlap, within 00:00 to 24:00.
  explicit WorkingDays(Data data);

  const Data& data() const { return data_; }

  bool IsWorkingDay(CivilDate date) const;
  CivilDate NextWorkingDay(CivilDate date) const;      // the first after `date`
  CivilDate PreviousWorkingDay(CivilDate date) const;  // the last before `date`

  /// The `count`th working day after `date`; for 0 `date` itself, or if it is none the next one.
  CivilDate WorkingDayAfter(CivilDate date, int count) const;

  /// Time within working hours from `from` to `to`; 0 if `to` is not after `from`. What it costs
  /// does not depend on how far they lie apart.
  Duration WorkingTime(Timestamp from, Timestamp to) const;

  /// The latest end of a working day's hours that is not after `time`.
  Timestamp LatestClose(Timestamp time) const;

 private:
  /// Working days before `date`, counted from an origin of its own: for differences.
  std::int64_t DaysBefore(CivilDate date) const;
  /// Time within working hours from midnight to `time` of its day.
  Duration WorkedToday(Timestamp time) const;

  Data data_;
  std::vector<CivilDate> off_;     // Mondays to Fridays that are holidays, in order, each once
  std::vector<CivilDate> worked_;  // swap days, in order, each once
  Duration per_day_;
};

}  // namespace iocd::domain

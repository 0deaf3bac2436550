#include "domain/working_days.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "domain/floor_division.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kWorkedPerWeek = 5;

/// 1970-01-01 was a Thursday.
std::int64_t DaysSinceMonday(CivilDate date) { return FloorMod(date.days + 3, 7); }
std::int64_t WeeksOf(CivilDate date) { return FloorDiv(date.days + 3, 7); }

bool IsMondayToFriday(CivilDate date) { return DaysSinceMonday(date) < kWorkedPerWeek; }

void SortAndUnique(std::vector<CivilDate>& dates) {
  absl::c_sort(dates);
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
}

std::int64_t CountBefore(const std::vector<CivilDate>& dates, CivilDate date) {
  return absl::c_lower_bound(dates, date) - dates.begin();
}

}  // namespace

WorkingDays::WorkingDays(Data data) : data_(std::move(data)), worked_(data_.worked) {
  for (const Holiday& holiday : data_.holidays) {
    for (CivilDate date = holiday.first; date <= holiday.last; ++date.days) {
      if (IsMondayToFriday(date)) off_.push_back(date);
    }
  }
  SortAndUnique(off_);
  SortAndUnique(worked_);
  for (const WorkingHours& hours : data_.hours)
    per_day_.nanos += (hours.to.nanos - hours.from.nanos);
}

bool WorkingDays::IsWorkingDay(CivilDate date) const {
  return IsMondayToFriday(date) ? !absl::c_binary_search(off_, date)
                                : absl::c_binary_search(worked_, date);
}

CivilDate WorkingDays::NextWorkingDay(CivilDate date) const {
  do ++date.days;
  while (!IsWorkingDay(date));
  return date;
}

CivilDate WorkingDays::PreviousWorkingDay(CivilDate date) const {
  do --date.days;
  while (!IsWorkingDay(date));
  return date;
}

CivilDate WorkingDays::WorkingDayAfter(CivilDate date, int count) const {
  if (count == 0) return IsWorkingDay(date) ? date : NextWorkingDay(date);
  for (int i = 0; i < count; ++i) date = NextWorkingDay(date);
  return date;
}

Duration WorkingDays::WorkingTime(Timestamp from, Timestamp to) const {
  if (to <= from) return {};
  const std::int64_t days =
      DaysBefore(CivilDate::Containing(to)) - DaysBefore(CivilDate::Containing(from));
  return {days * per_day_.nanos + WorkedToday(to).nanos - WorkedToday(from).nanos};
}

Timestamp WorkingDays::LatestClose(Timestamp time) const {
  const Duration close = data_.hours.back().to;
  const CivilDate today = CivilDate::Containing(time);
  if (IsWorkingDay(today) && today.Start() + close <= time) return today.Start() + close;
  return PreviousWorkingDay(today).Start() + close;
}

std::int64_t WorkingDays::DaysBefore(CivilDate date) const {
  const std::int64_t mondays_to_fridays =
      WeeksOf(date) * kWorkedPerWeek + std::min(DaysSinceMonday(date), kWorkedPerWeek);
  return mondays_to_fridays - CountBefore(off_, date) + CountBefore(worked_, date);
}

Duration WorkingDays::WorkedToday(Timestamp time) const {
  const CivilDate today = CivilDate::Containing(time);
  if (!IsWorkingDay(today)) return {};
  const Duration since_midnight = time - today.Start();
  Duration worked;
  for (const WorkingHours& hours : data_.hours) {
    worked.nanos += std::clamp(since_midnight, hours.from, hours.to).nanos - hours.from.nanos;
  }
  return worked;
}

}  // namespace iocd::domain

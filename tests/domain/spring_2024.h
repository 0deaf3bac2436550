#pragma once

#include "domain/calendar.h"
#include "domain/working_days.h"

namespace iocd::domain {

inline CivilDate Day(const char* text) { return ParseDate(text).value(); }

/// An instant from a day, "2024-02-08", and a time of day.
inline Timestamp At(const char* date, int hour, int minute) {
  return Day(date).Start() + Duration::Seconds(hour * 3'600 + minute * 60);
}

inline Period Named(const char* text, CalendarKind calendar = CalendarKind::kCivil) {
  return ParsePeriod(text, calendar).value();
}

/// Tết and the holidays around 30 April 2024: Monday 29 April is off, for it Saturday 4 May worked.
inline WorkingDays Spring2024() {
  WorkingDays::Data data;
  data.holidays = {{Day("2024-02-08"), Day("2024-02-14"), "Tết Nguyên đán", "Lunar New Year"},
                   {Day("2024-04-29"), Day("2024-05-01"), "Ngày Chiến thắng", "Victory Day"}};
  data.worked = {Day("2024-05-04")};
  return WorkingDays(data);
}

}  // namespace iocd::domain

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"

/// The simulated year. Its dates are counted day by day from lists of its own, so that what is
/// tested does not vouch for itself; nothing here calls the calendar of domain/.
namespace iocd::year {

/// Days since Sunday 1 January 2023; up to the end of 2025.
using Day = int;

struct Date {
  int year, month, day;
};
Day DayOf(const Date& date);
Date DateOf(Day day);
std::string TextOf(Day day);  // "2024-02-29"

Timestamp Midnight(Day day);  // with which it begins, +07:00
Timestamp At(Day day, int hour, int minute, int second = 0);
Day DayAt(Timestamp time);

/// By the days off and the swap days of 2024 and 2025.
bool IsWorked(Day day);
/// The `count`th worked day after `day`; for 0 the first that is not before it.
Day WorkedDay(Day day, int count);

/// How long a source may be silent that was heard at that instant.
struct Silence {
  Timestamp fresh_until;   // the last instant at which it is not yet too long
  Timestamp missing_from;  // the first close of a working day after that
};
Silence SilenceFrom(Timestamp heard, int minutes);

enum class Every { kDay, kMonth, kQuarter, kYear };

/// A period whose report is owed.
struct Span {
  std::string name;  // "2024-03"
  Day start, end;    // end exclusive; may begin before all other days here
};
/// Those that end after 1 December 2023 and before 1 February 2025, in the order of time; of days
/// the worked ones. `admin`: months begin on the 15th of the month before.
std::vector<Span> SpansOf(Every every, bool admin);

}  // namespace iocd::year

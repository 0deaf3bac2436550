#include "bookkeeper/years.h"

#include "domain/calendar.h"

namespace iocd::bookkeeper {

std::array<int, 2> KeptReportYears(Timestamp now) {
  // A year's ordinal is its number.
  const auto present =
      domain::Period::Containing(domain::PeriodKind::kYear, domain::CalendarKind::kCivil, now);
  const int year = present ? static_cast<int>(present->ordinal) : 0;
  return {year, year - 1};
}

}  // namespace iocd::bookkeeper

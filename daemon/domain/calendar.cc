#include "domain/calendar.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "domain/floor_division.h"

namespace iocd::domain {
namespace {

constexpr absl::CivilDay kEpochDay(1970, 1, 1);
constexpr std::int64_t kMonthsPerYear = 12;
constexpr int kAdminFirstDay = 15;  // of the month before

constexpr absl::string_view kCalendarNames[] = {"civil", "admin"};

absl::CivilDay ToCivilDay(CivilDate date) { return kEpochDay + date.days; }

/// How periods that consist of months lie in the row of all months.
struct Months {
  std::int64_t stride;  // from the first of one to the first of the next
  std::int64_t length;  // how many it has
};

Months MonthsOf(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::kMonth:
      return {1, 1};
    case PeriodKind::kQuarter:
      return {3, 3};
    case PeriodKind::kHalf:
      return {6, 6};
    case PeriodKind::kNineMonths:
      return {kMonthsPerYear, 9};
    case PeriodKind::kYear:
      return {kMonthsPerYear, kMonthsPerYear};
    case PeriodKind::kDay:
    case PeriodKind::kWeek:
      break;
  }
  return {0, 0};  // does not consist of months
}

/// Months are counted from January of the year 0.
std::int64_t MonthOf(CalendarKind calendar, CivilDate date) {
  const absl::CivilDay day = ToCivilDay(date);
  const std::int64_t month = day.year() * kMonthsPerYear + day.month() - 1;
  const bool in_next = calendar == CalendarKind::kAdmin && day.day() >= kAdminFirstDay;
  return in_next ? month + 1 : month;
}

CivilDate StartOfMonth(CalendarKind calendar, std::int64_t month) {
  const bool admin = calendar == CalendarKind::kAdmin;
  const std::int64_t begins_in = admin ? month - 1 : month;
  return CivilDate::FromYearMonthDay(static_cast<int>(FloorDiv(begins_in, kMonthsPerYear)),
                                     static_cast<int>(FloorMod(begins_in, kMonthsPerYear)) + 1,
                                     admin ? kAdminFirstDay : 1);
}

/// Weeks begin on Monday; week 0 holds 1970-01-01.
std::int64_t WeekOf(CivilDate date) { return FloorDiv(date.days + 3, 7); }
CivilDate StartOfWeek(std::int64_t week) { return {week * 7 - 3}; }
CivilDate ThursdayOf(std::int64_t week) { return {week * 7}; }

/// Week 1 of an ISO year is the one with 4 January.
std::int64_t FirstWeekOf(std::int64_t iso_year) {
  return WeekOf(CivilDate::FromYearMonthDay(static_cast<int>(iso_year), 1, 4));
}

std::int64_t IsoYearOf(std::int64_t week) { return ToCivilDay(ThursdayOf(week)).year(); }

CivilDate SameDayLastYear(CivilDate date) {
  const absl::CivilDay day = ToCivilDay(date);
  const bool leap_day = day.month() == 2 && day.day() == 29;
  return CivilDate::FromYearMonthDay(static_cast<int>(day.year()) - 1, day.month(),
                                     leap_day ? 28 : day.day());
}

std::int64_t SameWeekLastYear(std::int64_t week) {
  const std::int64_t year = IsoYearOf(week);
  const std::int64_t same = FirstWeekOf(year - 1) + (week - FirstWeekOf(year));
  return same < FirstWeekOf(year) ? same : same - 1;
}

/// The period that `text` may mean; it does if this is how that period is written.
std::optional<Period> Guess(absl::string_view text, CalendarKind calendar) {
  if (const std::optional<CivilDate> date = ParseDate(text)) {
    return Period::Containing(PeriodKind::kDay, calendar, *date);
  }
  std::int64_t year = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || year < kMinYear || year > kMaxYear) {
    return std::nullopt;
  }
  if (text.size() == 4) return Period{PeriodKind::kYear, calendar, year};
  if (text.size() < 7 || text.size() > 8) return std::nullopt;  // "2024-01", "2024-W01"
  const char sort = text[5];
  if (sort == '9') return Period{PeriodKind::kNineMonths, calendar, year};
  const bool month = sort == '0' || sort == '1';
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(text.substr(month ? 5 : 6), &number)) return std::nullopt;
  if (month) return Period{PeriodKind::kMonth, calendar, year * 12 + number - 1};
  if (sort == 'Q') return Period{PeriodKind::kQuarter, calendar, year * 4 + number - 1};
  if (sort == 'H') return Period{PeriodKind::kHalf, calendar, year * 2 + number - 1};
  if (sort == 'W') return Period{PeriodKind::kWeek, calendar, FirstWeekOf(year) + number - 1};
  return std::nullopt;
}

}  // namespace

absl::string_view CalendarName(CalendarKind calendar) {
  return kCalendarNames[static_cast<std::size_t>(calendar)];
}

std::optional<CalendarKind> ParseCalendar(absl::string_view name) {
  for (const CalendarKind calendar : {CalendarKind::kCivil, CalendarKind::kAdmin}) {
    if (name == CalendarName(calendar)) return calendar;
  }
  return std::nullopt;
}

std::optional<Period> Period::Containing(PeriodKind kind, CalendarKind calendar, CivilDate date) {
  if (kind == PeriodKind::kDay) return Period{kind, calendar, date.days};
  if (kind == PeriodKind::kWeek) return Period{kind, calendar, WeekOf(date)};
  const std::int64_t month = MonthOf(calendar, date);
  const Months months = MonthsOf(kind);
  if (FloorMod(month, months.stride) >= months.length) return std::nullopt;
  return Period{kind, calendar, FloorDiv(month, months.stride)};
}

std::optional<Period> Period::Containing(PeriodKind kind, CalendarKind calendar, Timestamp time) {
  return Containing(kind, calendar, CivilDate::Containing(time));
}

CivilDate Period::Start() const {
  if (kind == PeriodKind::kDay) return {ordinal};
  if (kind == PeriodKind::kWeek) return StartOfWeek(ordinal);
  return StartOfMonth(calendar, ordinal * MonthsOf(kind).stride);
}

CivilDate Period::End() const {
  if (kind == PeriodKind::kDay) return {ordinal + 1};
  if (kind == PeriodKind::kWeek) return StartOfWeek(ordinal + 1);
  const Months months = MonthsOf(kind);
  return StartOfMonth(calendar, ordinal * months.stride + months.length);
}

Period Period::SamePeriodLastYear() const {
  if (kind == PeriodKind::kDay) return {kind, calendar, SameDayLastYear({ordinal}).days};
  if (kind == PeriodKind::kWeek) return {kind, calendar, SameWeekLastYear(ordinal)};
  return {kind, calendar, ordinal - kMonthsPerYear / MonthsOf(kind).stride};
}

Period Period::Year() const {
  const CivilDate inside = kind == PeriodKind::kWeek ? ThursdayOf(ordinal) : Start();
  return *Containing(PeriodKind::kYear, calendar, inside);
}

std::string Period::ToText() const {
  switch (kind) {
    case PeriodKind::kDay:
      return CivilDate{ordinal}.ToText();
    case PeriodKind::kWeek: {
      const std::int64_t year = IsoYearOf(ordinal);
      return absl::StrFormat("%04d-W%02d", year, ordinal - FirstWeekOf(year) + 1);
    }
    case PeriodKind::kMonth:
      return absl::StrFormat("%04d-%02d", FloorDiv(ordinal, 12), FloorMod(ordinal, 12) + 1);
    case PeriodKind::kQuarter:
      return absl::StrFormat("%04d-Q%d", FloorDiv(ordinal, 4), FloorMod(ordinal, 4) + 1);
    case PeriodKind::kHalf:
      return absl::StrFormat("%04d-H%d", FloorDiv(ordinal, 2), FloorMod(ordinal, 2) + 1);
    case PeriodKind::kNineMonths:
      return absl::StrFormat("%04d-9M", ordinal);
    case PeriodKind::kYear:
      return absl::StrFormat("%04d", ordinal);
  }
  return "";
}

std::optional<Period> ParsePeriod(absl::string_view text, CalendarKind calendar) {
  const std::optional<Period> period = Guess(text, calendar);
  // Numbers that do not exist and spellings of another sort have led to a period with another text.
  if (!period || period->ToText() != text) return std::nullopt;
  return period;
}

}  // namespace iocd::domain

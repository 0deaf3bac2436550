#include "engine/year_calendar.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace iocd::year {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
// 2023-01-01 00:00 +07:00 is 2022-12-31 17:00 UTC.
constexpr Timestamp kBegin = Timestamp::FromSeconds(1'672'506'000);
constexpr int kFirstYear = 2023;
constexpr int kYears = 3;

// As the government announced them; whole weekdays alone matter.
constexpr Date kDaysOff[] = {
    {2024, 1, 1},                                                               // New Year
    {2024, 2, 8},  {2024, 2, 9},  {2024, 2, 12}, {2024, 2, 13}, {2024, 2, 14},  // Tết
    {2024, 4, 18},                                                              // Hùng Vương
    {2024, 4, 29}, {2024, 4, 30}, {2024, 5, 1},                                 // with the swap day
    {2024, 9, 2},  {2024, 9, 3},                                                // National Day
    {2025, 1, 1},                                                               // New Year
    {2025, 1, 27}, {2025, 1, 28}, {2025, 1, 29}, {2025, 1, 30}, {2025, 1, 31},  // Tết
    {2025, 4, 7},                                                               // Hùng Vương
    {2025, 4, 30}, {2025, 5, 1},  {2025, 5, 2},                                 // with the swap day
    {2025, 9, 1},  {2025, 9, 2},                                                // National Day
};
constexpr Date kSwapDays[] = {{2024, 5, 4}, {2025, 4, 26}};

struct Minutes {
  int from, to;
};
constexpr Minutes kHours[] = {{7 * 60 + 30, 11 * 60 + 30}, {13 * 60 + 30, 17 * 60}};

bool IsLeap(int year) { return year % 4 == 0; }

int DaysIn(int year, int month) {
  if (month == 2) return IsLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// One entry a day.
const std::vector<Date>& AllDates() {
  static const auto* const dates = [] {
    auto* all = new std::vector<Date>;
    for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
      for (int month = 1; month <= 12; ++month) {
        for (int day = 1; day <= DaysIn(year, month); ++day) all->push_back({year, month, day});
      }
    }
    return all;
  }();
  return *dates;
}

const std::vector<bool>& AllWorked() {
  static const auto* const worked = [] {
    auto* all = new std::vector<bool>;
    for (std::size_t day = 0; day < AllDates().size(); ++day) {
      all->push_back(day % 7 != 0 && day % 7 != 6);  // day 0 is a Sunday
    }
    for (const Date& date : kDaysOff) (*all)[static_cast<std::size_t>(DayOf(date))] = false;
    for (const Date& date : kSwapDays) (*all)[static_cast<std::size_t>(DayOf(date))] = true;
    return all;
  }();
  return *worked;
}

std::string NameOf(Every every, int year, int number) {
  if (every == Every::kMonth) return absl::StrFormat("%d-%02d", year, number);
  if (every == Every::kQuarter) return absl::StrCat(year, "-Q", number);
  return absl::StrCat(year);
}

/// First day of the `month`th month of the year, 13 for the next January.
Day FirstDay(int year, int month, bool admin) {
  if (admin) return month == 1 ? DayOf({year, 1, 1}) - 17 : DayOf({year, month - 1, 15});
  return month == 13 ? DayOf({year + 1, 1, 1}) : DayOf({year, month, 1});
}

}  // namespace

Day DayOf(const Date& date) {
  int day = 0;
  for (int year = kFirstYear; year < date.year; ++year) day += IsLeap(year) ? 366 : 365;
  for (int month = 1; month < date.month; ++month) day += DaysIn(date.year, month);
  return day + date.day - 1;
}

Date DateOf(Day day) { return AllDates().at(static_cast<std::size_t>(day)); }

std::string TextOf(Day day) {
  const Date date = DateOf(day);
  return absl::StrFormat("%d-%02d-%02d", date.year, date.month, date.day);
}

Timestamp Midnight(Day day) { return {kBegin.nanos + day * kDay}; }

Timestamp At(Day day, int hour, int minute, int second) {
  return Midnight(day) + Duration::Seconds((hour * 60 + minute) * 60 + second);
}

Day DayAt(Timestamp time) { return static_cast<Day>((time - kBegin).nanos / kDay); }

bool IsWorked(Day day) { return AllWorked().at(static_cast<std::size_t>(day)); }

Day WorkedDay(Day day, int count) {
  if (count == 0) {
    while (!IsWorked(day)) ++day;
    return day;
  }
  while (count > 0) {
    ++day;
    if (IsWorked(day)) --count;
  }
  return day;
}

Silence SilenceFrom(Timestamp heard, int minutes) {
  std::int64_t rest = minutes * kMinute;
  for (Day day = DayAt(heard);; ++day) {
    if (!IsWorked(day)) continue;
    for (const Minutes& hours : kHours) {
      const std::int64_t to = Midnight(day).nanos + hours.to * kMinute;
      const std::int64_t from = std::max(heard.nanos, Midnight(day).nanos + hours.from * kMinute);
      if (from >= to) continue;
      if (to - from > rest) return {{from + rest}, At(day, 17, 0)};
      rest -= to - from;
    }
  }
}

std::vector<Span> SpansOf(Every every, bool admin) {
  const Day first_end = DayOf({2023, 12, 2}), last_end = DayOf({2025, 1, 31});
  std::vector<Span> spans;
  if (every == Every::kDay) {
    for (Day day = first_end - 1; day < last_end; ++day) {
      if (IsWorked(day)) spans.push_back({TextOf(day), day, day + 1});
    }
    return spans;
  }
  const int months = every == Every::kMonth ? 1 : every == Every::kQuarter ? 3 : 12;
  for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
    for (int number = 1; number <= 12 / months; ++number) {
      const Day end = FirstDay(year, number * months + 1, admin);
      if (end < first_end || end > last_end) continue;
      spans.push_back(
          {NameOf(every, year, number), FirstDay(year, (number - 1) * months + 1, admin), end});
    }
  }
  return spans;
}

}  // namespace iocd::year

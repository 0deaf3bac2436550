#include "domain/due_rule.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace iocd::domain {
namespace {

constexpr absl::string_view kStateNames[] = {"open", "provisional", "closed"};

/// Bounds of the month of the year's calendar in which `date` lies: due days are days of those,
/// whatever the calendar of the period.
Period CivilMonthOf(CivilDate date) {
  return *Period::Containing(PeriodKind::kMonth, CalendarKind::kCivil, date);
}

CivilDate DayBefore(CivilDate date) { return {date.days - 1}; }

CivilDate FirstDayOfMonthFrom(CivilDate date, int number) {
  const Period month = CivilMonthOf(date);
  const CivilDate day{month.Start().days + number - 1};
  return day >= date ? day : CivilDate{month.Next().Start().days + number - 1};
}

CivilDate DueDate(const DueDay& day, const Period& period, const WorkingDays& days) {
  const CivilDate end = period.End();
  switch (day.sort) {
    case DueDay::Sort::kWorkingDays:
      return days.WorkingDayAfter(DayBefore(end), day.number);
    case DueDay::Sort::kOfMonth:
      return days.WorkingDayAfter(FirstDayOfMonthFrom(end, day.number), 0);
    case DueDay::Sort::kEndOfMonth:
      return days.WorkingDayAfter(DayBefore(CivilMonthOf(end).End()), 0);
  }
  return end;
}

}  // namespace

absl::StatusOr<DueDay> ParseDueDay(absl::string_view text) {
  if (text == "last") return DueDay{DueDay::Sort::kEndOfMonth, 0};
  int number = 0;
  if (absl::SimpleAtoi(text, &number) && number >= 1 && number <= kLastDueDay) {
    return DueDay{DueDay::Sort::kOfMonth, number};
  }
  return absl::InvalidArgumentError(
      absl::StrCat("'", text, "' is no due day; allowed: 1 to ", kLastDueDay,
                   ", which every month has, or last for the last day of the month"));
}

DueRule DefaultDueRule(Cadence cadence) {
  const auto working_days = [](int number) { return DueDay{DueDay::Sort::kWorkingDays, number}; };
  DueRule rule;
  switch (cadence) {
    case Cadence::kRealtime:
      rule.max_silence = Duration::Seconds(2 * 3'600);
      rule.late_days = 1;
      break;
    case Cadence::kDaily:
      rule.late_days = 1;
      break;
    case Cadence::kMonthly:
      rule.day = working_days(5);
      rule.grace_days = 2;
      rule.late_days = 10;
      break;
    case Cadence::kQuarterly:
      rule.day = working_days(10);
      rule.grace_days = 3;
      rule.late_days = 15;
      break;
    case Cadence::kYearly:
      rule.day = working_days(20);
      rule.grace_days = 5;
      rule.late_days = 60;
      break;
  }
  return rule;
}

DueTimes DueTimesOf(const DueRule& rule, const Period& period, const WorkingDays& days) {
  const CivilDate due = DueDate(rule.day, period, days);
  const CivilDate last_of_grace = days.WorkingDayAfter(due, rule.grace_days);
  const CivilDate last_late = days.WorkingDayAfter(last_of_grace, rule.late_days);
  DueTimes times;
  times.owed = period.kind != PeriodKind::kDay || days.IsWorkingDay(period.Start());
  times.owed_from = std::min(period.End(), due).Start();
  times.due_at = due.Start() + rule.by;
  times.late_from = last_of_grace.Start() + rule.by;
  times.closes_at = CivilDate{last_late.days + 1}.Start();
  return times;
}

absl::string_view PeriodStateName(PeriodState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

PeriodState PeriodStateAt(Timestamp now, const Period& period, const DueTimes& times) {
  if (now < period.End().Start()) return PeriodState::kOpen;
  return now < times.closes_at ? PeriodState::kProvisional : PeriodState::kClosed;
}

}  // namespace iocd::domain

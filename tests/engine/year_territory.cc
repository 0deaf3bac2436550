#include "engine/year_territory.h"

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "config/shipped_files.h"

namespace iocd::year {
namespace {

using domain::Cadence;
using domain::CivilDate;
using domain::DueDay;

/// docs/calendar.md: When a report is due.
Duty UsualDuty(Cadence cadence) {
  switch (cadence) {
    case Cadence::kRealtime:
      return {.silence_minutes = 120};
    case Cadence::kDaily:
      return {.every = Every::kDay, .late_days = 1};
    case Cadence::kMonthly:
      return {.every = Every::kMonth, .number = 5, .grace_days = 2, .late_days = 10};
    case Cadence::kQuarterly:
      return {.every = Every::kQuarter, .number = 10, .grace_days = 3, .late_days = 15};
    case Cadence::kYearly:
      return {.every = Every::kYear, .number = 20, .grace_days = 5, .late_days = 60};
  }
  return {};
}

Cadence CadenceOf(const Duty& duty) {
  if (!duty.every) return Cadence::kRealtime;
  switch (*duty.every) {
    case Every::kDay:
      return Cadence::kDaily;
    case Every::kMonth:
      return Cadence::kMonthly;
    case Every::kQuarter:
      return Cadence::kQuarterly;
    case Every::kYear:
      break;
  }
  return Cadence::kYearly;
}

domain::DueRule RuleOf(const Duty& duty) {
  domain::DueRule rule;
  rule.max_silence = Duration::Seconds(duty.silence_minutes * std::int64_t{60});
  const DueDay::Sort sorts[] = {DueDay::Sort::kWorkingDays, DueDay::Sort::kOfMonth,
                                DueDay::Sort::kEndOfMonth};
  rule.day = {sorts[static_cast<std::size_t>(duty.due)], duty.number};
  rule.by = Duration::Seconds((duty.hour * std::int64_t{60} + duty.minute) * 60);
  rule.grace_days = duty.grace_days;
  rule.late_days = duty.late_days;
  return rule;
}

CivilDate InCatalogue(Day day) { return CivilDate::Containing(Midnight(day)); }

Day DueDayOf(const Duty& duty, const Span& span) {
  Day day = span.end;
  switch (duty.due) {
    case Duty::Due::kWorkingDay:
      return WorkedDay(span.end - 1, duty.number);
    case Duty::Due::kDayOfMonth:
      while (DateOf(day).day != duty.number) ++day;
      break;
    case Duty::Due::kLastOfMonth:
      while (DateOf(day + 1).day != 1) ++day;
      break;
  }
  return WorkedDay(day, 0);
}

}  // namespace

Times TimesOf(const Duty& duty, const Span& span) {
  const Day due = DueDayOf(duty, span);
  const Day end_of_grace = WorkedDay(due, duty.grace_days);
  return {.owed_from = Midnight(std::min(due, span.end)),
          .due_at = At(due, duty.hour, duty.minute),
          .late_from = At(end_of_grace, duty.hour, duty.minute),
          .closes_at = Midnight(WorkedDay(end_of_grace, duty.late_days) + 1)};
}

Territory::Territory() : data(config::Shipped("config/iocd.yaml").data()) {
  for (const domain::Indicator& indicator : data.indicators) {
    duties.push_back(UsualDuty(indicator.cadence));
  }
  using Due = Duty::Due;
  Add("staff", domain::Kind::kStock, UsualDuty(Cadence::kMonthly));
  Add("budget", domain::Kind::kFlow,
      {.every = Every::kMonth,
       .admin = true,
       .due = Due::kDayOfMonth,
       .number = 20,
       .hour = 11,
       .minute = 30,
       .grace_days = 1,
       .late_days = 3});
  Add("savings", domain::Kind::kDuration,
      {.every = Every::kMonth,
       .admin = true,
       .due = Due::kLastOfMonth,
       .hour = 16,
       .late_days = 2});
  Add("meeting_rooms", domain::Kind::kScore,
      {.every = Every::kMonth, .due = Due::kDayOfMonth, .number = 1, .grace_days = 2});
  Add("complaints", domain::Kind::kFlow,
      {.every = Every::kQuarter, .admin = true, .number = 10, .grace_days = 3, .late_days = 15});
  Add("training", domain::Kind::kRatio, UsualDuty(Cadence::kQuarterly));
  Add("emulation", domain::Kind::kScore, UsualDuty(Cadence::kYearly));
  Add("accounts", domain::Kind::kFlow,
      {.every = Every::kYear,
       .admin = true,
       .due = Due::kDayOfMonth,
       .number = 10,
       .grace_days = 5,
       .late_days = 60});
  Add("guard_book", domain::Kind::kReported,
      {.every = Every::kDay, .hour = 11, .minute = 30, .grace_days = 1, .late_days = 2},
      {"dang", "ban_nganh"});
  Add("door_counter", domain::Kind::kFlow, {.silence_minutes = 45}, {"doan_the"});

  reports_from = DayOf({2024, 1, 3});
  data.reports_from = InCatalogue(reports_from);
  founding = {Department("bqlkcn"), DayOf({2024, 4, 3})};
  data.departments[founding.department].valid_from = InCatalogue(founding.on);
  mergers = {{Department("sngv"), Department("bqlkcn"), founding.on},
             {Department("stttt"), Department("skhcn"), DayOf({2024, 7, 10})}};
  for (const Merger& merger : mergers) {
    data.departments[merger.department].valid_to = InCatalogue(merger.on);
    data.departments[merger.department].successor = merger.successor;
  }

  // A flood, a move, a new system; one day alone, over Tết, and across both ends of the year.
  LetOffFor(Department("snnptnt"), std::nullopt, {2024, 8, 5}, {2024, 8, 23});
  LetOffFor(Department("skhcn"), Indicator("documents_signed_pct"), {2024, 3, 11}, {2024, 5, 3});
  LetOffFor(Department("skhcn"), Indicator("documents_signed_pct"), {2024, 4, 29}, {2024, 5, 10});
  LetOffFor(Department("stttt"), Indicator("village_4g_pct"), {2024, 2, 7}, {2024, 2, 7});
  LetOffFor(Department("stttt"), std::nullopt, {2024, 2, 16}, {2024, 2, 16});
  LetOffFor(Department("hnd"), std::nullopt, {2024, 2, 5}, {2024, 2, 16});
  LetOffFor(Department("hnd"), Indicator("tasks_on_time_pct"), {2024, 10, 1}, {2024, 10, 18});
  LetOffFor(Department("ctk"), std::nullopt, {2024, 1, 1}, {2024, 1, 12});
  LetOffFor(Department("ctk"), std::nullopt, {2024, 12, 30}, {2025, 1, 6});
  LetOffFor(Department("stttt"), std::nullopt, {2024, 7, 4}, {2024, 7, 31});  // not its successor
  LetOffFor(Department("bqlkcn"), std::nullopt, {2024, 4, 1}, {2024, 4, 5});
}

void Territory::Add(const std::string& code, domain::Kind kind, const Duty& duty,
                    const std::vector<std::string>& kinds) {
  domain::Indicator indicator;
  indicator.code = indicator.name_vi = indicator.name_en = code;
  indicator.kind = kind;
  indicator.unit = "unit";
  indicator.cadence = CadenceOf(duty);
  indicator.calendar = duty.admin ? domain::CalendarKind::kAdmin : domain::CalendarKind::kCivil;
  indicator.due = RuleOf(duty);
  indicator.reporters = kinds.empty() ? domain::Reporters::kAll : domain::Reporters::kKinds;
  indicator.reporter_kinds = kinds;
  data.indicators.push_back(indicator);
  duties.push_back(duty);
}

void Territory::LetOffFor(std::size_t department, std::optional<std::size_t> indicator, Date first,
                          Date last) {
  const LetOff added{department, indicator, DayOf(first), DayOf(last)};
  let_off.push_back(added);
  data.waivers.push_back({.department = department,
                          .indicator = indicator,
                          .first = InCatalogue(added.first),
                          .last = InCatalogue(added.last),
                          .reason = "a reason",
                          .author = "an author",
                          .date = InCatalogue(added.first)});
}

bool Territory::Names(std::size_t department, std::size_t indicator) const {
  const domain::Indicator& what = data.indicators[indicator];
  if (what.fed_by) return false;
  if (what.reporters == domain::Reporters::kOwner) return what.owner == department;
  return what.reporter_kinds.empty() ||
         absl::c_linear_search(what.reporter_kinds, data.departments[department].kind);
}

bool Territory::HasShare(std::size_t department, std::size_t indicator, const Span& span) const {
  const bool too_young = department == founding.department && span.start < founding.on;
  return Names(department, indicator) && !too_young;
}

bool Territory::Owes(std::size_t department, std::size_t indicator, const Span& span,
                     Day due) const {
  if (due < reports_from || !Exists(department, due)) return false;
  return HasShare(department, indicator, span) ||
         absl::c_any_of(mergers, [&](const Merger& merger) {
           return merger.successor == department && merger.on <= due &&
                  HasShare(merger.department, indicator, span);
         });
}

std::size_t Territory::SenderFor(std::size_t department, std::size_t indicator, const Span& span,
                                 Timestamp when) const {
  if (HasShare(department, indicator, span)) return department;
  for (const Merger& merger : mergers) {
    if (merger.successor == department && DayAt(when) < merger.on) return merger.department;
  }
  return department;
}

bool Territory::Exists(std::size_t department, Day day) const {
  if (department == founding.department && day < founding.on) return false;
  return absl::c_none_of(mergers, [&](const Merger& merger) {
    return merger.department == department && merger.on <= day;
  });
}

bool Territory::IsLetOff(std::size_t department, std::size_t indicator, Day due) const {
  return absl::c_any_of(let_off, [&](const LetOff& one) {
    return one.department == department && one.indicator.value_or(indicator) == indicator &&
           one.first <= due && due <= one.last;
  });
}

std::size_t Territory::Department(absl::string_view code) const {
  const auto found = absl::c_find_if(
      data.departments, [&](const domain::Department& one) { return one.code == code; });
  return static_cast<std::size_t>(found - data.departments.begin());
}

std::size_t Territory::Indicator(absl::string_view code) const {
  const auto found = absl::c_find_if(
      data.indicators, [&](const domain::Indicator& one) { return one.code == code; });
  return static_cast<std::size_t>(found - data.indicators.begin());
}

}  // namespace iocd::year

#include "domain/report_duty.h"

#include <algorithm>
#include <utility>

namespace iocd::domain {
namespace {

/// Of the periods of that kind the one in which the day lies; every kind that is owed has one.
Period PeriodAt(const Indicator& indicator, CivilDate day) {
  return *Period::Containing(PeriodReportedBy(indicator.cadence), indicator.calendar, day);
}

}  // namespace

PeriodKind PeriodReportedBy(Cadence cadence) {
  switch (cadence) {
    case Cadence::kRealtime:
    case Cadence::kDaily:
      return PeriodKind::kDay;
    case Cadence::kMonthly:
      return PeriodKind::kMonth;
    case Cadence::kQuarterly:
      return PeriodKind::kQuarter;
    case Cadence::kYearly:
      return PeriodKind::kYear;
  }
  return PeriodKind::kDay;
}

ReportDuty::ReportDuty(const Reading& reading, std::size_t department, std::size_t indicator)
    : reading_(reading),
      data_(reading.catalogue.data()),
      department_(department),
      indicator_(indicator) {
  const Indicator& of = data_.indicators[indicator];
  exists_ = !of.fed_by && reading.catalogue.MayReport(data_.departments[department], of);
  if (!exists_) return;
  units_.push_back(MakeUnit(department));
  for (const std::size_t former : reading.catalogue.PredecessorsOf(department)) {
    units_.push_back(MakeUnit(former));
  }
  for (const Waiver& waiver : data_.waivers) {
    const bool applies =
        waiver.department == department && (!waiver.indicator || *waiver.indicator == indicator);
    if (applies) waivers_.push_back(&waiver);
  }
}

ReportDuty::Unit ReportDuty::MakeUnit(std::size_t department) const {
  const Indicator& indicator = data_.indicators[indicator_];
  Unit unit{department, Reports(data_, department, indicator), {}};
  SeriesKey key{data_.departments[department].id, indicator.id, kNoMember};
  if (!indicator.member_set) {
    unit.series = {reading_.source.Find(key)};
    return unit;
  }
  const MemberSet& set = data_.member_sets[*indicator.member_set];
  for (const std::size_t leaf : reading_.catalogue.LeavesOf(*indicator.member_set)) {
    key.member = set.members[leaf].id;
    unit.series.push_back(reading_.source.Find(key));
  }
  return unit;
}

const ReportDuty::Unit& ReportDuty::UnitOf(std::size_t department) const {
  return *std::find_if(units_.begin(), units_.end(),
                       [&](const Unit& unit) { return unit.department == department; });
}

CivilDate ReportDuty::OwesSince(const Unit& unit) const {
  const CivilDate ever = CivilDate::FromYearMonthDay(kMinYear, 1, 1);
  return std::max(data_.departments[unit.department].valid_from.value_or(ever),
                  data_.reports_from.value_or(ever));
}

const Waiver* ReportDuty::WaiverFor(CivilDate day) const {
  for (const Waiver* waiver : waivers_) {
    if (waiver->first <= day && day <= waiver->last) return waiver;
  }
  return nullptr;
}

ReportDuty::DueDate ReportDuty::DueDateOf(const Period& period) const {
  const DueRule& rule = data_.indicators[indicator_].due;
  const DueTimes times = DueTimesOf(rule, period, data_.working_days);
  return {times, CivilDate::Containing(times.due_at - rule.by)};
}

std::optional<std::size_t> ReportDuty::DebtorOf(const Unit& unit, CivilDate begin,
                                                CivilDate due) const {
  const Department& department = data_.departments[unit.department];
  if (!unit.reports || (department.valid_from && *department.valid_from > begin)) {
    return std::nullopt;
  }
  if (unit.department == department_ && !department.valid_to) return department_;  // most of them
  if (reading_.catalogue.HolderOn(unit.department, due) != department_) return std::nullopt;
  return reading_.catalogue.HolderOn(unit.department, begin);
}

std::optional<Timestamp> ReportDuty::ReceivedOf(std::size_t debtor, const Period& period) const {
  std::optional<Timestamp> complete;
  for (std::size_t leaf = 0; leaf < units_.front().series.size(); ++leaf) {
    std::optional<Timestamp> first;
    for (std::optional<std::size_t> at = debtor; at; at = data_.departments[*at].successor) {
      const Series* const series = UnitOf(*at).series[leaf];
      const auto arrival =
          series == nullptr ? std::nullopt : series->periods().FirstArrivalIn(period);
      if (arrival && (!first || *arrival < *first)) first = arrival;
      if (*at == department_) break;
    }
    if (!first) return std::nullopt;
    complete = std::max(complete, first);
  }
  return complete;
}

std::optional<Report> ReportDuty::ReportOf(const Period& period, const DueDate& due) const {
  if (!due.times.owed || (data_.reports_from && due.day < *data_.reports_from)) {
    return std::nullopt;
  }
  bool owed = false, complete = true;
  std::optional<Timestamp> received;
  for (const Unit& unit : units_) {
    const auto debtor = DebtorOf(unit, period.Start(), due.day);
    if (!debtor) continue;
    const auto arrival = ReceivedOf(*debtor, period);
    owed = true;
    complete = complete && arrival && *arrival <= reading_.now;
    received = std::max(received, arrival);
  }
  if (!owed) return std::nullopt;
  if (!complete) received = std::nullopt;
  const Waiver* const waiver = WaiverFor(due.day);
  const Obligation obligation{due.times, received, waiver != nullptr};
  return Report{.department = department_,
                .indicator = indicator_,
                .period = period,
                .times = due.times,
                .received = received,
                .waiver = waiver,
                .freshness = FreshnessOf(obligation, reading_.now),
                .counts_as_late = CountsAsLate(obligation, reading_.now)};
}

std::optional<Report> ReportDuty::Realtime() const {
  const CivilDate today = CivilDate::Containing(reading_.now);
  std::optional<CivilDate> since;
  std::optional<Timestamp> heard;
  for (const Unit& unit : units_) {
    if (reading_.catalogue.HolderOn(unit.department, today) != department_) continue;
    if (unit.reports && (!since || OwesSince(unit) < *since)) since = OwesSince(unit);
    for (const Series* series : unit.series) {
      if (series != nullptr) heard = std::max(heard, series->LastArrival());
    }
  }
  if (!since || today < *since) return std::nullopt;
  // Only the newest arrival is kept. One that comes while `now` is being answered lies after it.
  if (heard) heard = std::min(*heard, reading_.now);
  const Waiver* const waiver = WaiverFor(today);
  const Freshness freshness = RealtimeFreshness(
      data_.indicators[indicator_].due.max_silence, data_.working_days,
      std::max(heard.value_or(since->Start()), since->Start()), waiver != nullptr, reading_.now);
  return Report{.department = department_,
                .indicator = indicator_,
                .period = std::nullopt,
                .times = {},
                .received = heard,
                .waiver = waiver,
                .freshness = freshness,
                .counts_as_late = false};
}

std::optional<Report> ReportDuty::Present() const {
  const CivilDate today = CivilDate::Containing(reading_.now);
  if (!exists_ || !data_.departments[department_].ExistsOn(today)) return std::nullopt;
  const Indicator& indicator = data_.indicators[indicator_];
  if (indicator.cadence == Cadence::kRealtime) return Realtime();

  // Before this day no report of any unit is the department's: it was not there, or another was.
  CivilDate first = today;
  for (const Unit& unit : units_) {
    if (!unit.reports) continue;
    const CivilDate taken_over = unit.department == department_
                                     ? OwesSince(unit)
                                     : *data_.departments[unit.department].valid_to;
    first = std::min(first, taken_over);
  }
  if (data_.reports_from) first = std::max(first, std::min(today, *data_.reports_from));
  for (Period period = PeriodAt(indicator, today);; period = period.Previous()) {
    const DueDate due = DueDateOf(period);
    if (due.day < first) return std::nullopt;
    if (due.times.owed_from > reading_.now) continue;
    if (std::optional<Report> report = ReportOf(period, due)) return report;
  }
}

void ReportDuty::EachDueIn(int year, absl::FunctionRef<void(const Report&)> visit) const {
  if (!exists_) return;
  const Indicator& indicator = data_.indicators[indicator_];
  if (indicator.cadence == Cadence::kRealtime) return;
  const CivilDate begin = CivilDate::FromYearMonthDay(year, 1, 1);
  const CivilDate end = CivilDate::FromYearMonthDay(year + 1, 1, 1);
  // Of a day before this one a series may have forgotten what came: nothing can be said of it.
  const CivilDate kept_from{CivilDate::Containing(reading_.now).days - (kKeptDays - 2)};
  Period period = PeriodAt(indicator, begin);
  while (DueDateOf(period.Previous()).day >= begin) period = period.Previous();
  for (;; period = period.Next()) {
    const bool off =
        period.kind == PeriodKind::kDay && !data_.working_days.IsWorkingDay(period.Start());
    if (off && period.Start() < end) continue;
    const DueDate due = DueDateOf(period);
    if (due.day >= end || due.times.owed_from > reading_.now) return;
    if (due.day < begin) continue;
    if (period.kind == PeriodKind::kDay && period.Start() < kept_from) continue;
    if (const std::optional<Report> report = ReportOf(period, due)) visit(*report);
  }
}

}  // namespace iocd::domain

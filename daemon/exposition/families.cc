#include "exposition/families.h"

namespace iocd::exposition {
namespace {

constexpr std::array<FamilyText, kFamilyCount> kTexts = {{
    {"ioc_department_info", "1; names and kind of a department."},
    {"ioc_department_last_seen_timestamp_seconds",
     "Arrival of the newest batch that the department sent or that another sent for it."},
    {"ioc_department_simulated", "1 if simulated events have been taken for the department."},
    {"ioc_indicator_info", "1; names, kind, unit and direction of an indicator."},
    {"ioc_indicator_cadence_info", "1; how often an indicator's reports are owed."},
    {"ioc_indicator_value",
     "Value of a department's indicator in the window. Percents are fractions."},
    {"ioc_indicator_events", "Events in the window."},
    {"ioc_indicator_min", "Smallest sample in the window."},
    {"ioc_indicator_max", "Largest sample in the window."},
    {"ioc_indicator_quantile", "Quantile q of the samples in the window, within 1%."},
    {"ioc_indicator_last_event_timestamp_seconds", "Event time of the newest event."},
    {"ioc_province_indicator_value",
     "Value of the whole province in the window. Percents are fractions."},
    {"ioc_province_indicator_members_ratio",
     "Share of the reporters that have a value among those that owe one. Below 0.95: partial."},
    {"ioc_province_indicator_quantile",
     "Quantile q of the samples of all departments in the window, within 1%."},
    {"ioc_member_indicator_value",
     "Value of a member (an area, a sector) over all departments in the window."},
    {"ioc_period_value",
     "Value in a calendar period: the present one so far, the last, the same one last year."},
    {"ioc_target_value", "What the target asks."},
    {"ioc_target_actual", "The value held against the target."},
    {"ioc_target_expected", "What the way to the target asks at the date of the actual value."},
    {"ioc_target_shortfall",
     "How far the actual value is behind the expected one; below 0: ahead."},
    {"ioc_target_pace_ratio", "Progress divided by expected progress; 1: exactly in step."},
    {"ioc_target_forecast", "Value at the deadline if the pace stays."},
    {"ioc_target_deadline_timestamp_seconds", "The target's deadline, exclusive."},
    {"ioc_target_status", "1 for the status that the target has, 0 for the others."},
    {"ioc_report_state",
     "1 for the state of the report that the department owes now, 0 for the others."},
    {"ioc_department_completeness_ratio",
     "Share of the department's reports that have come, of those due by now; 1 where none is due."},
    {"ioc_department_on_time_ratio",
     "Share of the department's reports that came in time, of those due this year until now."},
    {"ioc_department_late_reports", "Late reports of the department this year."},
}};

}  // namespace

const FamilyText& TextOf(Family family) { return kTexts[static_cast<std::size_t>(family)]; }

void FamilyBuffers::AppendTo(Format format, std::string* out) const {
  std::size_t size = out->size();
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    size += bodies_[i].size() + 2 * kTexts[i].name.size() + kTexts[i].help.size() + 64;
  }
  out->reserve(size);
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    if (bodies_[i].empty()) continue;
    AppendFamilyHeader(format, kTexts[i].name, FamilyType::kGauge, kTexts[i].help, out);
    out->append(bodies_[i]);
  }
}

}  // namespace iocd::exposition

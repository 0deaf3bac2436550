#include "config/calendar_changes.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/time_of_day.h"

namespace iocd::config {
namespace {

using domain::Cadence;
using domain::DueDay;
using domain::Holiday;
using domain::WorkingHours;

std::string HolidayName(const Holiday& holiday) {
  return absl::StrCat(
      "holiday ", holiday.first.ToText(),
      holiday.first == holiday.last ? "" : absl::StrCat(" to ", holiday.last.ToText()));
}

std::string HoursText(const std::vector<WorkingHours>& hours) {
  return absl::StrCat("[",
                      absl::StrJoin(hours, ", ",
                                    [](std::string* out, const WorkingHours& one) {
                                      absl::StrAppend(out, domain::TimeOfDayText(one.from), "-",
                                                      domain::TimeOfDayText(one.to));
                                    }),
                      "]");
}

std::string DueDayText(const DueDay& day) {
  switch (day.sort) {
    case DueDay::Sort::kWorkingDays:
      return absl::StrCat("working_days: ", day.number);
    case DueDay::Sort::kOfMonth:
      return absl::StrCat("day: ", day.number);
    case DueDay::Sort::kEndOfMonth:
      return "day: last";
  }
  return "";
}

}  // namespace

void AppendCalendarChanges(const domain::WorkingDays& before, const domain::WorkingDays& after,
                           Sentences* out) {
  AppendItemChanges(
      before.data().holidays, after.data().holidays,
      [](const Holiday& one, int) { return HolidayName(one); },
      [](const Holiday& one, int) -> Fields {
        return {{"name_vi", Quote(one.name_vi)}, {"name_en", Quote(one.name_en)}};
      },
      "", out);
  AppendItemChanges(
      before.data().worked, after.data().worked,
      [](const domain::CivilDate& one, int) {
        return absl::StrCat("day that is worked ", one.ToText());
      },
      [](const domain::CivilDate&, int) { return Fields(); }, "", out);
  AppendFieldChanges("calendar", {{"working_hours", HoursText(before.data().hours)}},
                     {{"working_hours", HoursText(after.data().hours)}}, out);
}

std::string DueText(const domain::DueRule& rule, Cadence cadence) {
  const std::string late = absl::StrCat("late_days: ", rule.late_days, "}");
  if (cadence == Cadence::kRealtime) {
    return absl::StrCat("{max_silence_minutes: ", rule.max_silence.ToWholeSeconds() / 60, ", ",
                        late);
  }
  const std::string day =
      cadence == Cadence::kDaily ? "" : absl::StrCat(DueDayText(rule.day), ", ");
  return absl::StrCat("{", day, "by: ", domain::TimeOfDayText(rule.by),
                      ", grace_days: ", rule.grace_days, ", ", late);
}

}  // namespace iocd::config

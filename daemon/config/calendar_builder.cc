#include "config/calendar_builder.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

using domain::CivilDate;
using domain::WorkingDays;

/// Where each day that is no working day by a holiday has that from.
using DaysOff = std::map<CivilDate, Place>;

DaysOff TakeHolidays(const CalendarDraft& draft, WorkingDays::Data& data, Mistakes& mistakes) {
  DaysOff off;
  for (const HolidayDraft& holiday : draft.holidays) {
    for (CivilDate date = holiday.value.first; date <= holiday.value.last; ++date.days) {
      const auto [found, added] = off.try_emplace(date, holiday.place);
      if (added) continue;
      mistakes.Add(holiday.place, absl::StrCat(date.ToText(), " is in a holiday twice; first at ",
                                               mistakes.PlaceText(found->second)));
      break;
    }
    data.holidays.push_back(holiday.value);
  }
  return off;
}

void TakeWorkedDays(const CalendarDraft& draft, const DaysOff& off, WorkingDays::Data& data,
                    Mistakes& mistakes) {
  const WorkingDays usual;
  std::map<CivilDate, Place> taken;
  for (const WorkedDayDraft& worked : draft.worked) {
    const auto object = [&](const auto&... parts) {
      mistakes.Add(worked.place, absl::StrCat(worked.date.ToText(), parts...));
    };
    const auto holiday = off.find(worked.date);
    const auto [first, added] = taken.try_emplace(worked.date, worked.place);
    if (usual.IsWorkingDay(worked.date)) {
      object(" is no Saturday or Sunday; 'worked' takes only days that are off otherwise");
    } else if (holiday != off.end()) {
      object(" is worked, but in the holiday at ", mistakes.PlaceText(holiday->second));
    } else if (!added) {
      object(" is worked twice; first at ", mistakes.PlaceText(first->second));
    }
    data.worked.push_back(worked.date);
  }
}

}  // namespace

WorkingDays BuildWorkingDays(const CalendarDraft& draft, Mistakes& mistakes) {
  WorkingDays::Data data;
  const DaysOff off = TakeHolidays(draft, data, mistakes);
  TakeWorkedDays(draft, off, data, mistakes);
  if (draft.hours) data.hours = draft.hours->hours;
  return WorkingDays(std::move(data));
}

}  // namespace iocd::config

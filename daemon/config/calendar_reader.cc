#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/catalogue_reader.h"
#include "domain/time_of_day.h"

namespace iocd::config {
namespace {

using domain::CivilDate;
using domain::WorkingHours;

constexpr std::int64_t kMostDaysOff = 31;  // of one holiday: more is a slip in a date

/// {date, …} or {from, to, …}
void ReadHoliday(const YamlFile& file, const YAML::Node& node, CalendarDraft& calendar) {
  const MapReader map(file, node, "a holiday",
                      {"date", "from", "to", "name_vi", "name_en", "source"});
  if (!map.IsMap()) return;
  HolidayDraft draft;
  draft.place = map.place();
  ReadRequired(map, "name_vi", &draft.value.name_vi);
  ReadRequired(map, "name_en", &draft.value.name_en);
  const bool range = map.Node("from") || map.Node("to");
  if (range == map.Node("date").has_value()) {
    file.Object(map.place(), "a holiday has either a date, or from and to, its first and last day");
    return;
  }
  const std::optional<CivilDate> first = ReadDay(file, map.Required(range ? "from" : "date"));
  const std::optional<CivilDate> last = range ? ReadDay(file, map.Required("to")) : first;
  if (!first || !last) return;
  draft.value.first = *first;
  draft.value.last = *last;
  const std::int64_t days = last->days - first->days + 1;
  if (days < 1) {
    file.Object(map.place(), absl::StrCat("the holiday ends on ", last->ToText(),
                                          ", before it begins on ", first->ToText()));
  } else if (days > kMostDaysOff) {
    file.Object(map.place(), absl::StrCat("the holiday has ", days, " days; at most ", kMostDaysOff,
                                          " are allowed"));
  } else {
    calendar.holidays.push_back(std::move(draft));
  }
}

void ReadWorkedDay(const YamlFile& file, const YAML::Node& node, CalendarDraft& calendar) {
  const MapReader map(file, node, "a day that is worked", {"date", "source"});
  if (!map.IsMap()) return;
  if (const auto date = ReadDay(file, map.Required("date")))
    calendar.worked.push_back({*date, map.place()});
}

std::optional<WorkingHours> ParseHours(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(text, absl::MaxSplits('-', 1));
  const std::optional<Duration> from = domain::ParseTimeOfDay(ends.first);
  const std::optional<Duration> to = domain::ParseTimeOfDay(ends.second);
  if (!from || !to || *from >= *to) return std::nullopt;
  return WorkingHours{*from, *to};
}

/// [07:30-11:30, 13:30-17:00]
std::vector<WorkingHours> ReadHours(const YamlFile& file, const YAML::Node& node) {
  std::vector<WorkingHours> all;
  for (const YAML::Node& item : file.ReadList(node, "working_hours")) {
    const std::optional<Text> text = file.ReadText(item, "working_hours");
    if (!text) continue;
    const std::optional<WorkingHours> hours = ParseHours(text->value);
    if (!hours) {
      file.Object(text->place,
                  absl::StrCat("'", text->value,
                               "' are no working hours; write from and to, 00:00 to 24:00, as "
                               "07:30-11:30"));
    } else if (!all.empty() && hours->from < all.back().to) {
      file.Object(
          text->place,
          absl::StrCat("'", text->value, "' begins before ", domain::TimeOfDayText(all.back().to),
                       ", the end of those before; working hours stand in the order of "
                       "time, without overlap"));
    } else {
      all.push_back(*hours);
    }
  }
  if (node.IsSequence() && node.size() == 0) file.Object(node, "'working_hours' is an empty list");
  return all;
}

}  // namespace

void ReadCalendar(const YamlFile& file, const YAML::Node& node, CalendarDraft& calendar) {
  const MapReader map(file, node, "'calendar'", {"holidays", "worked", "working_hours"});
  if (const auto holidays = map.Node("holidays")) {
    for (const YAML::Node& item : file.ReadList(*holidays, "holidays")) {
      ReadHoliday(file, item, calendar);
    }
  }
  if (const auto worked = map.Node("worked")) {
    for (const YAML::Node& item : file.ReadList(*worked, "worked")) {
      ReadWorkedDay(file, item, calendar);
    }
  }
  const std::optional<YAML::Node> hours = map.Node("working_hours");
  if (!hours) return;
  if (calendar.hours) {
    file.Object(*hours, absl::StrCat("the working hours are given a second time; first at ",
                                     file.PlaceText(calendar.hours->place)));
    return;
  }
  calendar.hours = {ReadHours(file, *hours), file.PlaceOf(*hours)};
}

}  // namespace iocd::config

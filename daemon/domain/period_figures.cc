#include "domain/period_figures.h"

#include <utility>

#include "domain/shown_windows.h"

namespace iocd::domain {
namespace {

constexpr absl::string_view kWhichNames[] = {"current", "last", "same_last_year"};
constexpr absl::string_view kKindNames[] = {"day",  "week",        "month", "quarter",
                                            "half", "nine_months", "year"};

Combined ValueIn(const Reading& reading, const Period& period,
                 std::optional<std::size_t> department, std::size_t indicator) {
  Reading in = reading;
  in.period = period;
  return department ? DepartmentValue(in, *department, indicator) : ProvinceValue(in, indicator);
}

}  // namespace

absl::string_view WhichPeriodName(WhichPeriod which) {
  return kWhichNames[static_cast<std::size_t>(which)];
}

absl::string_view PeriodKindName(PeriodKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::array<ShownPeriod, kShownPeriodCount> ShownPeriodsAt(Timestamp now, CalendarKind calendar) {
  std::array<ShownPeriod, kShownPeriodCount> shown;
  std::size_t next = 0;
  for (const PeriodKind kind : kShownPeriods) {
    // Every instant lies in one: nine months, which leave some out, are not shown.
    const Period current = Period::Containing(kind, calendar, now).value_or(Period{kind, calendar});
    shown[next++] = {current, WhichPeriod::kCurrent};
    shown[next++] = {current.Previous(), WhichPeriod::kLast};
    shown[next++] = {current.SamePeriodLastYear(), WhichPeriod::kSameLastYear};
  }
  return shown;
}

std::vector<PeriodFigure> PeriodFiguresOf(const Reading& reading,
                                          std::optional<std::size_t> department,
                                          std::size_t indicator) {
  const CatalogueData& data = reading.catalogue.data();
  const Indicator& sent = SentIndicator(reading.catalogue, data.indicators[indicator]);
  std::vector<PeriodFigure> figures;
  for (const ShownPeriod& shown : ShownPeriodsAt(reading.now, sent.calendar)) {
    Combined combined = ValueIn(reading, shown.period, department, indicator);
    if (!combined.value) continue;
    const DueTimes times = DueTimesOf(sent.due, shown.period, data.working_days);
    figures.push_back({shown.period, shown.which, PeriodStateAt(reading.now, shown.period, times),
                       std::move(combined)});
  }
  return figures;
}

}  // namespace iocd::domain

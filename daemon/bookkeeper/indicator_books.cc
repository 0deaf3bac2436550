#include "bookkeeper/indicator_books.h"

#include "base/limits.h"
#include "bookkeeper/kept_periods.h"
#include "bookkeeper/period_projection.h"
#include "domain/shown_windows.h"

namespace iocd::bookkeeper {
namespace {

using domain::Reading;

/// Whether a series of the indicator may have had an event that was applied since `since` was the
/// newest arrival.
bool HasHeardSince(const domain::Catalogue& catalogue, const domain::SeriesSource& source,
                   const domain::Indicator& indicator, std::optional<Timestamp> since) {
  const auto heard = [&](const domain::SeriesKey& key) {
    const domain::Series* const series = source.Find(key);
    if (series == nullptr) return false;
    const std::optional<Timestamp> arrival = series->LastArrival();
    return arrival && (!since || *arrival >= *since - limits::kMaxClockError);
  };
  const domain::MemberSet* const members = catalogue.MembersOf(indicator);
  for (const domain::Department& department : catalogue.data().departments) {
    if (members == nullptr && heard({department.id, indicator.id, domain::kNoMember})) return true;
    if (members == nullptr) continue;
    for (const domain::Member& member : members->members) {
      if (heard({department.id, indicator.id, member.id})) return true;
    }
  }
  return false;
}

}  // namespace

IndicatorBooks ReadIndicator(const engine::Engine& engine, const domain::Catalogue& catalogue,
                             std::size_t indicator, Timestamp now) {
  const domain::CatalogueData& data = catalogue.data();
  const domain::Indicator& shown = data.indicators[indicator];
  const domain::Indicator& sent = domain::SentIndicator(catalogue, shown);
  IndicatorBooks books;
  engine.Read([&](const engine::State& state) { books.newest_arrival = state.newest_arrival(); });
  for (const KeptYear& year : KeptYears(sent.calendar, sent.due, data.working_days, now)) {
    engine.Read([&](const engine::State& state) {
      ObservePeriods(Reading{catalogue, state, now}, indicator, year, &books.periods);
    });
  }
  for (std::size_t department = 0; department < data.departments.size(); ++department) {
    engine.Read([&](const engine::State& state) {
      ProjectReports(Reading{catalogue, state, now}, department, indicator, &books.reports);
    });
  }
  return books;
}

bool HasHeard(const engine::Engine& engine, const domain::Catalogue& catalogue,
              std::size_t indicator, std::optional<Timestamp> newest_arrival) {
  const domain::Indicator& sent =
      domain::SentIndicator(catalogue, catalogue.data().indicators[indicator]);
  bool heard = false;
  engine.Read([&](const engine::State& state) {
    heard = HasHeardSince(catalogue, state, sent, newest_arrival);
  });
  return heard;
}

}  // namespace iocd::bookkeeper

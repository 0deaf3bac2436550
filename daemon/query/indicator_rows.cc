#include "query/indicator_rows.h"

#include <string>

#include "domain/period_figures.h"
#include "domain/reports.h"
#include "domain/scorecard.h"
#include "domain/shown_windows.h"
#include "wire/proto_time.h"

namespace iocd::query {
namespace {

std::string Text(absl::string_view text) { return std::string(text); }

ioc::v1::PeriodValue ToProto(const domain::PeriodFigure& figure) {
  ioc::v1::PeriodValue out;
  out.set_period(figure.period.ToText());
  out.set_kind(Text(domain::PeriodKindName(figure.period.kind)));
  out.set_which(Text(domain::WhichPeriodName(figure.which)));
  out.set_value(figure.combined.value.value_or(0));  // there is one
  out.set_events(figure.combined.aggregate.events);
  out.set_state(Text(domain::PeriodStateName(figure.state)));
  out.set_members_ratio(figure.combined.MembersRatio());
  return out;
}

}  // namespace

ioc::v1::IndicatorRow IndicatorRowOf(const domain::Reading& reading,
                                     std::optional<std::size_t> department, std::size_t index) {
  const domain::CatalogueData& data = reading.catalogue.data();
  const domain::Indicator& indicator = data.indicators[index];
  const domain::Kind kind = domain::SentIndicator(reading.catalogue, indicator).kind;
  domain::Reading now = reading;
  now.window = domain::Window::k30d;
  now.period.reset();
  const domain::Combined combined = department ? domain::DepartmentValue(now, *department, index)
                                               : domain::ProvinceValue(now, index);
  ioc::v1::IndicatorRow row;
  row.set_scope(department ? data.departments[*department].code : Text(domain::kProvinceScope));
  row.set_indicator(indicator.code);
  row.set_window(Text(domain::ShownWindowName(kind, now.window)));
  if (combined.value) {
    row.set_value(*combined.value);
    if (!domain::IsWindowed(kind)) {
      *row.mutable_value_time() = wire::ToProto(combined.aggregate.time);
    }
  }
  row.set_members_ratio(combined.MembersRatio());
  row.set_partial(combined.MembersRatio() < domain::kPartialBelow);
  for (const domain::PeriodFigure& figure : domain::PeriodFiguresOf(now, department, index)) {
    *row.add_periods() = ToProto(figure);
  }
  if (department) {
    const auto report = domain::PresentReport(now, *department, index);
    if (report) row.set_freshness(Text(domain::FreshnessName(report->freshness)));
  }
  return row;
}

void AddIndicatorRows(const engine::Engine& engine, const domain::Catalogue& catalogue,
                      std::optional<std::size_t> department, Timestamp now,
                      ioc::v1::GetScorecardResponse* response) {
  const domain::CatalogueData& data = catalogue.data();
  for (std::size_t i = 0; i < data.indicators.size(); ++i) {
    const domain::Indicator& indicator = data.indicators[i];
    if (department && !catalogue.MayReport(data.departments[*department], indicator)) continue;
    engine.Read([&](const engine::State& state) {
      *response->add_indicators() = IndicatorRowOf({catalogue, state, now}, department, i);
    });
  }
}

}  // namespace iocd::query

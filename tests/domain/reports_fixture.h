#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/reports.h"
#include "domain/sent_series.h"
#include "domain/spring_2024.h"

namespace iocd::domain {

/// A province in the spring of 2024, and what its departments send. A test may change `data` until
/// it asks or sends for the first time.
class ReportsTest : public testing::Test {
 protected:
  enum : std::size_t { kHealth, kLabour, kCulture };                        // departments
  enum : std::size_t { kDaily, kMonthly, kQuarterly, kYearly, kRealtime };  // indicators

  ReportsTest() {
    data.working_days = Spring2024();
    data.departments.resize(3);
    for (const Cadence cadence : {Cadence::kDaily, Cadence::kMonthly, Cadence::kQuarterly,
                                  Cadence::kYearly, Cadence::kRealtime}) {
      Indicator& indicator = data.indicators.emplace_back();
      indicator.code = std::string(CadenceName(cadence));
      indicator.kind = Kind::kFlow;
      indicator.cadence = cadence;
      indicator.due = DefaultDueRule(cadence);
      indicator.reporters = Reporters::kAll;
    }
  }

  const Catalogue& catalogue() {
    if (!catalogue_) catalogue_.emplace(WithIds(std::move(data)));
    return *catalogue_;
  }
  Reading AsOf(Timestamp now) { return {catalogue(), series_, now}; }

  void Send(std::size_t department, std::size_t indicator, Timestamp event_time, Timestamp arrival,
            std::optional<std::size_t> member = std::nullopt) {
    const CatalogueData& sent = catalogue().data();
    Event event;
    event.series = {sent.departments[department].id, sent.indicators[indicator].id, kNoMember};
    if (member) {
      event.series.member =
          sent.member_sets[*sent.indicators[indicator].member_set].members[*member].id;
    }
    event.time = event_time;
    event.first = 1;
    series_.Apply(sent.indicators[indicator].kind, event, arrival);
  }

  /// "2024-01 late", "missing" of a realtime source, or "nothing".
  std::string Present(std::size_t department, std::size_t indicator, Timestamp now) {
    const std::optional<Report> report = PresentReport(AsOf(now), department, indicator);
    return report ? TextOf(*report) : "nothing";
  }

  /// One text a report, "2024-01 late"; one that counts as late has a '*'.
  std::vector<std::string> DueIn(int year, std::size_t department, std::size_t indicator,
                                 Timestamp now) {
    std::vector<std::string> texts;
    for (const Report& report : ReportsDueIn(AsOf(now), department, indicator, year)) {
      texts.push_back(TextOf(report) + (report.counts_as_late ? "*" : ""));
    }
    return texts;
  }

  Punctuality PunctualityOf(std::size_t department, Timestamp now) {
    return ReportsOf(AsOf(now), department).punctuality;
  }

  static std::string TextOf(const Report& report) {
    const std::string state(FreshnessName(report.freshness));
    return report.period ? report.period->ToText() + " " + state : state;
  }

  CatalogueData data;

 private:
  std::optional<Catalogue> catalogue_;
  SentSeries series_;
};

}  // namespace iocd::domain

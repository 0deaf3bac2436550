#include "keeping.h"

#include <limits>
#include <sstream>

#include "bookkeeper/observations.h"
#include "domain/reports.h"
#include "domain/shown_windows.h"
#include "ledger/ledger_path.h"

namespace iocd::bookkeeper {

using domain::Period;
using domain::PeriodKind;

void Keeping::Start() {
  ASSERT_TRUE(harness_.Start().ok());
  guard_ = std::make_unique<ClockGuard>();
  guard_->LogHolds(std::nullopt);
  auto ledger = OpenLedger(directory_.path());
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  bookkeeper_ =
      std::make_unique<Bookkeeper>(harness_.engine(), clock_, *guard_, *std::move(ledger), seen_);
}

void Keeping::Kill() {
  bookkeeper_.reset();
  harness_.Kill();
}

void Keeping::Look() {
  bookkeeper_->Tell(std::make_shared<const standing::Standing>(
      standing::TakeStanding(harness_.engine(), clock_.Now())));
  while (bookkeeper_->Look()) {
  }
}

void Keeping::Push(const std::string& department, const std::string& indicator, Timestamp time,
                   double first, double second, const std::string& member) {
  domain::Event event = harness_.Event(department, indicator, time, first);
  event.series = harness_.Key(department, indicator, member);
  event.second = second;
  event.has_second = second != 0;
  const auto answer = harness_.Push(
      harness_.MakeBatch("test", eventlog::Sequence{++sequence_}, {event}, clock_.Now()));
  ASSERT_TRUE(answer.ok()) << answer.status();
}

std::unique_ptr<ledger::LedgerReader> Keeping::Reader() const {
  auto reader = ledger::LedgerReader::Open(ledger::LedgerPath(directory_.path()));
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::vector<std::string> Keeping::Revisions(const std::string& scope, const std::string& indicator,
                                            const std::string& period) const {
  std::vector<std::string> texts;
  const auto revisions =
      Reader()->RevisionsOf({scope, indicator, domain::CalendarKind::kCivil, period});
  EXPECT_TRUE(revisions.ok()) << revisions.status();
  for (const ledger::PeriodRevision& one : *revisions) {
    std::ostringstream text;
    text << one.revision << ' ' << ledger::RevisionStateName(one.state) << ' '
         << one.figures.value.value_or(-1);
    texts.push_back(text.str());
  }
  return texts;
}

std::map<std::string, std::size_t> Keeping::LateCounts(int year) const {
  std::map<std::string, std::size_t> counts;
  const auto late = Reader()->LateCounts(year);
  EXPECT_TRUE(late.ok()) << late.status();
  for (const ledger::LateCount& one : *late) {
    counts[one.department] = static_cast<std::size_t>(one.reports);
  }
  return counts;
}

std::map<std::string, std::size_t> Keeping::LateCountsOfState() {
  std::map<std::string, std::size_t> counts;
  const domain::Catalogue& catalogue = harness_.catalogue();
  harness_.engine().Read([&](const engine::State& state) {
    for (std::size_t i = 0; i < catalogue.data().departments.size(); ++i) {
      const auto owed = domain::ReportsOf(domain::Reading{catalogue, state, clock_.Now()}, i);
      if (owed.punctuality.late > 0) {
        counts[catalogue.data().departments[i].code] = owed.punctuality.late;
      }
    }
  });
  return counts;
}

void Keeping::ExpectPeriodsOfState() {
  const domain::Catalogue& catalogue = harness_.catalogue();
  const domain::CatalogueData& data = catalogue.data();
  const auto reader = Reader();
  std::map<ledger::PeriodKey, ledger::PeriodFigures> kept;
  std::vector<std::string> scopes = {ledger::kProvince};
  for (const domain::Department& department : data.departments) scopes.push_back(department.code);
  for (const std::string& scope : scopes) {
    const auto newest = reader->NewestOfScope(scope);
    ASSERT_TRUE(newest.ok()) << newest.status();
    for (const ledger::PeriodRevision& one : *newest) kept[one.key] = one.figures;
  }
  std::size_t expected = 0;
  const auto expect = [&](const std::string& scope, std::size_t indicator, const Period& period,
                          const domain::Combined& value) {
    if (value.have == 0 && !value.aggregate.HasValue()) return;
    ++expected;
    const ledger::PeriodKey key = {scope, data.indicators[indicator].code, period.calendar,
                                   period.ToText()};
    const auto found = kept.find(key);
    ASSERT_NE(found, kept.end()) << scope << ' ' << key.indicator << ' ' << key.period;
    EXPECT_EQ(found->second.value, value.value) << scope << ' ' << key.indicator << key.period;
    EXPECT_EQ(found->second.events, value.aggregate.events) << scope << ' ' << key.indicator;
    EXPECT_EQ(found->second.members_have, value.have) << scope << ' ' << key.indicator;
  };
  for (std::size_t i = 0; i < data.indicators.size(); ++i) {
    const domain::Indicator& sent = domain::SentIndicator(catalogue, data.indicators[i]);
    for (const PeriodKind kind : {PeriodKind::kMonth, PeriodKind::kQuarter, PeriodKind::kHalf,
                                  PeriodKind::kNineMonths, PeriodKind::kYear}) {
      std::map<std::string, Period> ended;
      for (domain::CivilDate day = domain::Day("2023-01-01"); day.Start() <= clock_.Now();
           ++day.days) {
        const auto period = Period::Containing(kind, sent.calendar, day);
        if (period && period->End().Start() <= clock_.Now()) ended[period->ToText()] = *period;
      }
      for (const auto& [text, period] : ended) {
        harness_.engine().Read([&](const engine::State& state) {
          domain::Reading reading{catalogue, state, clock_.Now()};
          reading.period = period;
          expect(ledger::kProvince, i, period, domain::ProvinceValue(reading, i));
          if (data.indicators[i].fed_by) return;
          for (const std::size_t d : catalogue.ReportersOf(i)) {
            expect(data.departments[d].code, i, period, domain::DepartmentValue(reading, d, i));
          }
        });
      }
    }
  }
  EXPECT_EQ(kept.size(), expected) << "and nothing else is in the ledger";
}

void Keeping::ExpectHistoryOfState() {
  const auto reader = Reader();
  std::map<ledger::HistoryKey, ledger::Change> newest;
  for (const char* kind : kHistoryKinds) {
    const auto stood = reader->StoodAt(kind, {std::numeric_limits<std::int64_t>::max()});
    ASSERT_TRUE(stood.ok()) << stood.status();
    for (const ledger::Change& change : *stood) {
      if (change.text || change.value) newest[change.key] = change;
    }
  }
  const std::vector<Observation> observed =
      Observe(standing::TakeStanding(harness_.engine(), clock_.Now()));
  for (const Observation& seen : observed) {
    const std::string name = seen.key.kind + " " + seen.key.scope + " " + seen.key.indicator;
    ASSERT_TRUE(newest.contains(seen.key)) << name;
    EXPECT_EQ(newest[seen.key].text, seen.text) << name;
    if (!seen.flows) {
      EXPECT_EQ(newest[seen.key].value, seen.value) << name;
    }
  }
  EXPECT_EQ(newest.size(), observed.size());
}

}  // namespace iocd::bookkeeper

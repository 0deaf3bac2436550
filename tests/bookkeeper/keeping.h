#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock_guard.h"
#include "bookkeeper/bookkeeper.h"
#include "domain/spring_2024.h"
#include "ledger/ledger_reader.h"
#include "support/engine_harness.h"
#include "support/manual_clock.h"
#include "support/temporary_directory.h"

namespace iocd::bookkeeper {

/// Remembers what the bookkeeper reports.
class SeenOutcomes final : public Observer {
 public:
  void UpdateEnds(const UpdateOutcome& outcome) override { outcomes.push_back(outcome); }
  void LedgerFailed(const std::string& why) override { log.push_back("failed: " + why); }
  void LedgerRecovered() override { log.emplace_back("recovered"); }
  void LedgerIsAhead(std::uint64_t ledger, std::uint64_t position) override {
    EXPECT_GT(ledger, position);
    log.emplace_back("ahead");
  }

  std::vector<UpdateOutcome> outcomes;
  std::vector<std::string> log;
};

/// An engine on a disk in memory and a bookkeeper with a real ledger, at 08:00 on 2 January 2024.
class Keeping : public ::testing::Test {
 protected:
  explicit Keeping(domain::CatalogueData catalogue) : harness_(std::move(catalogue)) { Start(); }

  void Start();
  /// Loses the process, with everything that it had only in memory.
  void Kill();

  /// Tells how everything stands, and lets the bookkeeper do what is due.
  void Look();
  void Advance(Duration by) { clock_.Advance(by); }

  /// An event that arrives now.
  void Push(const std::string& department, const std::string& indicator, Timestamp time,
            double first, double second = 0, const std::string& member = "");

  std::unique_ptr<ledger::LedgerReader> Reader() const;
  /// "1 provisional 3", "2 closed 3", … of a civil period.
  std::vector<std::string> Revisions(const std::string& scope, const std::string& indicator,
                                     const std::string& period) const;
  std::map<std::string, std::size_t> LateCounts(int year) const;
  /// As the daemon itself counts them.
  std::map<std::string, std::size_t> LateCountsOfState();

  /// That the newest revisions are the state's values, of every period that has ended, and no
  /// others; by the definition, over every day since the first event.
  void ExpectPeriodsOfState();
  /// That the ledger's history ends with how everything stands now.
  void ExpectHistoryOfState();

  const iocd::testing::TemporaryDirectory directory_;
  iocd::testing::ManualClock clock_{domain::At("2024-01-02", 8, 0)};
  iocd::testing::EngineHarness harness_;
  SeenOutcomes seen_;
  std::unique_ptr<ClockGuard> guard_;
  std::unique_ptr<Bookkeeper> bookkeeper_;

 private:
  std::uint64_t sequence_ = 0;
};

}  // namespace iocd::bookkeeper

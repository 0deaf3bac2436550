#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "base/timestamp.h"
#include "engine/year_calendar.h"
#include "engine/year_territory.h"

namespace iocd::year {

/// One report of a period, and when it arrives if ever.
struct PlannedReport {
  Span span;
  Times times;
  bool let_off = false;
  std::optional<Timestamp> arrival;
};

/// What a department does about one indicator.
struct Row {
  std::vector<PlannedReport> reports;  // owed, in the order of time; none of a realtime indicator
  std::vector<Timestamp> heard;        // realtime: arrivals, ascending
};

/// One event on its way to the daemon.
struct Sent {
  Timestamp arrival;
  std::size_t department, indicator;
  std::optional<std::size_t> member;
  Timestamp time;  // of the event: it lies in the period of the report
};

/// Who sends what when, from December 2023 to the middle of January 2025: on time and at the last
/// instant, within grace and at its end, late, when the period closes, after that, twice, or never.
/// Equal seeds give equal plans.
class Plan {
 public:
  Plan(const Territory& territory, unsigned seed);

  const Row& RowOf(std::size_t department, std::size_t indicator) const {
    return rows_[department][indicator];
  }
  /// All events in the order of arrival.
  const std::vector<Sent>& sent() const { return sent_; }

 private:
  enum class Manner { kPunctual, kOrdinary, kCareless };
  enum class Outcome {
    kInTime,
    kLastInstant,
    kDueSharp,
    kInGrace,
    kEndOfGrace,
    kLateSharp,
    kLate,
    kLastOfAll,
    kAtClose,
    kAfterClose,
    kNever,
  };
  /// Days on which nothing comes from a department.
  struct Quiet {
    std::size_t department;
    Day from, to;
  };

  void PlanReports(std::size_t department, std::size_t indicator, Manner manner);
  /// A department that will be merged may have sent what its successor has to send itself.
  void SendInVain(const Span& span, std::size_t department, std::size_t indicator);
  void PlanRealtime(std::size_t department, const std::vector<std::size_t>& indicators);
  /// Instants at which a department's own system sends what it has.
  std::vector<Timestamp> Beats();
  Outcome Draw(Manner manner);
  std::optional<Timestamp> ArrivalOf(Outcome outcome, const PlannedReport& report);
  /// Sends all members' values of the report, the last of them at `arrival`.
  void Send(const Span& span, Timestamp arrival, std::size_t department, std::size_t indicator);
  /// One that is no more still sends what is dated before.
  bool Sends(std::size_t sender, Timestamp when) const;

  std::int64_t Between(std::int64_t low, std::int64_t high);
  Timestamp Within(Timestamp from, Timestamp to);  // exclusive
  bool OneIn(std::int64_t n) { return Between(1, n) == 1; }

  const Territory& territory_;
  std::mt19937_64 random_;
  std::vector<Quiet> quiet_;
  std::vector<std::vector<Row>> rows_;  // by department and indicator
  std::vector<Sent> sent_;
};

}  // namespace iocd::year

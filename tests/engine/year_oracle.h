#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "domain/freshness.h"
#include "engine/year_plan.h"
#include "engine/year_territory.h"

namespace iocd::year {

/// What must be shown of one indicator.
struct ExpectedReport {
  std::size_t indicator = 0;
  const PlannedReport* report = nullptr;  // nullptr: realtime
  std::optional<Timestamp> received;
  domain::Freshness freshness{};
  bool counts_as_late = false;
  bool let_off = false;
};

struct Expected {
  std::vector<ExpectedReport> present;  // in catalogue order
  std::size_t due = 0, received = 0;
  std::size_t due_this_year = 0, on_time = 0, late = 0;
};

/// What the plan says about a department at `now`, by the words of docs/calendar.md; without any
/// code of domain/.
Expected ExpectedOf(const Territory& territory, const Plan& plan, std::size_t department,
                    Timestamp now);

/// All reports of an indicator that are due in that year and owed by `now`, in the order of time.
std::vector<ExpectedReport> ExpectedDueIn(const Plan& plan, std::size_t department,
                                          std::size_t indicator, int year, Timestamp now);

}  // namespace iocd::year

#include "ledger_model.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lines.h"

namespace iocd::ledger {
namespace {

void DropNaN(std::optional<double>& number) {
  if (number.has_value() && std::isnan(*number)) number.reset();
}

template <typename Record>
std::string Difference(const std::string& of, const std::vector<Record>& want,
                       const absl::StatusOr<std::vector<Record>>& got) {
  if (!got.ok()) return absl::StrCat(of, ": ", got.status().ToString());
  if (*got == want) return "";
  return absl::StrCat(of, " must be\n", absl::StrJoin(Lines(want), "\n"), "\nbut is\n",
                      absl::StrJoin(Lines(*got), "\n"), "\n");
}

}  // namespace

void LedgerModel::Apply(const Update& update) {
  for (const PeriodObservation& observation : update.periods) {
    Observe(observation, update.recorded_at);
  }
  for (const Report& report : update.reports) {
    reports_[{report.department, report.indicator, report.period}] = report;
  }
  if (update.waivers.has_value()) Waive(*update.waivers, update.recorded_at);
  for (const Change& change : update.changes) Add(change);
  position_ = update.position;
}

void LedgerModel::Observe(const PeriodObservation& observation, Timestamp recorded_at) {
  std::vector<PeriodRevision>& revisions = periods_[observation.key];
  PeriodRevision next{.key = observation.key,
                      .revision = static_cast<std::int64_t>(revisions.size()) + 1,
                      .figures = observation.figures,
                      .recorded_at = recorded_at};
  DropNaN(next.figures.value);
  DropNaN(next.figures.numerator);
  DropNaN(next.figures.denominator);
  const bool was_closed =
      !revisions.empty() && revisions.back().state != RevisionState::kProvisional;
  PeriodFigures compared = next.figures;
  if (was_closed && observation.closed) {  // a member set that grew restates nothing
    compared.members_owe = revisions.back().figures.members_owe;
  }
  const bool same = !revisions.empty() && revisions.back().figures == compared;
  if (same && was_closed == observation.closed) return;
  if (observation.closed) {
    next.state = was_closed ? RevisionState::kRestated : RevisionState::kClosed;
  }
  revisions.push_back(next);
}

void LedgerModel::Waive(const std::vector<Waiver>& waivers, Timestamp recorded_at) {
  std::set<Waiver> fresh(waivers.begin(), waivers.end());
  for (RecordedWaiver& recorded : waivers_) {
    if (recorded.withdrawn_at.has_value()) continue;
    if (fresh.erase(recorded.waiver) == 0) recorded.withdrawn_at = recorded_at;
  }
  for (const Waiver& waiver : fresh) {
    waivers_.push_back({.waiver = waiver, .recorded_at = recorded_at});
  }
}

void LedgerModel::Add(Change change) {
  DropNaN(change.value);
  std::vector<Change>& changes = history_[change.key];
  if (!changes.empty()) {
    const Change& newest = changes.back();
    if (newest.text == change.text && newest.value == change.value) return;
    change.at = std::max(change.at, newest.at);
  }
  changes.push_back(std::move(change));
}

std::string LedgerModel::DifferenceFrom(LedgerReader& reader) const {
  const auto position = reader.Position();
  if (!position.ok()) return position.status().ToString();
  if (*position != position_) return absl::StrCat("position ", *position, ", not ", position_);
  std::string difference = PeriodsDifference(reader);
  if (difference.empty()) difference = ReportsDifference(reader);
  if (difference.empty()) difference = Difference("waivers", waivers_, reader.Waivers());
  if (difference.empty()) difference = HistoryDifference(reader);
  return difference;
}

std::string LedgerModel::PeriodsDifference(LedgerReader& reader) const {
  std::map<std::string, std::vector<PeriodRevision>> of_scope;
  std::map<std::pair<domain::CalendarKind, std::string>, std::vector<PeriodRevision>> of_period;
  for (const auto& [key, revisions] : periods_) {
    std::string difference = Difference("revisions of a key", revisions, reader.RevisionsOf(key));
    if (!difference.empty()) return difference;
    of_scope[key.scope].push_back(revisions.back());
    of_period[{key.calendar, key.period}].push_back(revisions.back());
  }
  // The ledger orders calendars by name.
  const auto by_name = [](const PeriodRevision& a, const PeriodRevision& b) {
    const auto order = [](const PeriodRevision& revision) {
      const PeriodKey& key = revision.key;
      return std::tuple(key.scope, key.indicator, domain::CalendarName(key.calendar), key.period);
    };
    return order(a) < order(b);
  };
  for (auto& [scope, newest] : of_scope) {
    std::sort(newest.begin(), newest.end(), by_name);
    std::string difference = Difference("newest of " + scope, newest, reader.NewestOfScope(scope));
    if (!difference.empty()) return difference;
  }
  for (const auto& [period, newest] : of_period) {
    std::string difference = Difference("newest of " + period.second, newest,
                                        reader.NewestOfPeriod(period.first, period.second));
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string LedgerModel::ReportsDifference(LedgerReader& reader) const {
  for (const int year : {2023, 2024, 2025}) {
    std::vector<Report> late;
    std::vector<LateCount> counts;
    for (const auto& [key, report] : reports_) {
      if (report.year != year || !report.counts_as_late) continue;
      late.push_back(report);
      if (counts.empty() || counts.back().department != report.department) {
        counts.push_back({.department = report.department});
      }
      ++counts.back().reports;
    }
    std::string difference = Difference("late reports", late, reader.LateReports(year));
    if (difference.empty()) difference = Difference("counts", counts, reader.LateCounts(year));
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string LedgerModel::HistoryDifference(LedgerReader& reader) const {
  std::set<Timestamp> instants;
  std::set<std::string> kinds;
  Timestamp end;
  for (const auto& [key, changes] : history_) {
    kinds.insert(key.kind);
    for (const Change& change : changes) {
      instants.insert(change.at);
      instants.insert(change.at - Duration{1});
      end = std::max(end, change.at + Duration{1});
    }
    const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
    std::string difference =
        Difference("all changes", changes, reader.ChangesOf(key, Timestamp(), end));
    if (difference.empty()) {
      const auto first_of_then = std::find_if(
          changes.begin(), middle, [&](const Change& change) { return change.at == middle->at; });
      difference = Difference("changes before one", std::vector(changes.begin(), first_of_then),
                              reader.ChangesOf(key, Timestamp(), middle->at));
      if (difference.empty()) {
        difference = Difference("changes from one on", std::vector(first_of_then, changes.end()),
                                reader.ChangesOf(key, middle->at, end));
      }
    }
    if (!difference.empty()) return difference;
  }
  // Some of the instants: all of them would be asked of a history that has grown with each.
  std::size_t number = 0;
  const std::size_t stride = instants.size() / 40 + 1;
  for (const Timestamp at : instants) {
    if (number++ % stride != 0) continue;
    for (const std::string& kind : kinds) {
      std::vector<Change> stood;
      for (const auto& [key, changes] : history_) {
        const auto after = std::find_if(changes.begin(), changes.end(),
                                        [at](const Change& change) { return change.at > at; });
        if (key.kind == kind && after != changes.begin()) stood.push_back(*(after - 1));
      }
      std::string difference =
          Difference(absl::StrCat("at ", at.nanos), stood, reader.StoodAt(kind, at));
      if (!difference.empty()) return difference;
    }
  }
  return "";
}

}  // namespace iocd::ledger

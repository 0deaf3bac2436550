#include "random_updates.h"

#include <algorithm>
#include <limits>
#include <random>

#include "absl/strings/str_cat.h"

namespace iocd::ledger {
namespace {

constexpr char kTexts[][16] = {"on_track", "at_risk", "lagging", "đã đạt", ""};

class Maker {
 public:
  Maker(std::uint64_t seed, std::uint64_t position)
      : random_(seed * 1'000'003 + position),
        now_(Timestamp::FromSeconds(1'710'000'000 + static_cast<std::int64_t>(position) * 20)) {}

  Update Make(std::uint64_t position) {
    Update update{.position = position, .recorded_at = now_};
    for (int i = Below(12); i > 0; --i) update.periods.push_back(MakeObservation());
    for (int i = Below(8); i > 0; --i) update.reports.push_back(MakeReport());
    for (int i = Below(20); i > 0; --i) update.changes.push_back(MakeChange());
    if (Below(4) == 0) {
      update.waivers.emplace();
      for (int i = Below(6); i > 0; --i) update.waivers->push_back(MakeWaiver());
    }
    return update;
  }

 private:
  int Below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }

  std::string Department() { return absl::StrCat("so", Below(3)); }
  std::string Indicator() { return absl::StrCat("chi_so_", Below(2)); }
  std::string Period() { return Below(2) == 0 ? "2024-03" : "2024-Q1"; }

  std::optional<double> Number() {
    switch (Below(6)) {
      case 0:
        return std::nullopt;
      case 1:
        return 0.1 + 0.2;
      case 2:
        return std::numeric_limits<double>::quiet_NaN();
      case 3:
        return -1e300;
      default:
        return Below(2);
    }
  }

  PeriodObservation MakeObservation() {
    PeriodObservation observation;
    observation.key = {
        .scope = Below(4) == 0 ? kProvince : Department(),
        .indicator = Indicator(),
        .calendar = Below(2) == 0 ? domain::CalendarKind::kCivil : domain::CalendarKind::kAdmin,
        .period = Period()};
    observation.figures.value = Number();
    if (Below(3) == 0) {
      observation.figures.numerator = Number();
      observation.figures.denominator = Number();
      observation.figures.events = static_cast<std::uint64_t>(Below(2));
    }
    observation.figures.members_have = static_cast<std::uint32_t>(Below(2));
    observation.figures.members_owe = 2;
    observation.closed = Below(3) != 0;
    return observation;
  }

  Report MakeReport() {
    Report report{.department = Department(), .indicator = Indicator(), .period = Period()};
    report.year = 2024 + Below(2);
    report.due_at = Timestamp::FromSeconds(1'710'000'000 + Below(3));
    report.late_from = report.due_at + Duration::Days(1);
    report.closes_at = report.due_at + Duration::Days(9);
    if (Below(2) == 0) report.received_at = now_;
    report.state = static_cast<domain::Freshness>(Below(5));
    report.waived = Below(4) == 0;
    report.counts_as_late = Below(2) == 0;
    return report;
  }

  Waiver MakeWaiver() {
    Waiver waiver{.department = Department(), .reason = "bão", .author = "VP UBND"};
    if (Below(2) == 0) waiver.indicator = Indicator();
    waiver.first = {.days = 19'800 + Below(2)};
    waiver.last = {.days = 19'810};
    waiver.document_date = {.days = 19'790};
    return waiver;
  }

  Change MakeChange() {
    Change change;
    change.key = {.kind = Below(2) == 0 ? "target_status" : "freshness",
                  .scope = Department(),
                  .indicator = Indicator(),
                  .target = Below(2) == 0 ? "2025" : ""};
    // Sometimes of the same instant, and sometimes the clock was set back.
    change.at = now_ - Duration::Seconds(Below(3) * 15);
    if (Below(3) != 0) change.text = kTexts[Below(5)];
    if (Below(2) == 0) change.value = Number();
    return change;
  }

  std::mt19937_64 random_;
  const Timestamp now_;
};

}  // namespace

Update RandomUpdate(std::uint64_t seed, std::uint64_t position) {
  return Maker(seed, position).Make(position);
}

}  // namespace iocd::ledger

#include "engine/year_plan.h"

#include <algorithm>
#include <tuple>

#include "absl/algorithm/container.h"

namespace iocd::year {
namespace {

constexpr Duration kInstant{1};
const Day kFirst = DayOf({2023, 12, 18});  // on which realtime sources send
const Day kEnd = DayOf({2025, 1, 31});

/// On which its value is sent: of what is longer than a month within its last four weeks.
Day EarliestDay(const Span& span) { return std::max(span.start, span.end - 28); }

}  // namespace

Plan::Plan(const Territory& territory, unsigned seed)
    : territory_(territory),
      random_(seed),
      quiet_{{territory.Department("hccb"), DayOf({2024, 3, 11}), DayOf({2024, 6, 28})},
             {territory.Department("bnctu"), DayOf({2024, 9, 16}), kEnd},
             {territory.Department("lmhtx"), 0, kEnd}} {
  const std::size_t indicators = territory.data.indicators.size();
  rows_.assign(territory.data.departments.size(), std::vector<Row>(indicators));
  for (std::size_t department = 0; department < rows_.size(); ++department) {
    const auto manner = static_cast<Manner>(department % 3);
    std::vector<std::size_t> realtime;
    for (std::size_t indicator = 0; indicator < indicators; ++indicator) {
      if (territory.duties[indicator].every) {
        PlanReports(department, indicator, manner);
      } else if (territory.Names(department, indicator)) {
        realtime.push_back(indicator);
      }
    }
    PlanRealtime(department, realtime);
  }
  absl::c_sort(sent_, [](const Sent& a, const Sent& b) {
    return std::tie(a.arrival, a.department, a.indicator, a.member, a.time) <
           std::tie(b.arrival, b.department, b.indicator, b.member, b.time);
  });
}

void Plan::PlanReports(std::size_t department, std::size_t indicator, Manner manner) {
  const Duty& duty = territory_.duties[indicator];
  for (const Span& span : SpansOf(*duty.every, duty.admin)) {
    PlannedReport report{span, TimesOf(duty, span)};
    const Day due = DayAt(report.times.due_at);
    if (!territory_.Owes(department, indicator, span, due)) {
      SendInVain(span, department, indicator);
      continue;
    }
    report.let_off = territory_.IsLetOff(department, indicator, due);
    const std::optional<Timestamp> arrival = ArrivalOf(Draw(manner), report);
    const auto sends = [&](Timestamp when) {
      return Sends(territory_.SenderFor(department, indicator, span, when), when);
    };
    if (arrival && sends(*arrival)) {
      report.arrival = arrival;
      Send(span, *arrival, department, indicator);
      // Whoever corrects it later has reported no later.
      const Timestamp again = *arrival + Duration::Seconds(Between(0, 1'000'000));
      if (OneIn(20) && sends(again)) Send(span, again, department, indicator);
    }
    rows_[department][indicator].reports.push_back(report);
  }
}

void Plan::PlanRealtime(std::size_t department, const std::vector<std::size_t>& indicators) {
  const std::vector<Timestamp> beats = Beats();
  for (const std::size_t indicator : indicators) {
    std::int64_t silent = 0;  // for so many beats
    for (const Timestamp beat : beats) {
      if (silent == 0 && OneIn(150)) silent = OneIn(5) ? Between(8, 120) : Between(1, 7);
      if (silent > 0) {
        --silent;
        continue;
      }
      if (!Sends(department, beat) || !territory_.Exists(department, DayAt(beat))) continue;
      rows_[department][indicator].heard.push_back(beat);
      // What happened up to an hour ago: arrival alone counts.
      const Timestamp time = beat - Duration::Seconds(Between(0, 3'600));
      sent_.push_back({beat, department, indicator, std::nullopt, time});
    }
  }
}

std::vector<Timestamp> Plan::Beats() {
  constexpr int kTimes[][2] = {{8, 5}, {9, 40}, {11, 20}, {14, 50}, {16, 35}};
  std::vector<Timestamp> beats;
  for (Day day = kFirst; day < kEnd; ++day) {
    if (!IsWorked(day)) {
      if (OneIn(20)) beats.push_back(Within(Midnight(day), Midnight(day + 1)));
      continue;
    }
    for (const auto& [hour, minute] : kTimes) {
      const Timestamp time = At(day, hour, minute);
      const Timestamp beat = Within(time - Duration::Seconds(600), time + Duration::Seconds(600));
      if (OneIn(15)) continue;
      if (hour == 14 && OneIn(4)) {
        // Two hours before the close to the instant, and an instant earlier.
        beats.push_back(OneIn(2) ? At(day, 15, 0) : At(day, 15, 0) - kInstant);
        if (OneIn(2)) break;
        continue;
      }
      beats.push_back(beat);
    }
  }
  return beats;
}

Plan::Outcome Plan::Draw(Manner manner) {
  using enum Outcome;
  // In percent, in the order of Outcome.
  constexpr int kShares[][11] = {
      {88, 2, 1, 3, 1, 1, 2, 0, 0, 1, 1},
      {60, 4, 3, 8, 3, 3, 9, 2, 2, 3, 3},
      {25, 4, 4, 10, 4, 4, 20, 4, 4, 9, 12},
  };
  std::int64_t rest = Between(0, 99);
  int outcome = 0;
  for (const int share : kShares[static_cast<std::size_t>(manner)]) {
    if (rest < share) break;
    rest -= share;
    ++outcome;
  }
  return static_cast<Outcome>(outcome);
}

std::optional<Timestamp> Plan::ArrivalOf(Outcome outcome, const PlannedReport& report) {
  const Times& times = report.times;
  switch (outcome) {
    case Outcome::kInTime:
      return Within(Midnight(EarliestDay(report.span)), times.due_at);
    case Outcome::kLastInstant:
      return times.due_at - kInstant;
    case Outcome::kDueSharp:
      return times.due_at;  // late where there is no grace
    case Outcome::kInGrace:
      if (times.due_at < times.late_from) return Within(times.due_at, times.late_from);
      return times.due_at - Duration::Seconds(1);
    case Outcome::kEndOfGrace:
      return times.late_from - kInstant;
    case Outcome::kLateSharp:
      return times.late_from;
    case Outcome::kLate:
      return Within(times.late_from, times.closes_at);
    case Outcome::kLastOfAll:
      return times.closes_at - kInstant;
    case Outcome::kAtClose:
      return times.closes_at;
    case Outcome::kAfterClose:
      return Within(times.closes_at, times.closes_at + Duration::Days(20));
    case Outcome::kNever:
      break;
  }
  return std::nullopt;
}

void Plan::Send(const Span& span, Timestamp arrival, std::size_t department,
                std::size_t indicator) {
  const Timestamp from = Midnight(EarliestDay(span));
  const auto send = [&](std::optional<std::size_t> member, Timestamp when) {
    const Timestamp last = std::min(when, Midnight(span.end) - kInstant);
    sent_.push_back({when, territory_.SenderFor(department, indicator, span, when), indicator,
                     member, Within(from, last + kInstant)});
  };
  const std::optional<std::size_t> set = territory_.data.indicators[indicator].member_set;
  if (!set) return send(std::nullopt, arrival);
  const std::size_t members = territory_.data.member_sets[*set].members.size();
  const auto last = static_cast<std::size_t>(Between(0, static_cast<std::int64_t>(members) - 1));
  for (std::size_t member = 0; member < members; ++member) {
    const Timestamp when = Within(from, arrival + kInstant);
    const std::size_t sender = territory_.SenderFor(department, indicator, span, when);
    const bool before = member != last && Sends(sender, when);
    send(member, before ? when : arrival);
  }
}

void Plan::SendInVain(const Span& span, std::size_t department, std::size_t indicator) {
  for (const Merger& merger : territory_.mergers) {
    if (merger.department != department || !territory_.Names(department, indicator)) continue;
    const Timestamp begin = Midnight(EarliestDay(span)), end = Midnight(merger.on);
    const bool in_vain = territory_.HasShare(merger.successor, indicator, span);
    if (in_vain && begin < end && end < Midnight(span.end)) {
      Send(span, Within(begin, end), department, indicator);
    }
  }
}

bool Plan::Sends(std::size_t sender, Timestamp when) const {
  const Day day = DayAt(when);
  return day < kEnd && absl::c_none_of(quiet_, [&](const Quiet& quiet) {
           return quiet.department == sender && quiet.from <= day && day < quiet.to;
         });
}

std::int64_t Plan::Between(std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
}

Timestamp Plan::Within(Timestamp from, Timestamp to) { return {Between(from.nanos, to.nanos - 1)}; }

}  // namespace iocd::year

#include "iocsim/series_mix.h"

#include <algorithm>
#include <cstdio>

namespace iocsim {
namespace {

constexpr std::array<std::uint64_t, 3> kShareOfTen = {7, 2, 1};

double WithinBounds(const ioc::v1::Indicator& indicator, double value) {
  if (indicator.has_maximum()) value = std::min(value, indicator.maximum());
  if (indicator.has_minimum()) value = std::max(value, indicator.minimum());
  return value;
}

}  // namespace

SeriesMix::SeriesMix(const ioc::v1::ListIndicatorsResponse& catalogue) : catalogue_(catalogue) {
  for (const auto& indicator : catalogue_.indicators()) {
    const std::string& kind = indicator.kind();
    if (kind != "flow" && kind != "ratio" && kind != "duration") continue;
    auto& list = kinds_[kind == "flow" ? kFlow : kind == "ratio" ? kRatio : kDuration].series;
    for (const std::string& department : indicator.reporters()) {
      if (indicator.member_set().empty()) list.push_back({&indicator, department, ""});
      for (const auto& member : indicator.members()) {
        list.push_back({&indicator, department, member.code()});
      }
    }
  }
}

bool SeriesMix::HasSeries() const { return SeriesCount() > 0; }

std::size_t SeriesMix::SeriesCount() const {
  std::size_t count = 0;
  for (const KindSeries& kind : kinds_) count += kind.series.size();
  return count;
}

std::size_t SeriesMix::EventsOfOneRound() const {
  std::size_t events = 0;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    events = std::max(events, kinds_[kind].series.size() * 10 / kShareOfTen[kind] + 10);
  }
  return events;
}

SeriesMix::KindSeries& SeriesMix::Pick() {
  // Spread over each ten: F F R F F D F F R F.
  constexpr std::array<KindIndex, 10> kTurns = {kFlow,     kFlow, kRatio, kFlow,  kFlow,
                                                kDuration, kFlow, kFlow,  kRatio, kFlow};
  std::size_t kind = kTurns[count_ % kTurns.size()];
  while (kinds_[kind].series.empty()) kind = (kind + 1) % kKinds;
  return kinds_[kind];
}

ioc::v1::Event SeriesMix::Next() {
  KindSeries& kind = Pick();
  const Series& series = kind.series[kind.next++ % kind.series.size()];
  ioc::v1::Event event;
  event.set_indicator(series.indicator->code());
  event.set_department(series.department);
  event.set_member(series.member);
  SetMeasure(*series.indicator, event);
  char reference[17];
  std::snprintf(reference, sizeof reference, "%016llx",
                static_cast<unsigned long long>(count_ * 0x9E3779B97F4A7C15ULL));
  event.set_reference(reference);
  ++count_;
  return event;
}

void SeriesMix::SetMeasure(const ioc::v1::Indicator& indicator, ioc::v1::Event& event) const {
  if (indicator.kind() == "ratio") {
    event.mutable_ratio()->set_numerator(static_cast<double>(85 + count_ % 15));
    event.mutable_ratio()->set_denominator(100);
  } else if (indicator.kind() == "duration") {
    event.set_value(WithinBounds(indicator, 0.5 + static_cast<double>(count_ * 7919 % 1000) / 10));
  } else {
    event.set_value(WithinBounds(indicator, 1));
  }
}

}  // namespace iocsim

#include "iocsim/feed.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"

namespace iocsim {

using ioc::v1::Indicator;

bool IsRated(const std::string& kind) {
  return kind == "flow" || kind == "ratio" || kind == "duration";
}

absl::Time Feed::Series::SendAt() const { return next_event + behaviour.late_by; }

Feed::Feed(const Scenario& scenario, const ioc::v1::ListIndicatorsResponse& catalogue,
           absl::Time start, std::uint64_t seed)
    : scenario_(scenario), start_(start), max_factor_(scenario.MaxRateFactor()), random_(seed) {
  for (const Indicator& indicator : catalogue.indicators()) {
    const auto course = scenario.indicators.find(indicator.code());
    if (course == scenario.indicators.end()) continue;
    for (const std::string& department : indicator.reporters()) {
      if (indicator.member_set().empty()) AddSeries(indicator, course->second, department, "");
      for (const auto& member : indicator.members()) {
        AddSeries(indicator, course->second, department, member.code());
      }
    }
  }
  for (std::size_t i = 0; i < series_.size(); ++i) Push(i);
}

void Feed::AddSeries(const Indicator& indicator, const IndicatorCourse& course,
                     const std::string& department, const std::string& member) {
  Series series{.indicator = &indicator,
                .department = department,
                .member = member,
                .course = course.Of(department, member),
                .behaviour = {},
                .next_event = start_};
  const auto behaviour = scenario_.departments.find(department);
  if (behaviour != scenario_.departments.end()) series.behaviour = behaviour->second;
  if (IsRated(indicator.kind())) {
    series.next_event = start_ - scenario_.backlog;
    AdvanceRated(series);
  } else {
    // What holds at the start is known at the start, even where later values come late.
    series.next_event -= series.behaviour.late_by;
  }
  series_.push_back(std::move(series));
}

void Feed::AdvanceRated(Series& series) {
  const double max_rate = series.course.rate_per_hour.value_or(0) * max_factor_;
  if (max_rate <= 0) {
    series.next_event = absl::InfiniteFuture();
    return;
  }
  // Thinning: candidates at the highest rate, each kept with the chance that the hour gives it.
  std::exponential_distribution<double> hours(max_rate);
  std::uniform_real_distribution<double> chance(0, max_factor_);
  do {
    series.next_event += absl::Hours(1) * hours(random_);
  } while (chance(random_) >= scenario_.RateFactor(series.next_event));
}

void Feed::Advance(Series& series) {
  if (IsRated(series.indicator->kind())) {
    AdvanceRated(series);
  } else if (series.course.as_of.has_value()) {
    series.next_event = absl::InfiniteFuture();
  } else {
    series.next_event += series.course.every.value_or(absl::Hours(24));
  }
  if (series.behaviour.silent && series.next_event > start_) {
    series.next_event = absl::InfiniteFuture();
  }
}

void Feed::Push(std::size_t index) {
  if (series_[index].next_event == absl::InfiniteFuture()) return;
  heap_.push_back(index);
  std::push_heap(heap_.begin(), heap_.end(), [this](std::size_t a, std::size_t b) {
    return series_[a].SendAt() > series_[b].SendAt();
  });
}

absl::Time Feed::NextSendAt() const {
  return heap_.empty() ? absl::InfiniteFuture() : series_[heap_.front()].SendAt();
}

FeedEvent Feed::Next() {
  std::pop_heap(heap_.begin(), heap_.end(), [this](std::size_t a, std::size_t b) {
    return series_[a].SendAt() > series_[b].SendAt();
  });
  const std::size_t index = heap_.back();
  heap_.pop_back();
  Series& series = series_[index];

  FeedEvent result{.event = {}, .department = series.department, .send_at = series.SendAt()};
  ioc::v1::Event& event = result.event;
  event.set_indicator(series.indicator->code());
  event.set_member(series.member);
  const absl::Time time = series.course.as_of.value_or(series.next_event);
  event.mutable_event_time()->set_seconds(absl::ToUnixSeconds(time));
  event.mutable_event_time()->set_nanos(static_cast<std::int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(absl::ToUnixSeconds(time)))));
  event.set_reference(absl::StrFormat("SIM-%08d", ++count_));
  SetMeasure(series, event);

  Advance(series);
  Push(index);
  return result;
}

void Feed::SetMeasure(const Series& series, ioc::v1::Event& event) {
  const std::string& kind = series.indicator->kind();
  const Course& course = series.course;
  if (kind == "ratio" || (kind == "coverage" && course.share.has_value())) {
    event.mutable_ratio()->set_numerator(DrawNumerator(course));
    event.mutable_ratio()->set_denominator(course.denominator.value_or(1));
    return;
  }
  event.set_value(DrawValue(series));
  if (kind == "score") event.set_weight(course.weight.value_or(1));
}

double Feed::DrawNumerator(const Course& course) {
  const auto trials = static_cast<int>(course.denominator.value_or(1));
  const double share = std::clamp(course.share.value_or(1), 0.0, 1.0);
  return std::binomial_distribution<int>(trials, share)(random_);
}

double Feed::DrawValue(const Series& series) {
  const Indicator& indicator = *series.indicator;
  const double level = series.course.value.value_or(1);
  const double spread = series.course.spread.value_or(0);
  double value = level;
  if (spread > 0 && indicator.kind() == "duration" && level > 0) {
    const double sigma_squared = std::log1p(spread * spread);
    const double mu = std::log(level) - sigma_squared / 2;
    value = std::lognormal_distribution<double>(mu, std::sqrt(sigma_squared))(random_);
  } else if (spread > 0) {
    value = std::normal_distribution<double>(level, std::abs(level) * spread)(random_);
    // Dossiers come whole.
    if (indicator.unit() != "percent" && level == std::round(level)) value = std::round(value);
  }
  if (indicator.has_maximum()) value = std::min(value, indicator.maximum());
  if (indicator.has_minimum()) value = std::max(value, indicator.minimum());
  return value;
}

}  // namespace iocsim

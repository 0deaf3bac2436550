#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "ioc/v1/ingest.pb.h"
#include "ioc/v1/query.pb.h"
#include "iocsim/scenario.h"

namespace iocsim {

/// One made-up event, and when its department sends it.
struct FeedEvent {
  ioc::v1::Event event;
  std::string department;
  absl::Time send_at;
};

/// Makes up the events of every series in the order in which they are sent. Depends on scenario,
/// catalogue, start and seed alone: no clock inside.
class Feed {
 public:
  /// Events begin at `start` less the scenario's backlog. All arguments outlive the feed.
  Feed(const Scenario& scenario, const ioc::v1::ListIndicatorsResponse& catalogue, absl::Time start,
       std::uint64_t seed);

  /// When the next event is sent; InfiniteFuture: there is none.
  absl::Time NextSendAt() const;
  /// The next event. Only while NextSendAt() is finite.
  FeedEvent Next();

 private:
  struct Series {
    const ioc::v1::Indicator* indicator;
    std::string department, member;
    Course course;
    DepartmentBehaviour behaviour;
    absl::Time next_event;  // event time; InfiniteFuture: no more
    absl::Time SendAt() const;
  };

  void AddSeries(const ioc::v1::Indicator& indicator, const IndicatorCourse& course,
                 const std::string& department, const std::string& member);
  /// Moves on to the next event time of a Poisson process whose rate follows the scenario.
  void AdvanceRated(Series& series);
  void Advance(Series& series);
  void SetMeasure(const Series& series, ioc::v1::Event& event);
  double DrawValue(const Series& series);
  double DrawNumerator(const Course& course);
  void Push(std::size_t index);

  const Scenario& scenario_;
  const absl::Time start_;
  const double max_factor_;
  std::mt19937_64 random_;
  std::vector<Series> series_;
  std::vector<std::size_t> heap_;  // indices of series_, the earliest SendAt() first
  std::uint64_t count_ = 0;
};

/// True for the kinds whose events come at a rate.
bool IsRated(const std::string& kind);

}  // namespace iocsim

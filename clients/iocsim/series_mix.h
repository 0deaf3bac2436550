#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ioc/v1/ingest.pb.h"
#include "ioc/v1/query.pb.h"

namespace iocsim {

/// Makes up events for the load test: 70% flow, 20% ratio, 10% duration, each kind round robin over
/// its series in the daemon's catalogue. Where a kind has no series, the next one takes its share.
class SeriesMix {
 public:
  explicit SeriesMix(const ioc::v1::ListIndicatorsResponse& catalogue);
  SeriesMix(const SeriesMix&) = delete;  // the series point into its own catalogue
  SeriesMix& operator=(const SeriesMix&) = delete;

  /// False: the catalogue has neither flow, ratio nor duration; Next() must not be called.
  bool HasSeries() const;
  std::size_t SeriesCount() const;
  /// Number of events after which every series has had at least one.
  std::size_t EventsOfOneRound() const;

  /// The next event, with a reference of 16 characters, without event_time.
  ioc::v1::Event Next();

 private:
  struct Series {
    const ioc::v1::Indicator* indicator;
    std::string department, member;
  };
  struct KindSeries {
    std::vector<Series> series;
    std::size_t next = 0;
  };
  enum KindIndex : std::size_t { kFlow, kRatio, kDuration, kKinds };

  KindSeries& Pick();
  void SetMeasure(const ioc::v1::Indicator& indicator, ioc::v1::Event& event) const;

  const ioc::v1::ListIndicatorsResponse catalogue_;
  std::array<KindSeries, kKinds> kinds_;
  std::uint64_t count_ = 0;
};

}  // namespace iocsim

#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "domain/catalogue.h"
#include "domain/rollup.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// A GetSeriesRequest whose codes have been found. Indices are those of the catalogue's vectors.
struct SeriesQuestion {
  std::size_t indicator = 0;
  std::optional<std::size_t> department;  // none: all that report
  std::optional<std::size_t> member;      // none: all members
  std::optional<domain::Window> buckets_of;
};

/// Errors as Query::GetSeries().
absl::StatusOr<SeriesQuestion> ParseSeriesQuestion(const domain::Catalogue& catalogue,
                                                   const ioc::v1::GetSeriesRequest& request);

/// Reads the answer: windows, buckets, newest event, but neither the codes nor the time of reading.
/// `reading.window` is not looked at.
ioc::v1::GetSeriesResponse AnswerSeries(const domain::Reading& reading,
                                        const SeriesQuestion& question);

}  // namespace iocd::query

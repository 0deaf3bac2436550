#pragma once

#include "absl/status/statusor.h"
#include "base/clock.h"
#include "engine/engine.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// What people's programs may ask, the same for gRPC and HTTP (proto/ioc/v1/query.proto says what
/// each answer means). Reads the state through the engine, so an answer includes every batch that
/// was acknowledged before. Thread-safe; engine and clock outlive it. Unavailable until the engine
/// is ready.
class Query {
 public:
  Query(const engine::Engine& engine, const Clock& clock);

  absl::StatusOr<ioc::v1::ListDepartmentsResponse> ListDepartments(
      const ioc::v1::ListDepartmentsRequest& request) const;

  /// NotFound: a department that the catalogue does not have.
  absl::StatusOr<ioc::v1::ListIndicatorsResponse> ListIndicators(
      const ioc::v1::ListIndicatorsRequest& request) const;

  /// NotFound: a code that the catalogue does not have. InvalidArgument: no indicator, a department
  /// that does not report it, a member of an indicator that has none, a window that does not exist,
  /// or buckets of what is not one series.
  absl::StatusOr<ioc::v1::GetSeriesResponse> GetSeries(
      const ioc::v1::GetSeriesRequest& request) const;

  /// NotFound: a scope that is neither "province" nor a department's code.
  absl::StatusOr<ioc::v1::GetScorecardResponse> GetScorecard(
      const ioc::v1::GetScorecardRequest& request) const;

  /// NotFound: as GetScorecard.
  absl::StatusOr<ioc::v1::ListTargetsResponse> ListTargets(
      const ioc::v1::ListTargetsRequest& request) const;
  /// NotFound: as GetScorecard. InvalidArgument: a year that no report can be due in, or every
  /// report of more than one department.
  absl::StatusOr<ioc::v1::ListReportsResponse> ListReports(
      const ioc::v1::ListReportsRequest& request) const;

 private:
  const engine::Engine& engine_;
  const Clock& clock_;
};

}  // namespace iocd::query

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/channel.h"
#include "ioc/v1/admin.grpc.pb.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "ioc/v1/query.grpc.pb.h"

namespace ioc::tool {

/// Asks (or tells) one daemon, with a time limit on each question. An error is a sentence for
/// people: a daemon that cannot be reached is named with its address.
class DaemonQuery {
 public:
  /// `target`, "HOST:PORT", is where `channel` leads.
  DaemonQuery(std::string target, const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<v1::ListDepartmentsResponse> Departments() const;
  absl::StatusOr<v1::ListIndicatorsResponse> Indicators() const;
  /// "province", a department's code, or empty for every scope.
  absl::StatusOr<v1::GetScorecardResponse> Scorecard(const std::string& scope) const;
  /// The same scopes; `superseded`: those too that a newer document has superseded.
  absl::StatusOr<v1::ListTargetsResponse> Targets(const std::string& scope, bool superseded) const;
  /// Who owes what, and how often each was late in the year (0: the present one); with `all` each
  /// report of it, of one department.
  absl::StatusOr<v1::ListReportsResponse> Reports(const std::string& scope, std::uint32_t year,
                                                  bool all) const;
  /// What has been taken of a producer's batches.
  absl::StatusOr<v1::ResumeResponse> Resume(const std::string& department,
                                            const std::string& producer) const;
  /// How the daemon's clock stands.
  absl::StatusOr<v1::ClockState> Clock() const;
  /// The same, after confirming it.
  absl::StatusOr<v1::ClockState> ConfirmClock() const;
  /// Lets the daemon read its configuration again; mistakes in that are part of the answer.
  absl::StatusOr<v1::ReloadResponse> Reload() const;
  /// What grpc.health.v1 says of the daemon as a whole; nobody needs an identity to ask.
  absl::StatusOr<grpc::health::v1::HealthCheckResponse> Health() const;

 private:
  const std::string target_;
  const std::unique_ptr<v1::QueryService::Stub> stub_;
  const std::unique_ptr<v1::IngestService::Stub> ingest_;
  const std::unique_ptr<v1::AdminService::Stub> admin_;
  const std::unique_ptr<grpc::health::v1::Health::Stub> health_;
};

/// Whether there was no daemon: no connection came about, and TLS was not the reason. One that
/// answers Unavailable is there.
bool IsUnreached(const absl::Status& status);

/// The status with a sentence for people in place of gRPC's words where no daemon answered, or both
/// sides did not agree on TLS.
absl::Status ForPeople(const absl::Status& status, const std::string& target);

}  // namespace ioc::tool

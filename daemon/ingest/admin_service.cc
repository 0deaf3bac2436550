#include "ingest/admin_service.h"

#include <optional>
#include <string>
#include <utility>

#include "ingest/caller.h"
#include "ingest/clock_confirmation.h"
#include "wire/proto_time.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {

grpc::ServerUnaryReactor* AdminService::GetClock(grpc::CallbackServerContext* context,
                                                 const ioc::v1::GetClockRequest* /*request*/,
                                                 ioc::v1::ClockState* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const absl::Status ready = engine_.CheckReady();
  if (ready.ok()) *response = Describe(clock_.ReadBoth());
  reactor->Finish(wire::ToGrpcStatus(ready));
  return reactor;
}

grpc::ServerUnaryReactor* AdminService::ConfirmClock(
    grpc::CallbackServerContext* context, const ioc::v1::ConfirmClockRequest* /*request*/,
    ioc::v1::ClockState* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const absl::Status ready = engine_.CheckReady();
  if (ready.ok()) {
    const ClockReading now = clock_.ReadBoth();
    recorder_.Record(ingest::ConfirmClock(clock_guard_, now, *CallerOf(*context, "ConfirmClock")));
    *response = Describe(now);
  }
  reactor->Finish(wire::ToGrpcStatus(ready));
  return reactor;
}

grpc::ServerUnaryReactor* AdminService::Reload(grpc::CallbackServerContext* context,
                                               const ioc::v1::ReloadRequest* /*request*/,
                                               ioc::v1::ReloadResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reloading_.Request("gRPC", [reactor, response](const ReloadOutcome& outcome) {
    for (const std::string& change : outcome.changes) response->add_changes(change);
    for (const std::string& mistake : outcome.mistakes) response->add_mistakes(mistake);
    reactor->Finish(
        wire::ToGrpcStatus(outcome.mistakes.empty() ? outcome.status : absl::OkStatus()));
  });
  return reactor;
}

grpc::ServerWriteReactor<ioc::v1::BackupPart>* AdminService::Backup(
    grpc::CallbackServerContext* context, const ioc::v1::BackupRequest* /*request*/) {
  return backups_.Start(CallerOf(*context, "Backup"));
}

ioc::v1::ClockState AdminService::Describe(const ClockReading& now) const {
  ioc::v1::ClockState state;
  *state.mutable_wall_time() = wire::ToProto(now.wall);
  *state.mutable_since_boot() = wire::ToProto(now.since_boot);
  const absl::Status doubt = clock_guard_.Check(now);
  state.set_in_doubt(!doubt.ok());
  state.set_doubt(std::string(doubt.message()));
  if (const auto expected = clock_guard_.Expected(now)) {
    *state.mutable_expected_time() = wire::ToProto(*expected);
  }
  std::optional<Timestamp> newest_arrival;
  engine_.Read([&](const engine::State& read) { newest_arrival = read.newest_arrival(); });
  if (newest_arrival) *state.mutable_newest_arrival() = wire::ToProto(*newest_arrival);
  return state;
}

}  // namespace iocd::ingest

#include "ingest/admin_service.h"

#include <optional>
#include <string>
#include <utility>

#include "ingest/clock_confirmation.h"
#include "ingest/reload_entry.h"
#include "wire/proto_time.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {
namespace {

/// A backup that never began.
class RefusedBackup final : public grpc::ServerWriteReactor<ioc::v1::BackupPart> {
 public:
  explicit RefusedBackup(const grpc::Status& why) { Finish(why); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerUnaryReactor* AdminService::GetClock(grpc::CallbackServerContext* context,
                                                 const ioc::v1::GetClockRequest* /*request*/,
                                                 ioc::v1::ClockState* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::Status good = doorkeeper_.Admit(*context, access::Action::kReadClock, "GetClock").status();
  if (good.ok()) good = engine_.CheckReady();
  if (good.ok()) *response = Describe(clock_.ReadBoth());
  reactor->Finish(door::ToGrpcStatus(good));
  return reactor;
}

grpc::ServerUnaryReactor* AdminService::ConfirmClock(
    grpc::CallbackServerContext* context, const ioc::v1::ConfirmClockRequest* /*request*/,
    ioc::v1::ClockState* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto caller = doorkeeper_.Admit(*context, access::Action::kConfirmClock, "ConfirmClock");
  absl::Status good = caller.status();
  if (good.ok()) good = engine_.CheckReady();
  if (good.ok()) {
    const ClockReading now = clock_.ReadBoth();
    recorder_.Record(ingest::ConfirmClock(clock_guard_, now, **caller));
    *response = Describe(now);
  }
  reactor->Finish(door::ToGrpcStatus(good));
  return reactor;
}

grpc::ServerUnaryReactor* AdminService::Reload(grpc::CallbackServerContext* context,
                                               const ioc::v1::ReloadRequest* /*request*/,
                                               ioc::v1::ReloadResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto caller = doorkeeper_.Admit(*context, access::Action::kReload, "Reload");
  if (!caller.ok()) {
    reactor->Finish(door::ToGrpcStatus(caller.status()));
    return reactor;
  }
  reloading_.Request(
      "gRPC", [this, reactor, response, caller = *std::move(caller)](const ReloadOutcome& outcome) {
        RecordReload(*caller, outcome, recorder_);
        for (const std::string& change : outcome.changes) response->add_changes(change);
        for (const std::string& mistake : outcome.mistakes) response->add_mistakes(mistake);
        reactor->Finish(
            wire::ToGrpcStatus(outcome.mistakes.empty() ? outcome.status : absl::OkStatus()));
      });
  return reactor;
}

grpc::ServerWriteReactor<ioc::v1::BackupPart>* AdminService::Backup(
    grpc::CallbackServerContext* context, const ioc::v1::BackupRequest* /*request*/) {
  const auto caller = doorkeeper_.Admit(*context, access::Action::kBackup, "Backup");
  if (!caller.ok()) return new RefusedBackup(door::ToGrpcStatus(caller.status()));
  return backups_.Start(*context, *caller);
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

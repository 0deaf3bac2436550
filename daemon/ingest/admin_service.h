#pragma once

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/clock_guard.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "ingest/backups.h"
#include "ingest/reloading.h"
#include "ioc/v1/admin.grpc.pb.h"

namespace iocd::ingest {

/// ioc.v1.AdminService over gRPC, for callers whom the doorkeeper lets in. Thread-safe; what it is
/// given outlives it.
class AdminService final : public ioc::v1::AdminService::CallbackService {
 public:
  AdminService(const engine::Engine& engine, const Clock& clock, ClockGuard& clock_guard,
               Backups& backups, Reloading& reloading, door::Doorkeeper& doorkeeper,
               audit::Recorder& recorder)
      : engine_(engine),
        clock_(clock),
        clock_guard_(clock_guard),
        backups_(backups),
        reloading_(reloading),
        doorkeeper_(doorkeeper),
        recorder_(recorder) {}

  grpc::ServerUnaryReactor* GetClock(grpc::CallbackServerContext* context,
                                     const ioc::v1::GetClockRequest* request,
                                     ioc::v1::ClockState* response) override;
  grpc::ServerUnaryReactor* ConfirmClock(grpc::CallbackServerContext* context,
                                         const ioc::v1::ConfirmClockRequest* request,
                                         ioc::v1::ClockState* response) override;
  grpc::ServerUnaryReactor* Reload(grpc::CallbackServerContext* context,
                                   const ioc::v1::ReloadRequest* request,
                                   ioc::v1::ReloadResponse* response) override;
  grpc::ServerWriteReactor<ioc::v1::BackupPart>* Backup(
      grpc::CallbackServerContext* context, const ioc::v1::BackupRequest* request) override;

 private:
  ioc::v1::ClockState Describe(const ClockReading& now) const;

  const engine::Engine& engine_;
  const Clock& clock_;
  ClockGuard& clock_guard_;
  Backups& backups_;
  Reloading& reloading_;
  door::Doorkeeper& doorkeeper_;
  audit::Recorder& recorder_;
};

}  // namespace iocd::ingest

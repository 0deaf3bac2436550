#pragma once

#include <grpcpp/support/server_callback.h>

#include "absl/status/status.h"
#include "base/mutex.h"
#include "ioc/v1/admin.pb.h"

namespace iocd::ingest {

/// One Backup call, for a thread that may wait: it writes part by part and then ends the call. The
/// receiver's pace is gRPC's flow control, so at most one part is on its way.
///
/// Owns itself until gRPC is done with the call, which is not before Finish() was called.
class BackupStream final : public grpc::ServerWriteReactor<ioc::v1::BackupPart> {
 public:
  /// Sends a part; returns when it has gone out. Errors: Cancelled (the receiver has gone away),
  /// Unavailable (the daemon is stopping).
  absl::Status Write(const ioc::v1::BackupPart& part);

  /// Write() takes no more parts. One that is under way still goes out, if the receiver reads it.
  void Drain();

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override { delete this; }

 private:
  /// Why no more can be written; OK: it can.
  absl::Status Ended() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  CondVar changed_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;  // nothing reaches the receiver any more
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace iocd::ingest

#pragma once

#include <grpcpp/server_context.h>
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
  /// `context` is gRPC's of this call.
  explicit BackupStream(grpc::CallbackServerContext& context) : context_(context) {}

  /// Sends a part; returns when it has gone out. Errors: Cancelled (the receiver has gone away), or
  /// why the stream was ended.
  absl::Status Write(const ioc::v1::BackupPart& part);

  /// Write() takes no more parts. One that is under way still goes out, if the receiver reads it.
  void End(absl::Status why);
  /// The same, but what is under way does not go out.
  void Cancel(absl::Status why);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override { delete this; }

 private:
  /// Why no more can be written; OK: it can.
  absl::Status Ended() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  grpc::CallbackServerContext& context_;
  mutable Mutex mutex_;
  CondVar changed_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;  // nothing reaches the receiver any more
  absl::Status end_ ABSL_GUARDED_BY(mutex_);     // why it was ended; OK: it was not
};

}  // namespace iocd::ingest

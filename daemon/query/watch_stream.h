#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>

#include "base/mutex.h"
#include "ioc/v1/query.pb.h"
#include "query/watch.h"

namespace iocd::query {

/// One Watch call: a message at a time, and the next once gRPC has taken it off. Owns itself until
/// gRPC is done with the call. gRPC's threads and those that wake it call in; none ever waits for
/// the reader.
class WatchStream final : public grpc::ServerWriteReactor<ioc::v1::WatchResponse>,
                          public WatchReader {
 public:
  /// `context` is gRPC's of this call.
  static grpc::ServerWriteReactor<ioc::v1::WatchResponse>* Start(
      grpc::CallbackServerContext& context, const std::shared_ptr<Watch>& watch);

  void Wake() override;
  void BreakOff() override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  WatchStream(grpc::CallbackServerContext& context, std::shared_ptr<Watch> watch);

  grpc::CallbackServerContext& context_;
  std::shared_ptr<WatchStream> self_;  // until gRPC is done with the call

  Mutex mutex_;
  std::shared_ptr<Watch> watch_ ABSL_GUARDED_BY(mutex_);  // nullptr: gRPC is done, context_ is gone
  std::shared_ptr<const ioc::v1::WatchResponse> message_ ABSL_GUARDED_BY(mutex_);  // being written
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;  // nothing reaches the reader any more
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace iocd::query

#pragma once

#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "access/quota_keeper.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "door/doorkeeper.h"
#include "ingest/ingestor.h"
#include "ingest/push_stream.h"
#include "ioc/v1/ingest.grpc.pb.h"

namespace iocd::ingest {

/// ioc.v1.IngestService over gRPC's callback API. Batches arrive as bytes and go to the ingestor
/// unparsed, from callers whom the doorkeeper lets in. Thread-safe; outlives the server that it is
/// registered with.
class IngestService final
    : public ioc::v1::IngestService::WithRawCallbackMethod_Push<
          ioc::v1::IngestService::WithRawCallbackMethod_PushStream<
              ioc::v1::IngestService::WithCallbackMethod_Resume<ioc::v1::IngestService::Service>>> {
 public:
  /// All that it is given outlives the service.
  IngestService(Ingestor& ingestor, door::Doorkeeper& doorkeeper, access::QuotaKeeper& quotas,
                const Clock& clock)
      : ingestor_(ingestor), doorkeeper_(doorkeeper), quotas_(quotas), clock_(clock) {}

  /// To be called about once a second: ends the streams of callers who are no longer let in, and
  /// those that have lived long enough.
  void LookAtStreams();

  /// Ends every stream, open or to come, once what it has taken is answered.
  void Drain();

  grpc::ServerUnaryReactor* Push(grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer* request,
                                 grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* PushStream(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* Resume(grpc::CallbackServerContext* context,
                                   const ioc::v1::ResumeRequest* request,
                                   ioc::v1::ResumeResponse* response) override;

 private:
  using Stream = ingest::PushStream;

  std::vector<std::shared_ptr<Stream>> Streams() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Ingestor& ingestor_;
  door::Doorkeeper& doorkeeper_;
  access::QuotaKeeper& quotas_;
  const Clock& clock_;
  Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<Stream*, std::weak_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::ingest

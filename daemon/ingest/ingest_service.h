#pragma once

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "base/mutex.h"
#include "ingest/ingestor.h"
#include "ingest/push_stream.h"
#include "ioc/v1/ingest.grpc.pb.h"

namespace iocd::ingest {

/// ioc.v1.IngestService over gRPC's callback API. Batches arrive as bytes and go to the ingestor
/// unparsed. Thread-safe; outlives the server that it is registered with.
class IngestService final
    : public ioc::v1::IngestService::WithRawCallbackMethod_Push<
          ioc::v1::IngestService::WithRawCallbackMethod_PushStream<
              ioc::v1::IngestService::WithCallbackMethod_Resume<ioc::v1::IngestService::Service>>> {
 public:
  /// `ingestor` outlives the service.
  explicit IngestService(Ingestor& ingestor) : ingestor_(ingestor) {}

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

  Ingestor& ingestor_;
  Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<Stream*, std::weak_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::ingest

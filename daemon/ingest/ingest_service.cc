#include "ingest/ingest_service.h"

#include <utility>
#include <vector>

#include "ingest/byte_buffer.h"
#include "ingest/caller.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {

grpc::ServerUnaryReactor* IngestService::Push(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  ingestor_.Push(FlatBytes(*request).view(), CallerOf(*context, "Push"),
                 [reactor, response](const PushReply& reply) {
                   if (reply.status.ok()) *response = Serialize(reply.response);
                   reactor->Finish(wire::ToGrpcStatus(reply.status, reply.retry_after));
                 });
  return reactor;
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestService::PushStream(
    grpc::CallbackServerContext* context) {
  auto stream = Stream::Start(ingestor_, CallerOf(*context, "PushStream"), [this](Stream* gone) {
    MutexLock lock(mutex_);
    streams_.erase(gone);
  });
  bool draining = false;
  {
    MutexLock lock(mutex_);
    streams_.emplace(stream.get(), stream);
    draining = draining_;
  }
  if (draining) stream->Drain();
  return stream.get();
}

grpc::ServerUnaryReactor* IngestService::Resume(grpc::CallbackServerContext* context,
                                                const ioc::v1::ResumeRequest* request,
                                                ioc::v1::ResumeResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  ingestor_.Resume(*request, [reactor, response](ResumeReply reply) {
    *response = std::move(reply.response);
    reactor->Finish(wire::ToGrpcStatus(reply.status, reply.retry_after));
  });
  return reactor;
}

void IngestService::Drain() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    MutexLock lock(mutex_);
    draining_ = true;
    for (const auto& entry : streams_) {
      if (auto stream = entry.second.lock()) streams.push_back(std::move(stream));
    }
  }
  // Without the mutex: a stream that ends takes it.
  for (const auto& stream : streams) stream->Drain();
}

}  // namespace iocd::ingest

#include "ingest/ingest_service.h"

#include <string>
#include <utility>

#include "ingest/byte_buffer.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {
namespace {

/// The end of a stream that never began.
class RefusedStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const grpc::Status& why) { Finish(why); }
  void OnDone() override { delete this; }
};

/// Empty where nobody knows, as in open mode.
std::string DepartmentOf(const door::Caller& caller) {
  const domain::SendingRights* rights = caller.identity.rights();
  return rights == nullptr ? "" : rights->department;
}

}  // namespace

grpc::ServerUnaryReactor* IngestService::Push(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto caller = doorkeeper_.Admit(*context, access::Action::kSend, "Push");
  if (!caller.ok()) {
    reactor->Finish(door::ToGrpcStatus(caller.status()));
    return reactor;
  }
  ingestor_.Push(FlatBytes(*request).view(), *std::move(caller),
                 [reactor, response](const PushReply& reply) {
                   if (reply.status.ok()) *response = Serialize(reply.response);
                   reactor->Finish(wire::ToGrpcStatus(reply.status, reply.retry_after));
                 });
  return reactor;
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestService::PushStream(
    grpc::CallbackServerContext* context) {
  auto caller = doorkeeper_.Admit(*context, access::Action::kSend, "PushStream");
  if (!caller.ok()) return new RefusedStream(door::ToGrpcStatus(caller.status()));
  const std::string department = DepartmentOf(**caller);
  const auto room = quotas_.BeginStream(department);
  if (!room.status.ok()) {
    ingestor_.RefusedCall(*std::move(caller), room.status);
    return new RefusedStream(wire::ToGrpcStatus(room.status, room.retry_after));
  }
  auto stream = Stream::Start({*context, ingestor_, doorkeeper_, clock_.SinceBoot()},
                              *std::move(caller), [this, department](Stream* gone) {
                                quotas_.EndStream(department);
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
  const auto caller = doorkeeper_.Admit(*context, access::Action::kResume, "Resume");
  if (!caller.ok()) {
    reactor->Finish(door::ToGrpcStatus(caller.status()));
    return reactor;
  }
  ingestor_.Resume(*request, *caller, [reactor, response](ResumeReply reply) {
    *response = std::move(reply.response);
    reactor->Finish(wire::ToGrpcStatus(reply.status, reply.retry_after));
  });
  return reactor;
}

void IngestService::LookAtStreams() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    MutexLock lock(mutex_);
    streams = Streams();
  }
  const Duration lifetime = quotas_.StreamLifetime();
  const Duration now = clock_.SinceBoot();
  for (const auto& stream : streams) stream->Look(now, lifetime);
}

void IngestService::Drain() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    MutexLock lock(mutex_);
    draining_ = true;
    streams = Streams();
  }
  // Without the mutex: a stream that ends takes it.
  for (const auto& stream : streams) stream->Drain();
}

std::vector<std::shared_ptr<PushStream>> IngestService::Streams() {
  std::vector<std::shared_ptr<Stream>> streams;
  for (const auto& entry : streams_) {
    if (auto stream = entry.second.lock()) streams.push_back(std::move(stream));
  }
  return streams;
}

}  // namespace iocd::ingest

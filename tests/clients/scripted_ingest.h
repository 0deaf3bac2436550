#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "ioc/v1/ingest.grpc.pb.h"

namespace ioc::client {

/// A gRPC server on loopback that answers as its script says: for the faults that a healthy daemon
/// does not show.
class ScriptedIngest final : public v1::IngestService::Service {
 public:
  /// The answer to a batch; nullopt: the stream ends at once, with Unavailable.
  using Script = std::function<std::optional<v1::PushResponse>(const v1::PushRequest&)>;

  explicit ScriptedIngest(Script script) : script_(std::move(script)) { Start(); }
  ~ScriptedIngest() override {
    if (server_ != nullptr) Stop();
  }

  std::string target() const { return "127.0.0.1:" + std::to_string(port_); }

  /// Ends every call without a last word.
  void Stop() {
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
    server_.reset();
  }
  /// After Stop(): comes back on the same port.
  void Start() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port_),
                             grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  void Restart() {
    Stop();
    Start();
  }

  /// Every batch that arrived, in order.
  std::vector<v1::PushRequest> received() {
    std::lock_guard lock(mutex_);
    return received_;
  }

  grpc::Status PushStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::PushResponse, v1::PushRequest>* stream) override {
    v1::PushRequest request;
    while (stream->Read(&request)) {
      const std::optional<v1::PushResponse> response = Take(request);
      if (!response.has_value()) return {grpc::StatusCode::UNAVAILABLE, "scripted end"};
      stream->Write(*response);
    }
    return grpc::Status::OK;
  }

  grpc::Status Push(grpc::ServerContext*, const v1::PushRequest* request,
                    v1::PushResponse* response) override {
    const std::optional<v1::PushResponse> answer = Take(*request);
    if (!answer.has_value()) return unary_failure;
    *response = *answer;
    return grpc::Status::OK;
  }

  /// Says what set_last_sequence() was given; without it the server does not know the question.
  grpc::Status Resume(grpc::ServerContext*, const v1::ResumeRequest*,
                      v1::ResumeResponse* response) override {
    std::lock_guard lock(mutex_);
    if (!last_sequence_.has_value()) return {grpc::StatusCode::UNIMPLEMENTED, ""};
    response->set_last_sequence(*last_sequence_);
    return grpc::Status::OK;
  }
  void set_last_sequence(std::uint64_t last) {
    std::lock_guard lock(mutex_);
    last_sequence_ = last;
  }

  /// What Push returns where the script has no answer.
  grpc::Status unary_failure{grpc::StatusCode::UNAVAILABLE, "scripted failure"};

 private:
  std::optional<v1::PushResponse> Take(const v1::PushRequest& request) {
    std::lock_guard lock(mutex_);
    received_.push_back(request);
    return script_(request);
  }

  const Script script_;
  std::mutex mutex_;
  std::vector<v1::PushRequest> received_;
  std::optional<std::uint64_t> last_sequence_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

/// Takes the whole batch.
inline v1::PushResponse AcceptAll(const v1::PushRequest& request) {
  v1::PushResponse response;
  if (request.key_case() == v1::PushRequest::kBatchId) {
    response.set_batch_id(request.batch_id());
  } else {
    response.set_sequence(request.sequence());
  }
  response.set_accepted(static_cast<std::uint32_t>(request.events_size()));
  return response;
}

}  // namespace ioc::client

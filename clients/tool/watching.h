#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "ioc/client/backoff.h"
#include "ioc/v1/query.grpc.pb.h"

namespace ioc::tool {

/// Watches a scope of one daemon until it is stopped; when the daemon goes away, it comes back.
class Watching {
 public:
  struct Options {
    std::string target;  // "HOST:PORT", where `channel` leads
    std::shared_ptr<grpc::Channel> channel;
    std::string scope;  // "province", a department's code, or empty for every scope
    client::BackoffOptions backoff = {.initial = absl::Milliseconds(250)};
    /// Called by Run(), one at a time.
    std::function<void(const v1::WatchResponse&)> on_message;
    /// A sentence for people: the daemon has gone, or is there again.
    std::function<void(const std::string&)> log;
  };

  explicit Watching(Options options);

  /// Returns OK after Stop(); otherwise why going on makes no sense, as a sentence for people: the
  /// first call did not come about, or the daemon refuses in a way that waiting does not change.
  absl::Status Run();

  /// Ends Run() soon. Any thread.
  void Stop();

 private:
  /// One call, to its end. `*messages` counts what came.
  absl::Status Call(std::size_t* messages);
  /// False: stopped meanwhile.
  bool Pause(absl::Duration pause);
  bool stopped() const;

  const Options options_;
  const std::unique_ptr<v1::QueryService::Stub> stub_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopped_ = false;
  grpc::ClientContext* context_ = nullptr;  // of the call under way
};

}  // namespace ioc::tool

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "ioc/v1/ingest.grpc.pb.h"

namespace ioc::client {

/// Sends numbered batches, one after the other, on one stream of its own, and repeats some of them.
/// Everything that a sender of a healthy daemon may rely on must hold, and the stream must never
/// break; what does not fit is noted.
class StreamSender {
 public:
  struct Options {
    std::string target;
    std::string department;  // for messages
    std::uint32_t seed;
    /// Batch `number`, from 1; the same on each call.
    std::function<v1::PushRequest(std::uint64_t number)> batch;
    /// Whether that event of a batch may be refused in this way.
    std::function<bool(const v1::Rejection& rejection)> may_refuse;
  };

  /// Begins to send.
  explicit StreamSender(Options options);
  ~StreamSender() { Finish(); }

  /// Ends the stream once the batch on its way is answered.
  void Finish();

  std::uint64_t acknowledged() const { return acknowledged_; }
  std::uint64_t repeated() const { return repeated_; }

  // After Finish():
  const std::vector<std::string>& violations() const { return violations_; }
  /// Answers by number, from 1.
  const std::map<std::uint64_t, v1::PushResponse>& answers() const { return answers_; }

 private:
  using Stream = grpc::ClientReaderWriter<v1::PushRequest, v1::PushResponse>;

  void Run();
  bool Send(Stream& stream, std::uint64_t number);
  void Check(std::uint64_t number, const v1::PushResponse& answer);
  void Violation(std::uint64_t number, const std::string& what);

  const Options options_;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> acknowledged_{0}, repeated_{0};
  std::map<std::uint64_t, v1::PushResponse> answers_;
  std::vector<std::string> violations_;
  std::thread thread_;
};

}  // namespace ioc::client

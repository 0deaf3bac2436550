#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "ioc/client/channel.h"

namespace iocsim {

using SteadyTime = std::chrono::steady_clock::time_point;

/// What a load test is asked to do.
struct LoadOptions {
  std::string target;
  ioc::client::ChannelSecurity security;
  std::size_t batch_events = 1'000;
  double seconds = 10;
  std::size_t producers = 1;
  std::string department;        // that sends; empty: each producer's is another
  std::size_t in_flight = 64;    // batches, or calls of one event with `unary`
  double events_per_second = 0;  // 0: as fast as the daemon answers
  bool unary = false;
};

/// Counts answers and how long each took.
class LoadResult {
 public:
  /// Takes the serialized PushResponse of a batch that came `latency` after the batch was due
  /// (without a rate: was sent). The latency counts if the batch was taken.
  void AddAnswer(const grpc::ByteBuffer& response, SteadyTime::duration latency);
  /// A batch or call that failed as a whole.
  void AddFailure(const std::string& message);

  bool HasFailed() const { return failed_batches_ > 0; }
  const std::string& first_failure() const { return first_failure_; }

  /// One JSON object on one line.
  std::string ToJson(std::chrono::duration<double> elapsed);

 private:
  double Percentile(double q) const;  // milliseconds; latencies are sorted

  std::uint64_t acked_events_ = 0, duplicates_ = 0, rejected_ = 0;  // events
  std::uint64_t failed_batches_ = 0;
  std::vector<std::uint32_t> latencies_;  // microseconds
  std::string first_failure_;
};

}  // namespace iocsim

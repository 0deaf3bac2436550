#include "iocsim/load_result.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"
#include "grpcpp/support/slice.h"
#include "ioc/v1/ingest.pb.h"

namespace iocsim {
namespace {

bool Parse(const grpc::ByteBuffer& buffer, ioc::v1::PushResponse* response) {
  grpc::Slice slice;
  const bool one = buffer.TrySingleSlice(&slice).ok();
  if (!one && !buffer.DumpToSingleSlice(&slice).ok()) return false;
  return response->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

}  // namespace

void LoadResult::AddAnswer(const grpc::ByteBuffer& buffer, SteadyTime::duration latency) {
  ioc::v1::PushResponse response;
  if (!Parse(buffer, &response)) {
    AddFailure("the answer is not a PushResponse");
    return;
  }
  if (response.has_error()) {
    AddFailure(response.error().message());
    return;
  }
  latencies_.push_back(static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(latency).count()));
  rejected_ += static_cast<std::uint64_t>(response.rejected_size());
  duplicates_ += response.already_counted();
  (response.duplicate() ? duplicates_ : acked_events_) += response.accepted();
}

void LoadResult::AddFailure(const std::string& message) {
  if (failed_batches_++ == 0) first_failure_ = message;
}

double LoadResult::Percentile(double q) const {
  if (latencies_.empty()) return 0;
  // Nearest rank: at least a share of q is no slower.
  const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(latencies_.size())));
  return latencies_[std::max<std::size_t>(rank, 1) - 1] / 1'000.0;
}

std::string LoadResult::ToJson(std::chrono::duration<double> elapsed) {
  std::sort(latencies_.begin(), latencies_.end());
  const double per_second =
      elapsed.count() > 0 ? static_cast<double>(acked_events_) / elapsed.count() : 0;
  return absl::StrFormat(
      R"({"events_per_second": %.0f, "acked_events": %d, "duplicates": %d, "rejected": %d, )"
      R"("failed_batches": %d, "seconds": %.3f, )"
      R"("ack_ms": {"p50": %.3f, "p99": %.3f, "max": %.3f}})",
      per_second, acked_events_, duplicates_, rejected_, failed_batches_, elapsed.count(),
      Percentile(0.5), Percentile(0.99), Percentile(1.0));
}

}  // namespace iocsim

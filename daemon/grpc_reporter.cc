#include "grpc_reporter.h"

#include <grpc/support/log.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace iocd {
namespace {

std::int64_t SteadySeconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// gRPC takes a plain function, so what it remembers is of the process. On any thread.
void Report(gpr_log_func_args* said) {
  static std::atomic<std::int64_t> last_second{-1};
  static std::atomic<std::uint64_t> left_out{0};
  if (said->severity != GPR_LOG_SEVERITY_ERROR) return;
  const std::int64_t second = SteadySeconds();
  if (last_second.exchange(second) == second) {
    ++left_out;
    return;
  }
  const std::uint64_t more = left_out.exchange(0);
  if (more == 0) return spdlog::warn("gRPC: {}", said->message);
  spdlog::warn("gRPC: {} (and {} lines more before it)", said->message, more);
}

}  // namespace

void ReportGrpcErrors() { gpr_set_log_function(&Report); }

}  // namespace iocd

#include "ingest/in_flight.h"

namespace iocd::ingest {

absl::Status QuotaGate::Admit(absl::string_view department, std::size_t events) {
  const auto verdict = quotas_.BeginBatch(department, events, bytes_, since_boot_);
  if (verdict.status.ok()) {
    in_flight = InFlight(quotas_, std::string(department), bytes_);
  } else {
    retry_after = verdict.retry_after;
  }
  return verdict.status;
}

}  // namespace iocd::ingest

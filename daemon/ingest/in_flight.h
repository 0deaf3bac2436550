#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "access/quota_keeper.h"
#include "base/timestamp.h"
#include "wire/decode_push.h"

namespace iocd::ingest {

/// The bytes of one batch that its department's quota counts, until this goes.
class InFlight {
 public:
  InFlight() = default;
  /// `quotas`, which outlive it, have taken the batch.
  InFlight(access::QuotaKeeper& quotas, std::string department, std::uint64_t bytes)
      : quotas_(&quotas), department_(std::move(department)), bytes_(bytes) {}
  InFlight(InFlight&& other) noexcept
      : quotas_(std::exchange(other.quotas_, nullptr)),
        department_(std::move(other.department_)),
        bytes_(other.bytes_) {}
  InFlight& operator=(InFlight&& other) noexcept {
    std::swap(quotas_, other.quotas_);
    std::swap(department_, other.department_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~InFlight() {
    if (quotas_ != nullptr) quotas_->EndBatch(department_, bytes_);
  }

 private:
  access::QuotaKeeper* quotas_ = nullptr;
  std::string department_;
  std::uint64_t bytes_ = 0;
};

/// Holds one batch to the quota of its department while it is decoded.
class QuotaGate final : public wire::BatchGate {
 public:
  QuotaGate(access::QuotaKeeper& quotas, std::uint64_t bytes, Duration since_boot)
      : quotas_(quotas), bytes_(bytes), since_boot_(since_boot) {}

  absl::Status Admit(absl::string_view department, std::size_t events) override;

  InFlight in_flight;                           // once it was admitted
  Duration retry_after = Duration::Seconds(1);  // if it was refused

 private:
  access::QuotaKeeper& quotas_;
  const std::uint64_t bytes_;
  const Duration since_boot_;
};

}  // namespace iocd::ingest

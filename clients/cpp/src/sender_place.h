#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace ioc::client {

/// The place of the one sender of a spool: a lock on DIRECTORY/sender.lock, which ends with the
/// process however that ends.
class SenderPlace {
 public:
  /// FailedPrecondition: another has it; PermissionDenied: the file cannot be made.
  static absl::StatusOr<std::unique_ptr<SenderPlace>> Take(const std::string& directory);
  ~SenderPlace();
  SenderPlace(const SenderPlace&) = delete;
  SenderPlace& operator=(const SenderPlace&) = delete;

 private:
  explicit SenderPlace(int descriptor) : descriptor_(descriptor) {}

  const int descriptor_;
};

}  // namespace ioc::client

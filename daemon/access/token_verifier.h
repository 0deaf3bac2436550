#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "base/timestamp.h"

namespace iocd::access {

/// Compares tokens with their hashes, which is slow on purpose, once for each token: what matched
/// is remembered, under a digest keyed with a secret of the process. One comparison at a time, so
/// that nobody can fill the memory or all cores with them; few may wait, and a hash against which
/// too many wrong tokens were tried rests. Thread-safe.
class TokenVerifier {
 public:
  enum class Verdict : std::uint8_t { kRight, kWrong, kBusy };

  static constexpr int kMostWaiting = 8;
  static constexpr int kMostWrongInAMinute = 10;  // of one hash

  TokenVerifier();

  /// kBusy: not compared; the same may be tried again in a moment. May take a second.
  Verdict Verify(absl::string_view token, const std::string& hash, Duration since_boot);

 private:
  static constexpr std::size_t kMostRemembered = 100'000;

  struct Failures {
    std::int64_t minute = 0;  // since boot
    int count = 0;
  };

  std::string DigestOf(absl::string_view token, const std::string& hash) const;
  bool MayTry(const std::string& hash, std::int64_t minute) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::array<unsigned char, 32> key_{};  // never changes
  Mutex mutex_;
  CondVar compared_;
  bool comparing_ ABSL_GUARDED_BY(mutex_) = false;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_set<std::string> right_ ABSL_GUARDED_BY(mutex_);               // digests
  absl::flat_hash_map<std::string, Failures> failures_ ABSL_GUARDED_BY(mutex_);  // by hash
};

}  // namespace iocd::access

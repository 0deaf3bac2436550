#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "access/token.h"
#include "base/mutex.h"
#include "base/timestamp.h"

namespace iocd::access {

/// Compares tokens with their hashes, which is slow on purpose, once for each token: what matched
/// is remembered, under a digest keyed with a secret of the process. One comparison at a time, so
/// that nobody can fill the memory or all cores with them; few may wait, and a hash against which
/// too many wrong tokens were tried from one address rests for that address: not for all, or anyone
/// could shut out the owner. Thread-safe.
class TokenVerifier {
 public:
  /// kBusy: not compared; the same may be tried again in a moment. kResting: not compared before
  /// the next minute.
  enum class Verdict : std::uint8_t { kRight, kWrong, kBusy, kResting };
  using Compare = std::function<bool(absl::string_view token, const std::string& hash)>;

  // Each holds a thread of its server, so there must not be as many as these have.
  static constexpr int kMostWaiting = 1;
  static constexpr int kMostWrongInAMinute = 10;  // of one hash from one address

  explicit TokenVerifier(Compare compare = &TokenMatches);

  /// `address` of who shows the token. May take as long as two comparisons.
  Verdict Verify(absl::string_view token, const std::string& hash, const std::string& address,
                 Duration since_boot);

 private:
  static constexpr std::size_t kMostRemembered = 100'000;

  using HashAndAddress = std::pair<std::string, std::string>;

  std::string DigestOf(absl::string_view token, const std::string& hash) const;
  int& FailuresOf(const HashAndAddress& tried, std::int64_t minute)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Compare compare_;
  std::array<unsigned char, 32> key_{};  // never changes
  Mutex mutex_;
  CondVar compared_;
  bool comparing_ ABSL_GUARDED_BY(mutex_) = false;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_set<std::string> right_ ABSL_GUARDED_BY(mutex_);  // digests
  std::int64_t minute_ ABSL_GUARDED_BY(mutex_) = 0;                 // since boot, of failures_
  absl::flat_hash_map<HashAndAddress, int> failures_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::access

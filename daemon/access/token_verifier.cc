#include "access/token_verifier.h"

#include <sodium.h>

#include <cstdlib>

namespace iocd::access {

TokenVerifier::TokenVerifier(Compare compare) : compare_(std::move(compare)) {
  if (sodium_init() < 0) std::abort();
  randombytes_buf(key_.data(), key_.size());
}

std::string TokenVerifier::DigestOf(absl::string_view token, const std::string& hash) const {
  std::array<unsigned char, 32> digest{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key_.data(), key_.size(), digest.size());
  // The hash's length is bounded and the token's is fixed, so the two cannot run into each other.
  for (const absl::string_view part : {token, absl::string_view(hash)}) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  }
  crypto_generichash_final(&state, digest.data(), digest.size());
  return std::string(digest.begin(), digest.end());
}

TokenVerifier::Verdict TokenVerifier::Verify(absl::string_view token, const std::string& hash,
                                             const std::string& address, Duration since_boot) {
  constexpr std::int64_t kSecondsPerMinute = 60;
  const std::int64_t minute = since_boot.ToWholeSeconds() / kSecondsPerMinute;
  const std::string digest = DigestOf(token, hash);
  const HashAndAddress tried(hash, address);
  {
    MutexLock lock(mutex_);
    if (right_.contains(digest)) return Verdict::kRight;
    if (FailuresOf(tried, minute) >= kMostWrongInAMinute) return Verdict::kResting;
    if (waiting_ >= kMostWaiting) return Verdict::kBusy;
    ++waiting_;
    while (comparing_) compared_.Wait(mutex_);
    --waiting_;
    if (right_.contains(digest)) return Verdict::kRight;
    if (FailuresOf(tried, minute) >= kMostWrongInAMinute) return Verdict::kResting;
    comparing_ = true;
  }
  const bool matches = compare_(token, hash);
  MutexLock lock(mutex_);
  comparing_ = false;
  compared_.NotifyAll();  // those who learn that their token is known hand on nothing
  if (!matches) {
    ++FailuresOf(tried, minute);
    return Verdict::kWrong;
  }
  // Tokens that were replaced stay until then; they match nothing any more.
  if (right_.size() >= kMostRemembered) right_.clear();
  right_.insert(digest);
  return Verdict::kRight;
}

// There are no more in a minute than can be compared in it.
int& TokenVerifier::FailuresOf(const HashAndAddress& tried, std::int64_t minute) {
  if (minute > minute_) {
    failures_.clear();
    minute_ = minute;
  }
  return failures_[tried];
}

}  // namespace iocd::access

#include "access/token_verifier.h"

#include <sodium.h>

#include <cstdlib>

#include "access/token.h"

namespace iocd::access {

TokenVerifier::TokenVerifier() {
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
                                             Duration since_boot) {
  constexpr std::int64_t kSecondsPerMinute = 60;
  const std::int64_t minute = since_boot.ToWholeSeconds() / kSecondsPerMinute;
  const std::string digest = DigestOf(token, hash);
  {
    MutexLock lock(mutex_);
    if (right_.contains(digest)) return Verdict::kRight;
    if (waiting_ >= kMostWaiting) return Verdict::kBusy;
    ++waiting_;
    while (comparing_) compared_.Wait(mutex_);
    --waiting_;
    if (right_.contains(digest)) return Verdict::kRight;
    if (!MayTry(hash, minute)) return Verdict::kBusy;
    comparing_ = true;
  }
  const bool matches = TokenMatches(token, hash);
  MutexLock lock(mutex_);
  comparing_ = false;
  compared_.NotifyAll();  // those who learn that their token is known hand on nothing
  if (!matches) {
    ++failures_[hash].count;
    return Verdict::kWrong;
  }
  // Tokens that were replaced stay until then; they match nothing any more.
  if (right_.size() >= kMostRemembered) right_.clear();
  right_.insert(digest);
  return Verdict::kRight;
}

bool TokenVerifier::MayTry(const std::string& hash, std::int64_t minute) {
  Failures& failures = failures_[hash];
  if (failures.minute != minute) failures = {minute, 0};
  return failures.count < kMostWrongInAMinute;
}

}  // namespace iocd::access

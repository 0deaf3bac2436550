#include "base/checksum.h"

#include "absl/strings/escaping.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace iocd {

struct Checksum::Hash {
  XXH3_state_t state;
};

Checksum::Checksum() : hash_(std::make_unique<Hash>()) { XXH3_128bits_reset(&hash_->state); }
Checksum::~Checksum() = default;
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;

void Checksum::Add(absl::string_view bytes) {
  XXH3_128bits_update(&hash_->state, bytes.data(), bytes.size());
}

std::string Checksum::Hex() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&hash_->state));
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest));
}

std::string ChecksumOf(absl::string_view bytes) {
  Checksum checksum;
  checksum.Add(bytes);
  return checksum.Hex();
}

}  // namespace iocd

#include "engine/state_digest.h"

#include "base/checksum.h"

namespace iocd::engine {

std::string DigestOf(const State& state) {
  std::string bytes;
  state.EncodeTo(&bytes);
  return ChecksumOf(bytes);
}

}  // namespace iocd::engine

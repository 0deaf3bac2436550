#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace iocd::domain {

/// Canonical bytes of numbers: little-endian, so that equal states encode equally on every machine.
inline void AppendUint64(std::uint64_t value, std::string* out) {
  for (int shift = 0; shift < 64; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

inline void AppendInt64(std::int64_t value, std::string* out) {
  AppendUint64(static_cast<std::uint64_t>(value), out);
}

/// The bits of the double: two that compare equal but differ in bits (0 and -0) encode differently.
inline void AppendDouble(double value, std::string* out) {
  AppendUint64(std::bit_cast<std::uint64_t>(value), out);
}

}  // namespace iocd::domain

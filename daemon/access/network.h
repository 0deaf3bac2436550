#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::access {

/// A network of IP addresses: "10.1.0.0/16", "127.0.0.1/32", "fd00::/8". An IPv4 address that comes
/// mapped into IPv6 ("::ffff:10.1.2.3") is the IPv4 address.
class Network {
 public:
  /// nullopt: not of that form, or bits are set behind the prefix.
  static std::optional<Network> Parse(absl::string_view text);

  /// As the file of identities writes it; the same for all that contain the same addresses.
  std::string ToText() const;

  /// `address` as text, without a port; false where it is none.
  bool Contains(const std::string& address) const;

 private:
  using Bytes = std::array<std::uint8_t, 16>;  // IPv4 as mapped
  static std::optional<Bytes> ParseAddress(const std::string& text);
  static bool SamePrefix(const Bytes& a, const Bytes& b, int bits);

  Bytes base_{};
  int bits_ = 0;
};

}  // namespace iocd::access

#include "access/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace iocd::access {
namespace {

constexpr int kMappedBits = 96;  // of ::ffff:0:0/96

}  // namespace

std::optional<Network::Bytes> Network::ParseAddress(const std::string& text) {
  Bytes bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  bytes[10] = bytes[11] = 0xff;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool Network::SamePrefix(const Bytes& a, const Bytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xff << (8 - bits % 8);
  return ((a[whole] ^ b[whole]) & mask & 0xff) == 0;
}

std::optional<Network> Network::Parse(absl::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return std::nullopt;
  const std::string address(text.substr(0, slash));
  Network network;
  const std::optional<Bytes> base = ParseAddress(address);
  if (!base || !absl::SimpleAtoi(text.substr(slash + 1), &network.bits_)) return std::nullopt;
  const bool v4 = address.find(':') == std::string::npos;
  if (network.bits_ < 0 || network.bits_ > (v4 ? 32 : 128)) return std::nullopt;
  if (v4) network.bits_ += kMappedBits;
  network.base_ = *base;
  Bytes rest = *base;
  for (int bit = 0; bit < network.bits_; ++bit) {
    rest[static_cast<std::size_t>(bit / 8)] &= static_cast<std::uint8_t>(~(0x80 >> (bit % 8)));
  }
  if (rest != Bytes{}) return std::nullopt;
  return network;
}

std::string Network::ToText() const {
  const bool v4 =
      bits_ >= kMappedBits && SamePrefix(base_, *ParseAddress("::ffff:0:0"), kMappedBits);
  char address[INET6_ADDRSTRLEN];
  inet_ntop(v4 ? AF_INET : AF_INET6, base_.data() + (v4 ? kMappedBits / 8 : 0), address,
            sizeof address);
  return absl::StrCat(address, "/", v4 ? bits_ - kMappedBits : bits_);
}

bool Network::Contains(const std::string& address) const {
  const std::optional<Bytes> bytes = ParseAddress(address);
  return bytes && SamePrefix(*bytes, base_, bits_);
}

}  // namespace iocd::access

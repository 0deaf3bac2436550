#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocd {

/// Where a server listens: "127.0.0.1:7443", "[::1]:7443", "localhost:7443". Port 0: any free one.
struct ListenAddress {
  std::string host;  // without brackets
  std::uint16_t port = 0;

  std::string ToText() const;
  /// Reachable from this machine alone.
  bool IsLoopback() const;
};

/// InvalidArgument says what is wrong with the text.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

/// Whether the address can be listened on at this moment. Unavailable says why in the system's
/// words.
absl::Status CheckFree(const ListenAddress& address);

}  // namespace iocd

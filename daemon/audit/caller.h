#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::audit {

/// By what the daemon knows who stands behind a call.
enum class How {
  kOpen,         // by nothing: open mode believes any sender
  kCertificate,  // a client certificate
  kToken,        // a bearer token
  kNobody,       // by nothing that was shown, although the daemon knows identities
  kLocal,        // the daemon itself, or a signal from its own machine
};

/// Who stands behind a call, as far as the daemon knows. Holds no credentials.
struct Caller {
  std::string who;   // name of the identity; empty: none
  std::string from;  // IP address of the peer
  How how = How::kOpen;
  absl::string_view call = {};  // "Push", "POST /api/v1/events"; a literal, or outlives the caller
};

/// Shared by all that is under way of one call or one stream.
using CallerPtr = std::shared_ptr<const Caller>;

}  // namespace iocd::audit

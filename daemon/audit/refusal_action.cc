#include "audit/refusal_action.h"

#include "audit/entry.h"

namespace iocd::audit {

absl::string_view RefusalAction(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnauthenticated:
      return kIdentityRefused;
    case absl::StatusCode::kPermissionDenied:
      return kPermissionRefused;
    case absl::StatusCode::kResourceExhausted:
      return kLimit;
    default:
      return kPushRefused;
  }
}

}  // namespace iocd::audit

#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace iocd::audit {

/// The action under which a refusal with this code stands in the log.
absl::string_view RefusalAction(absl::StatusCode code);

}  // namespace iocd::audit

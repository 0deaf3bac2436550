#pragma once

#include "absl/strings/string_view.h"
#include "audit/caller.h"
#include "http/message.h"

namespace iocd::http {

/// Who stands behind a request; `call` is its method and path, a literal.
audit::CallerPtr CallerOf(const Request& request, absl::string_view call);

}  // namespace iocd::http

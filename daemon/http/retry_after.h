#pragma once

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "http/message.h"

namespace iocd::http {

/// Tells the client in whole seconds, at least one, when to come again.
void AddRetryAfter(Duration delay, Response* response);

/// 503 with one sentence, for whom there is no room now; to come again after kRetryAfter.
Response NoRoom(absl::string_view sentence);

}  // namespace iocd::http

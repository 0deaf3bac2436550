#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "http/gates.h"
#include "http/message.h"

namespace iocd::http {

/// Answers of requests that come to no route. Programs that use the API read JSON; people and
/// Prometheus read a sentence.

/// For whom the doorkeeper or a check of the request does not let in.
Response TurnedAway(absl::string_view path, const absl::Status& why);

/// 404: there is no such page.
Response NotFound(absl::string_view path);

/// 405: the page is there, but not for this method.
Response WrongMethod(const Gate& gate, absl::string_view method);

}  // namespace iocd::http

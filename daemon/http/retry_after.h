#pragma once

#include "base/timestamp.h"
#include "http/message.h"

namespace iocd::http {

/// Tells the client in whole seconds, at least one, when to come again.
void AddRetryAfter(Duration delay, Response* response);

}  // namespace iocd::http

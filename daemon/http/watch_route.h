#pragma once

#include "door/doorkeeper.h"
#include "http/message.h"
#include "http/target.h"
#include "query/watchers.h"

namespace iocd::http {

/// GET /api/v1/watch: an answer with a watch in place of a body; to HEAD the header alone. `caller`
/// may read figures.
Response Watch(query::Watchers& watchers, const Request& request, const Target& target,
               door::CallerPtr caller);

}  // namespace iocd::http

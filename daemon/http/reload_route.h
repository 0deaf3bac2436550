#pragma once

#include "audit/recorder.h"
#include "door/caller.h"
#include "http/message.h"
#include "ingest/reloading.h"

namespace iocd::http {

/// POST /-/reload: 200 with what has changed, 400 with the mistakes in the configuration, 503 while
/// that cannot be put to work; a line for each. `respond` may run on the thread that reloads;
/// `recorder` outlives that.
void ReloadConfiguration(ingest::Reloading& reloading, audit::Recorder& recorder,
                         door::CallerPtr caller, Respond respond);

}  // namespace iocd::http

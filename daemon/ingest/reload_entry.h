#pragma once

#include "audit/caller.h"
#include "audit/recorder.h"
#include "ingest/reloading.h"

namespace iocd::ingest {

/// Records a reload that `caller` asked for: one entry that says what came of it, of which a long
/// list may be cut, and behind it each change of whom the daemon trusts, whole, in entries of its
/// own.
void RecordReload(const audit::Caller& caller, const ReloadOutcome& outcome,
                  audit::Recorder& recorder);

}  // namespace iocd::ingest

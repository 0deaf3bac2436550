#pragma once

#include "audit/caller.h"
#include "audit/entry.h"
#include "ingest/reloading.h"

namespace iocd::ingest {

/// What the audit log is to say of a reload that `caller` asked for.
audit::Entry ReloadEntry(const audit::Caller& caller, const ReloadOutcome& outcome);

}  // namespace iocd::ingest

#pragma once

#include <span>
#include <string>

namespace iocd::ledger {

/// The steps from an empty file to the newest format (migrations.h, docs/ledger.md). A step that
/// has been released never changes: what has to be different is a new one at the end.
std::span<const std::string> SchemaSteps();

}  // namespace iocd::ledger

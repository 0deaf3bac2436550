#pragma once

#include <span>
#include <string>

#include "absl/status/status.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Brings a database up to the format whose number is `steps.size()`. Step i, a script of SQL,
/// makes format i + 1 out of format i; format 0 is an empty file. All steps that are missing are
/// taken together or not at all. The number stands in the file as `PRAGMA user_version`.
///
/// FailedPrecondition: the file has a newer format, or is a database of something else.
absl::Status Migrate(Database& database, std::span<const std::string> steps);

/// OK if the database has exactly the format of that number; FailedPrecondition otherwise.
absl::Status CheckFormat(Database& database, std::size_t format);

}  // namespace iocd::ledger

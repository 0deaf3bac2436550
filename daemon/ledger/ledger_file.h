#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {

/// Opens the ledger for writing; makes it if there is none, brings an older format up to the
/// newest; with `check` reads it through before. Every commit is durable.
absl::StatusOr<std::unique_ptr<Database>> OpenForWriting(const std::string& path, bool check);

/// Opens a ledger of the newest format, for reading alone.
absl::StatusOr<std::unique_ptr<Database>> OpenForReading(const std::string& path);

}  // namespace iocd::ledger

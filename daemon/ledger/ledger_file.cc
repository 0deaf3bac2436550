#include "ledger/ledger_file.h"

#include "ledger/migrations.h"
#include "ledger/schema.h"

namespace iocd::ledger {

absl::StatusOr<std::unique_ptr<Database>> OpenForWriting(const std::string& path, bool check) {
  auto database = Database::Open(path, Database::Access::kWrite);
  if (!database.ok()) return database;
  // Before anything else, so that a damaged file stays as it is.
  absl::Status status = check ? (*database)->CheckIntegrity() : absl::OkStatus();
  if (status.ok()) {
    // WAL: readers and the writer do not wait for each other. FULL: each commit is synced. The log
    // is cut back to 16 MiB once it has been copied into the file.
    status = (*database)->RunScript(
        "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA journal_size_limit = 16777216");
  }
  if (status.ok()) status = Migrate(**database, SchemaSteps());
  if (!status.ok()) return status;
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> OpenForReading(const std::string& path) {
  auto database = Database::Open(path, Database::Access::kRead);
  if (!database.ok()) return database;
  absl::Status status = CheckFormat(**database, SchemaSteps().size());
  if (!status.ok()) return status;
  return database;
}

}  // namespace iocd::ledger

#include "ledger/migrations.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace iocd::ledger {
namespace {

absl::StatusOr<std::size_t> FormatOf(Database& database) {
  const auto format = database.Number("PRAGMA user_version");
  if (!format.ok()) return format.status();
  const auto tables = database.Number("SELECT COUNT(*) FROM sqlite_master");
  if (!tables.ok()) return tables.status();
  if (*format < 0 || (*format == 0 && *tables > 0)) {
    return absl::FailedPreconditionError(
        absl::StrCat(database.path(), ": is a database, but no ledger; move it away"));
  }
  return static_cast<std::size_t>(*format);
}

absl::Status TooNew(const Database& database, std::size_t format, std::size_t known) {
  return absl::FailedPreconditionError(absl::StrCat(database.path(), ": has format ", format,
                                                    "; this program knows formats up to ", known,
                                                    ". Use the newer program, which wrote it"));
}

}  // namespace

absl::Status Migrate(Database& database, std::span<const std::string> steps) {
  auto format = FormatOf(database);
  if (!format.ok()) return format.status();
  if (*format > steps.size()) return TooNew(database, *format, steps.size());
  if (*format == steps.size()) return absl::OkStatus();

  auto transaction = Transaction::Begin(database);
  if (!transaction.ok()) return transaction.status();
  for (std::size_t i = *format; i < steps.size(); ++i) {
    absl::Status status = database.RunScript(steps[i]);
    if (!status.ok()) return status;
  }
  absl::Status status = database.RunScript(absl::StrCat("PRAGMA user_version = ", steps.size()));
  if (!status.ok()) return status;
  return transaction->Commit();
}

absl::Status CheckFormat(Database& database, std::size_t format) {
  const auto found = FormatOf(database);
  if (!found.ok()) return found.status();
  if (*found > format) return TooNew(database, *found, format);
  if (*found == format) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(database.path(), ": has format ", *found,
                                                    ", older than ", format,
                                                    "; the daemon renews it when it starts"));
}

}  // namespace iocd::ledger

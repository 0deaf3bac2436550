#include "ledger/copy.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "ledger/ledger_file.h"
#include "ledger/sqlite.h"

namespace iocd::ledger {
namespace {

absl::Status CopyInto(Database& source, const std::string& to) {
  auto target = Database::Open(to, Database::Access::kWrite);
  if (!target.ok()) return target.status();
  absl::Status status = source.CopyTo(**target);
  if (status.ok()) status = (*target)->RunScript("PRAGMA journal_mode = DELETE");
  return status;
}

}  // namespace

absl::Status CopyLedger(const std::string& from, const std::string& to) {
  std::error_code ignored;
  if (std::filesystem::exists(to, ignored)) {
    return absl::AlreadyExistsError(absl::StrCat(to, ": is there already"));
  }
  const auto source = OpenForReading(from);
  if (!source.ok()) return source.status();
  absl::Status status = CopyInto(**source, to);
  if (!status.ok()) {
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
      std::filesystem::remove(to + ending, ignored);
    }
  }
  return status;
}

}  // namespace iocd::ledger

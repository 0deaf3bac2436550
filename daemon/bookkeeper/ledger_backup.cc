#include "bookkeeper/ledger_backup.h"

#include <utility>

#include "ledger/copy.h"
#include "ledger/ledger_path.h"

namespace iocd::bookkeeper {

absl::StatusOr<engine::BackupFile> OpenLedgerCopy(FileSystem& file_system,
                                                  const std::string& data_directory) {
  const std::string copy = data_directory + "/ledger.backup.sqlite";
  absl::Status status = file_system.Remove(copy);  // of a process that ended meanwhile
  if (status.ok()) status = ledger::CopyLedger(ledger::LedgerPath(data_directory), copy);
  if (!status.ok()) return status;
  auto file = file_system.OpenForRead(copy);
  status = file_system.Remove(copy);  // what is open stays until it is closed
  if (!file.ok()) return file.status();
  if (!status.ok()) return status;
  const auto bytes = (*file)->Size();
  if (!bytes.ok()) return bytes.status();
  return engine::BackupFile{ledger::kLedgerName, *bytes, *std::move(file)};
}

}  // namespace iocd::bookkeeper

#include "bookkeeper/open_ledger.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "ledger/ledger_path.h"

namespace iocd::bookkeeper {

// Sizes are asked for by name: to open the file would drop SQLite's locks (ledger_path.h).
std::uint64_t LedgerBytes(const std::string& path) {
  std::uint64_t bytes = 0;
  for (const char* ending : {"", "-wal"}) {
    std::error_code missing;
    const std::uintmax_t size = std::filesystem::file_size(path + ending, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

absl::StatusOr<OpenedLedger> OpenLedger(const std::string& data_directory) {
  OpenedLedger opened;
  opened.path = ledger::LedgerPath(data_directory);
  opened.checked = LedgerBytes(opened.path) <= kCheckedAtStartBytes;
  auto ledger = ledger::Ledger::Open(
      opened.path, opened.checked ? ledger::Ledger::Check::kNow : ledger::Ledger::Check::kLater);
  if (!ledger.ok()) return ledger.status();
  opened.ledger = *std::move(ledger);
  return opened;
}

}  // namespace iocd::bookkeeper

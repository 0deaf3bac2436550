#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ledger/ledger.h"

namespace iocd::bookkeeper {

/// Up to this size a ledger is read through before the daemon starts, which takes about a second; a
/// larger one afterwards, in the bookkeeper's thread.
inline constexpr std::uint64_t kCheckedAtStartBytes = std::uint64_t{64} << 20;

struct OpenedLedger {
  std::string path;
  std::unique_ptr<ledger::Ledger> ledger;
  bool checked = false;  // it was read through; otherwise the bookkeeper does
};

/// Opens the ledger of a data directory whose lock the caller holds. Errors are Ledger::Open()'s.
absl::StatusOr<OpenedLedger> OpenLedger(const std::string& data_directory);

/// The file and what stands in its log; 0: there is none, or it cannot be seen.
std::uint64_t LedgerBytes(const std::string& path);

}  // namespace iocd::bookkeeper

#pragma once

#include <string>

namespace iocd::ledger {

/// The ledger's file in the data directory. While it is open, SQLite keeps two more beside it:
/// NAME-wal and NAME-shm.
///
/// Whoever copies or reads it in the daemon's process goes through SQLite (copy.h): the system
/// drops a process's locks of a file as soon as the process closes that file anywhere.
inline constexpr char kLedgerName[] = "ledger.sqlite";

inline std::string LedgerPath(const std::string& data_directory) {
  return data_directory + "/" + kLedgerName;
}

}  // namespace iocd::ledger

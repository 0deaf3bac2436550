#pragma once

#include <atomic>

namespace iocd::ledger {

/// While it lives, everything that SQLite opens in this process writes through it. One at a time.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// After so many more writes, syncs and cuts, all of them fail with this code of SQLite.
  void FailAfter(int calls, int code);
  void Mend();
  /// Whether any has failed since FailAfter().
  bool failed() const { return failed_; }

  /// How often a file was synced.
  int syncs() const { return syncs_; }
  void CountSync() { ++syncs_; }

  /// What the next call has to answer; SQLITE_OK: what the disk says.
  int NextFault();

 private:
  std::atomic<int> left_ = -1, code_ = 0, syncs_ = 0;
  std::atomic<bool> failed_ = false;
};

}  // namespace iocd::ledger

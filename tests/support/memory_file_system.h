#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "support/faults.h"

namespace iocd::testing {

/// A file system in memory that behaves like a disk at its worst, so that a test can pull the plug,
/// fill it up and break any call:
/// - Bytes are durable after a sync, names after SyncDirectory(). A file that is removed and made
///   anew is another file under the same name: after a crash either may be there.
/// - What a failed sync should have synced reads as before, but no later sync makes it durable.
/// - A file that was cut has its old durable bytes again if the power goes before a sync.
/// Everything opened before a crash belongs to a dead process: each call on it fails.
class MemoryFileSystem final : public FileSystem {
 public:
  /// What becomes of names that were made, changed or removed since their directory was synced.
  enum class Names { kForgotten, kKept };

  MemoryFileSystem();
  /// A machine of its own with the same disk and page cache; it has power, and nothing is open.
  MemoryFileSystem(const MemoryFileSystem& other);
  MemoryFileSystem& operator=(const MemoryFileSystem& other);

  /// Loses power: of each file what was synced stays, and the first `kept_unsynced_bytes` of what
  /// was not, in the order of writing. Room that was reserved and locks are free again.
  void Crash(std::size_t kept_unsynced_bytes = 0, Names names = Names::kForgotten);

  /// The `n`-th call of this class and of the files that it opened from now on (1: the next) meets
  /// `fault`, once. With kCrash it takes effect as far as it would before a sync, fails, and so
  /// does every later call until Crash(), which decides how much of it stays.
  void FailCall(int n, Fault fault);
  /// The same for the `n`-th Append (half of it is written), SyncData or Remove.
  void FailWrite(int n);
  void FailSync(int n);
  void FailRemove(int n);
  /// From now on every call fails, until PowerOn() or Crash(); what is cached stays.
  void PowerOff();
  void PowerOn();
  bool PowerIsOff() const;

  /// Calls of Remove on this path wait until Release(), so that a test decides when a thread goes
  /// on.
  void HoldRemove(const std::string& path);
  void Release();

  /// Calls so far, but for those without power, to know what FailCall() can be tried on.
  int Calls() const;
  /// The call that last met its fault, e.g. "SyncData /log/00000000000000000000.log"; or empty.
  std::string FailedCall() const;

  /// From now on all files together have room for that many bytes. A write beyond it is short.
  void SetCapacity(std::uint64_t bytes);

  std::string Contents(const std::string& path) const;
  /// Puts a new, durable file under the name.
  void SetContents(const std::string& path, absl::string_view contents);
  std::vector<std::string> Paths() const;

  // FileSystem
  absl::Status CreateDirectory(const std::string& path) override;
  absl::StatusOr<std::vector<std::string>> List(const std::string& directory) override;
  absl::StatusOr<std::unique_ptr<WritableFile>> OpenForAppend(const std::string& path,
                                                              std::uint64_t size) override;
  absl::StatusOr<std::unique_ptr<RandomAccessFile>> OpenForRead(const std::string& path) override;
  absl::Status Overwrite(const std::string& path, std::uint64_t offset,
                         absl::string_view data) override;
  absl::Status Rename(const std::string& from, const std::string& to) override;
  absl::Status Remove(const std::string& path) override;
  absl::Status SyncDirectory(const std::string& path) override;
  absl::StatusOr<std::unique_ptr<DirectoryLock>> LockDirectory(const std::string& path) override;

 private:
  class Machine;
  class OpenFile;
  class Writable;
  class Readable;
  class Lock;
  std::shared_ptr<Machine> machine_;
};

}  // namespace iocd::testing

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/mutex.h"

namespace iocd::testing {

/// A file system in memory that remembers what was synced, so that a test can pull the plug. Files
/// and locks stay valid across Crash(), as on a machine that restarts.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem();

  /// Loses power: of each file what was synced stays, and the first `kept_unsynced_bytes` of what
  /// was not. Entries of directories that were not synced go, with their files.
  void Crash(std::size_t kept_unsynced_bytes = 0);

  /// The `n`-th Append or SyncData from now on (1: the next) fails, once.
  void FailWrite(int n);
  void FailSync(int n);

  std::string Contents(const std::string& path) const;
  void SetContents(const std::string& path, std::string contents);
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
  struct Disk;
  class Writable;
  class Readable;
  class Lock;
  std::shared_ptr<Disk> disk_;
};

}  // namespace iocd::testing

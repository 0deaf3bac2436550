#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/mutex.h"

namespace iocd {

/// Reads what stands on another file system and takes every change as done without doing it: to
/// find out what code would do that changes files. A change is not seen by later reads, but for a
/// directory that was "created": it lists as empty. Thread-safe.
class DryRunFileSystem final : public FileSystem {
 public:
  /// `real` outlives it.
  explicit DryRunFileSystem(FileSystem& real) : real_(real) {}

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
  FileSystem& real_;
  Mutex mutex_;
  std::vector<std::string> created_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd

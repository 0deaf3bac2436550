#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace ioc::backup {

/// A directory to look at by the daemon's own recovery, which makes sure of what it finds by
/// writing it again: here such writes change nothing. Paths are relative to the directory, so that
/// messages name a file as it is called in every copy. Anything that would change what is read is
/// refused. Reads ask the disk, not the system's memory of it. Thread-safe as what is behind it.
class ReadOnlyView final : public iocd::FileSystem {
 public:
  /// `file_system` outlives the view.
  ReadOnlyView(iocd::FileSystem& file_system, std::string root)
      : file_system_(file_system), root_(std::move(root)) {}

  absl::Status CreateDirectory(const std::string& path) override;
  absl::StatusOr<std::vector<std::string>> List(const std::string& directory) override;
  absl::StatusOr<std::unique_ptr<iocd::WritableFile>> OpenForAppend(const std::string& path,
                                                                    std::uint64_t size) override;
  absl::StatusOr<std::unique_ptr<iocd::RandomAccessFile>> OpenForRead(
      const std::string& path) override;
  absl::Status Overwrite(const std::string& path, std::uint64_t offset,
                         absl::string_view data) override;
  absl::Status Rename(const std::string& from, const std::string& to) override;
  absl::Status Remove(const std::string& path) override;
  absl::Status SyncDirectory(const std::string& path) override;
  absl::StatusOr<std::unique_ptr<iocd::DirectoryLock>> LockDirectory(
      const std::string& path) override;

 private:
  std::string PathOf(const std::string& path) const { return root_ + "/" + path; }

  iocd::FileSystem& file_system_;
  const std::string root_;
};

}  // namespace ioc::backup

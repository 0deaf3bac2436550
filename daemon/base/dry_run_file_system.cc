#include "base/dry_run_file_system.h"

#include <algorithm>

namespace iocd {
namespace {

class DryRunFile final : public WritableFile {
 public:
  absl::Status Append(absl::string_view /*data*/) override { return absl::OkStatus(); }
  absl::Status SyncData() override { return absl::OkStatus(); }
  absl::Status Reserve(std::uint64_t /*size*/) override { return absl::OkStatus(); }
};

}  // namespace

absl::Status DryRunFileSystem::CreateDirectory(const std::string& path) {
  MutexLock lock(mutex_);
  created_.push_back(path);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> DryRunFileSystem::List(const std::string& directory) {
  auto names = real_.List(directory);
  if (!absl::IsNotFound(names.status())) return names;
  MutexLock lock(mutex_);
  if (std::find(created_.begin(), created_.end(), directory) == created_.end()) return names;
  return std::vector<std::string>();
}

absl::StatusOr<std::unique_ptr<WritableFile>> DryRunFileSystem::OpenForAppend(
    const std::string& /*path*/, std::uint64_t /*size*/) {
  return std::make_unique<DryRunFile>();
}

absl::StatusOr<std::unique_ptr<RandomAccessFile>> DryRunFileSystem::OpenForRead(
    const std::string& path) {
  return real_.OpenForRead(path);
}

absl::Status DryRunFileSystem::Overwrite(const std::string& /*path*/, std::uint64_t /*offset*/,
                                         absl::string_view /*data*/) {
  return absl::OkStatus();
}

absl::Status DryRunFileSystem::Rename(const std::string& /*from*/, const std::string& /*to*/) {
  return absl::OkStatus();
}

absl::Status DryRunFileSystem::Remove(const std::string& /*path*/) { return absl::OkStatus(); }

absl::Status DryRunFileSystem::SyncDirectory(const std::string& /*path*/) {
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> DryRunFileSystem::LockDirectory(
    const std::string& /*path*/) {
  return std::make_unique<DirectoryLock>();
}

}  // namespace iocd

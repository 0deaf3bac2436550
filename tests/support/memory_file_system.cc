#include "support/memory_file_system.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::testing {

struct MemoryFileSystem::Disk {
  struct File {
    std::string bytes;
    std::size_t synced = 0;
    bool entry_synced = false;
  };
  mutable Mutex mutex;
  std::map<std::string, File> files ABSL_GUARDED_BY(mutex);
  std::set<std::string> locks ABSL_GUARDED_BY(mutex);
  int fail_write ABSL_GUARDED_BY(mutex) = 0;
  int fail_sync ABSL_GUARDED_BY(mutex) = 0;

  static bool Fails(int* countdown) { return *countdown > 0 && --*countdown == 0; }
};

class MemoryFileSystem::Writable final : public WritableFile {
 public:
  Writable(std::shared_ptr<Disk> disk, std::string path)
      : disk_(std::move(disk)), path_(std::move(path)) {}

  absl::Status Append(absl::string_view data) override {
    MutexLock lock(disk_->mutex);
    std::string& bytes = disk_->files[path_].bytes;
    if (Disk::Fails(&disk_->fail_write)) {
      bytes.append(data.data(), data.size() / 2);
      return absl::ResourceExhaustedError(absl::StrCat("cannot write ", path_, ": no space"));
    }
    bytes.append(data.data(), data.size());
    return absl::OkStatus();
  }

  absl::Status SyncData() override {
    MutexLock lock(disk_->mutex);
    if (Disk::Fails(&disk_->fail_sync)) {
      return absl::UnavailableError(absl::StrCat("cannot sync ", path_, ": input/output error"));
    }
    Disk::File& file = disk_->files[path_];
    file.synced = file.bytes.size();
    return absl::OkStatus();
  }

  absl::Status Reserve(std::uint64_t) override { return absl::OkStatus(); }

 private:
  std::shared_ptr<Disk> disk_;
  std::string path_;
};

class MemoryFileSystem::Readable final : public RandomAccessFile {
 public:
  Readable(std::shared_ptr<Disk> disk, std::string path)
      : disk_(std::move(disk)), path_(std::move(path)) {}

  absl::Status Read(std::uint64_t offset, std::size_t size, std::string* out) const override {
    MutexLock lock(disk_->mutex);
    const std::string& bytes = disk_->files[path_].bytes;
    *out = offset < bytes.size() ? bytes.substr(offset, size) : std::string();
    return absl::OkStatus();
  }

  absl::StatusOr<std::uint64_t> Size() const override {
    MutexLock lock(disk_->mutex);
    return disk_->files[path_].bytes.size();
  }

 private:
  std::shared_ptr<Disk> disk_;
  std::string path_;
};

class MemoryFileSystem::Lock final : public DirectoryLock {
 public:
  Lock(std::shared_ptr<Disk> disk, std::string path)
      : disk_(std::move(disk)), path_(std::move(path)) {}
  ~Lock() override {
    MutexLock lock(disk_->mutex);
    disk_->locks.erase(path_);
  }

 private:
  std::shared_ptr<Disk> disk_;
  std::string path_;
};

MemoryFileSystem::MemoryFileSystem() : disk_(std::make_shared<Disk>()) {}

void MemoryFileSystem::Crash(std::size_t kept_unsynced_bytes) {
  MutexLock lock(disk_->mutex);
  std::erase_if(disk_->files, [](const auto& entry) { return !entry.second.entry_synced; });
  for (auto& [path, file] : disk_->files) {
    file.bytes.resize(std::min(file.bytes.size(), file.synced + kept_unsynced_bytes));
    file.synced = file.bytes.size();
  }
}

void MemoryFileSystem::FailWrite(int n) {
  MutexLock lock(disk_->mutex);
  disk_->fail_write = n;
}

void MemoryFileSystem::FailSync(int n) {
  MutexLock lock(disk_->mutex);
  disk_->fail_sync = n;
}

std::string MemoryFileSystem::Contents(const std::string& path) const {
  MutexLock lock(disk_->mutex);
  const auto found = disk_->files.find(path);
  return found == disk_->files.end() ? std::string() : found->second.bytes;
}

void MemoryFileSystem::SetContents(const std::string& path, std::string contents) {
  MutexLock lock(disk_->mutex);
  const std::size_t size = contents.size();
  disk_->files[path] = {std::move(contents), size, true};
}

std::vector<std::string> MemoryFileSystem::Paths() const {
  MutexLock lock(disk_->mutex);
  std::vector<std::string> paths;
  for (const auto& [path, file] : disk_->files) paths.push_back(path);
  return paths;
}

absl::Status MemoryFileSystem::CreateDirectory(const std::string&) { return absl::OkStatus(); }

absl::StatusOr<std::vector<std::string>> MemoryFileSystem::List(const std::string& directory) {
  MutexLock lock(disk_->mutex);
  std::vector<std::string> names;
  const std::string prefix = directory + "/";
  for (const auto& [path, file] : disk_->files) {
    if (path.starts_with(prefix)) names.push_back(path.substr(prefix.size()));
  }
  return names;
}

absl::StatusOr<std::unique_ptr<WritableFile>> MemoryFileSystem::OpenForAppend(
    const std::string& path, std::uint64_t size) {
  MutexLock lock(disk_->mutex);
  Disk::File& file = disk_->files[path];
  file.bytes.resize(size);
  file.synced = std::min<std::size_t>(file.synced, size);
  return std::make_unique<Writable>(disk_, path);
}

absl::StatusOr<std::unique_ptr<RandomAccessFile>> MemoryFileSystem::OpenForRead(
    const std::string& path) {
  MutexLock lock(disk_->mutex);
  if (!disk_->files.contains(path)) return absl::NotFoundError(path);
  return std::make_unique<Readable>(disk_, path);
}

absl::Status MemoryFileSystem::Overwrite(const std::string& path, std::uint64_t offset,
                                         absl::string_view data) {
  MutexLock lock(disk_->mutex);
  Disk::File& file = disk_->files[path];
  file.bytes.replace(offset, data.size(), data.data(), data.size());
  file.synced = std::max<std::size_t>(file.synced, offset + data.size());
  return absl::OkStatus();
}

absl::Status MemoryFileSystem::Rename(const std::string& from, const std::string& to) {
  MutexLock lock(disk_->mutex);
  auto node = disk_->files.extract(from);
  if (node.empty()) return absl::NotFoundError(from);
  disk_->files.erase(to);
  node.key() = to;
  disk_->files.insert(std::move(node));
  return absl::OkStatus();
}

absl::Status MemoryFileSystem::Remove(const std::string& path) {
  MutexLock lock(disk_->mutex);
  disk_->files.erase(path);
  return absl::OkStatus();
}

absl::Status MemoryFileSystem::SyncDirectory(const std::string& path) {
  MutexLock lock(disk_->mutex);
  for (auto& [name, file] : disk_->files) {
    if (name.starts_with(path + "/")) file.entry_synced = true;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> MemoryFileSystem::LockDirectory(
    const std::string& path) {
  MutexLock lock(disk_->mutex);
  if (!disk_->locks.insert(path).second) return absl::AlreadyExistsError(path + " is locked");
  return std::make_unique<Lock>(disk_, path);
}

}  // namespace iocd::testing

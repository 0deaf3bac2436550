#include "backup/partial_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ioc::backup {
namespace {

namespace fs = std::filesystem;

/// Without dots and a slash at its end.
std::string Absolute(const std::string& path) {
  fs::path normal = fs::absolute(path).lexically_normal();
  if (!normal.has_filename()) normal = normal.parent_path();
  return normal.string();
}

/// That there may come to be a directory of this name.
absl::Status CheckTarget(const std::string& path, const std::string& parent,
                         PartialDirectory::Target target) {
  struct stat of_parent {};
  if (stat(parent.c_str(), &of_parent) != 0) {
    return absl::NotFoundError(
        absl::StrCat("there is no directory ", parent, " for it: make it first"));
  }
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0) return absl::OkStatus();
  std::error_code ignored;
  const bool free = target == PartialDirectory::Target::kMissingOrEmpty && S_ISDIR(info.st_mode) &&
                    fs::is_empty(path, ignored);
  if (!free) {
    return absl::AlreadyExistsError(
        target == PartialDirectory::Target::kMissing
            ? absl::StrCat(path, " exists: name a directory that does not")
            : absl::StrCat(path, " exists and is not an empty directory: name another one"));
  }
  if (info.st_dev != of_parent.st_dev) {
    return absl::FailedPreconditionError(absl::StrCat(
        path,
        " is where a file system is mounted, so that it cannot be put there in one step: "
        "name a directory in it"));
  }
  return absl::OkStatus();
}

absl::Status RemoveEntries(const std::string& directory) {
  std::error_code error;
  for (fs::directory_iterator entry(directory, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    fs::remove_all(entry->path(), error);
    if (error) break;
  }
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot empty ", directory, ": ", error.message()));
}

}  // namespace

/// Holds a directory for this process; ends with it.
class PartialDirectory::Lock {
 public:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  ~Lock() { close(descriptor_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  static absl::StatusOr<std::unique_ptr<Lock>> Take(const std::string& directory) {
    const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
      return absl::UnavailableError(
          absl::StrCat("cannot open ", directory, ": ", std::strerror(errno)));
    }
    auto lock = std::make_unique<Lock>(descriptor);
    // The one before may have renamed or removed it meanwhile: then this is another directory.
    struct stat held {
    }, named{};
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || fstat(descriptor, &held) != 0 ||
        stat(directory.c_str(), &named) != 0 || held.st_ino != named.st_ino) {
      return absl::FailedPreconditionError(
          absl::StrCat(directory, " is being written by another process: wait for it to end"));
    }
    return lock;
  }

 private:
  const int descriptor_;
};

PartialDirectory::PartialDirectory(iocd::FileSystem& file_system, std::string path)
    : file_system_(file_system),
      path_(std::move(path)),
      partial_(path_ + ".partial"),
      parent_(fs::path(path_).parent_path().string()) {}

absl::StatusOr<std::unique_ptr<PartialDirectory>> PartialDirectory::Claim(
    iocd::FileSystem& file_system, const std::string& path, Target target) {
  std::unique_ptr<PartialDirectory> directory(new PartialDirectory(file_system, Absolute(path)));
  absl::Status status = CheckTarget(directory->path_, directory->parent_, target);
  if (status.ok()) status = file_system.CreateDirectory(directory->partial_);
  if (!status.ok()) return status;
  auto lock = Lock::Take(directory->partial_);
  if (!lock.ok()) return lock.status();
  directory->lock_ = *std::move(lock);
  // Again, now that nobody else can make it by this way.
  status = CheckTarget(directory->path_, directory->parent_, target);
  if (status.ok()) status = RemoveEntries(directory->partial_);
  if (!status.ok()) return status;
  return directory;
}

PartialDirectory::~PartialDirectory() {
  if (lock_ == nullptr || published_) return;
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
}

absl::Status PartialDirectory::Publish() {
  absl::Status status = file_system_.SyncDirectory(partial_);
  if (status.ok()) status = file_system_.Rename(partial_, path_);
  if (!status.ok()) return status;
  published_ = true;
  return file_system_.SyncDirectory(parent_);
}

}  // namespace ioc::backup

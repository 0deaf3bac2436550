#include "base/posix_file_system.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd {
namespace {

absl::Status FileError(absl::string_view what, const std::string& path, int error) {
  const std::string text = absl::StrCat(what, " ", path, ": ", std::strerror(error));
  switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(text);
    case ENOENT:
      return absl::NotFoundError(text);
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(text);
    default:
      return absl::UnavailableError(text);
  }
}

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

class PosixWritableFile final : public WritableFile {
 public:
  PosixWritableFile(Descriptor fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  absl::Status Append(absl::string_view data) override {
    while (!data.empty()) {
      const ssize_t written = write(fd_.get(), data.data(), data.size());
      if (written < 0) {
        if (errno == EINTR) continue;
        return FileError("cannot write", path_, errno);
      }
      data.remove_prefix(static_cast<std::size_t>(written));
    }
    return absl::OkStatus();
  }

  absl::Status SyncData() override {
    if (fdatasync(fd_.get()) != 0) return FileError("cannot sync", path_, errno);
    return absl::OkStatus();
  }

  absl::Status Reserve(std::uint64_t size) override {
    int result = 0;
    do {
      result = fallocate(fd_.get(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size));
    } while (result != 0 && errno == EINTR);
    if (result == 0 || errno == EOPNOTSUPP || errno == ENOSYS) return absl::OkStatus();
    return FileError("cannot reserve room for", path_, errno);
  }

 private:
  Descriptor fd_;
  std::string path_;
};

class PosixRandomAccessFile final : public RandomAccessFile {
 public:
  PosixRandomAccessFile(Descriptor fd, std::string path)
      : fd_(std::move(fd)), path_(std::move(path)) {}

  absl::Status Read(std::uint64_t offset, std::size_t size, std::string* out) const override {
    out->resize(size);
    std::size_t done = 0;
    while (done < size) {
      const ssize_t got =
          pread(fd_.get(), out->data() + done, size - done, static_cast<off_t>(offset + done));
      if (got < 0) {
        if (errno == EINTR) continue;
        return FileError("cannot read", path_, errno);
      }
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    out->resize(done);
    return absl::OkStatus();
  }

  absl::StatusOr<std::uint64_t> Size() const override {
    struct stat info {};
    if (fstat(fd_.get(), &info) != 0) return FileError("cannot inspect", path_, errno);
    return static_cast<std::uint64_t>(info.st_size);
  }

  void DropCached() const override { posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_DONTNEED); }

 private:
  Descriptor fd_;
  std::string path_;
};

class PosixDirectoryLock final : public DirectoryLock {
 public:
  explicit PosixDirectoryLock(Descriptor fd) : fd_(std::move(fd)) {}

 private:
  Descriptor fd_;  // closing it releases the lock
};

class PosixFileSystemImpl final : public FileSystem {
 public:
  absl::Status CreateDirectory(const std::string& path) override {
    const std::filesystem::path whole(path);
    std::filesystem::path made;
    for (const auto& part : whole) {
      const std::filesystem::path parent = made.empty() ? "." : made;
      made /= part;
      if (mkdir(made.c_str(), 0750) == 0) {
        if (absl::Status synced = SyncDirectory(parent.string()); !synced.ok()) return synced;
      } else if (errno != EEXIST) {
        const int error = errno;
        std::error_code ignored;
        if (!std::filesystem::is_directory(made, ignored)) {
          return FileError("cannot create directory", made.string(), error);
        }
      }
    }
    std::error_code ignored;
    if (!std::filesystem::is_directory(whole, ignored)) {
      return FileError("cannot use as a directory", path, ENOTDIR);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<std::string>> List(const std::string& directory) override {
    std::error_code error;
    std::vector<std::string> names;
    std::filesystem::directory_iterator entry(directory, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) return FileError("cannot list", directory, error.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  absl::StatusOr<std::unique_ptr<WritableFile>> OpenForAppend(const std::string& path,
                                                              std::uint64_t size) override {
    Descriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    if (fd.get() < 0) return FileError("cannot open for writing", path, errno);
    if (ftruncate(fd.get(), static_cast<off_t>(size)) != 0) {
      return FileError("cannot cut", path, errno);
    }
    return std::make_unique<PosixWritableFile>(std::move(fd), path);
  }

  absl::StatusOr<std::unique_ptr<RandomAccessFile>> OpenForRead(const std::string& path) override {
    Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) return FileError("cannot open for reading", path, errno);
    return std::make_unique<PosixRandomAccessFile>(std::move(fd), path);
  }

  absl::Status Overwrite(const std::string& path, std::uint64_t offset,
                         absl::string_view data) override {
    const Descriptor fd(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (fd.get() < 0) return FileError("cannot open for writing", path, errno);
    while (!data.empty()) {
      const ssize_t written =
          pwrite(fd.get(), data.data(), data.size(), static_cast<off_t>(offset));
      if (written < 0) {
        if (errno == EINTR) continue;
        return FileError("cannot write", path, errno);
      }
      data.remove_prefix(static_cast<std::size_t>(written));
      offset += static_cast<std::uint64_t>(written);
    }
    if (fdatasync(fd.get()) != 0) return FileError("cannot sync", path, errno);
    return absl::OkStatus();
  }

  absl::Status Rename(const std::string& from, const std::string& to) override {
    if (rename(from.c_str(), to.c_str()) != 0) return FileError("cannot rename", from, errno);
    return absl::OkStatus();
  }

  absl::Status Remove(const std::string& path) override {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
      return FileError("cannot remove", path, errno);
    }
    return absl::OkStatus();
  }

  absl::Status SyncDirectory(const std::string& path) override {
    const Descriptor fd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0) return FileError("cannot open directory", path, errno);
    if (fsync(fd.get()) != 0) return FileError("cannot sync directory", path, errno);
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<DirectoryLock>> LockDirectory(const std::string& path) override {
    const std::string lock_path = path + "/lock";
    Descriptor fd(open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (fd.get() < 0) return FileError("cannot open lock file", lock_path, errno);
    if (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) {
        return absl::AlreadyExistsError(
            absl::StrCat("data directory ", path,
                         " is in use by another iocd: stop that one, or give this one a directory "
                         "of its own with --data-dir"));
      }
      return FileError("cannot lock", lock_path, errno);
    }
    return std::make_unique<PosixDirectoryLock>(std::move(fd));
  }
};

}  // namespace

FileSystem& PosixFileSystem() {
  static auto* const kFileSystem = new PosixFileSystemImpl;
  return *kFileSystem;
}

}  // namespace iocd

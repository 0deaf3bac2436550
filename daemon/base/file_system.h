#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocd {

/// A file open for appending. One thread at a time.
class WritableFile {
 public:
  virtual ~WritableFile() = default;

  /// Appends all of `data` or fails. After a failure an unknown part of it stands in the file.
  virtual absl::Status Append(absl::string_view data) = 0;

  /// The durability point: returns OK once everything appended before survives a loss of power.
  /// After a failure the file must not be written again: the kernel may have dropped the pages and
  /// marked them clean, so a later OK would prove nothing.
  virtual absl::Status SyncData() = 0;

  /// Reserves room on the disk for a file of `size` bytes, so that a full disk is met here and not
  /// in the middle of a record. The file's own size stays. ResourceExhausted: there is no room;
  /// nothing has changed. OK also where the file system cannot reserve.
  virtual absl::Status Reserve(std::uint64_t size) = 0;
};

/// A file open for reading at any place. Thread-safe.
class RandomAccessFile {
 public:
  virtual ~RandomAccessFile() = default;

  /// Reads up to `size` bytes from `offset` into `*out` (resized to what was read; shorter only at
  /// the end of the file).
  virtual absl::Status Read(std::uint64_t offset, std::size_t size, std::string* out) const = 0;
  virtual absl::StatusOr<std::uint64_t> Size() const = 0;
  /// Asks the system to forget what it holds of the file in memory, so that reads come from the
  /// disk. A wish: bytes that are not synced stay.
  virtual void DropCached() const {}
};

/// Releases the lock of a data directory when destroyed.
class DirectoryLock {
 public:
  virtual ~DirectoryLock() = default;
};

/// All file access of log and snapshots, injected so that tests can make it forget, fail and fill
/// up. Thread-safe. Errors say which path and why, in the system's words.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Creates the directory and its parents if they are missing; syncs the parents.
  virtual absl::Status CreateDirectory(const std::string& path) = 0;
  /// Names (not paths) of the entries of a directory, sorted.
  virtual absl::StatusOr<std::vector<std::string>> List(const std::string& directory) = 0;
  /// Opens for appending at `size`: creates the file if it is missing, cuts it if it is longer.
  virtual absl::StatusOr<std::unique_ptr<WritableFile>> OpenForAppend(const std::string& path,
                                                                      std::uint64_t size) = 0;
  virtual absl::StatusOr<std::unique_ptr<RandomAccessFile>> OpenForRead(
      const std::string& path) = 0;
  /// Writes `data` over the same bytes of a file, from `offset`, and syncs them. For bytes of which
  /// nobody knows whether an earlier sync failed: the kernel may hold them as clean, and only
  /// writing makes them dirty again, so that a sync proves something.
  virtual absl::Status Overwrite(const std::string& path, std::uint64_t offset,
                                 absl::string_view data) = 0;
  /// Gives a file another name in the same directory, replacing a file that has it.
  virtual absl::Status Rename(const std::string& from, const std::string& to) = 0;
  /// Removes a file. OK if there is none.
  virtual absl::Status Remove(const std::string& path) = 0;
  /// Makes created, renamed and removed entries of the directory durable.
  virtual absl::Status SyncDirectory(const std::string& path) = 0;
  /// Takes the directory for this process alone; fails with AlreadyExists while another holds it.
  virtual absl::StatusOr<std::unique_ptr<DirectoryLock>> LockDirectory(const std::string& path) = 0;
};

}  // namespace iocd

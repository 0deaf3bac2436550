#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/checksum.h"
#include "base/file_system.h"
#include "ioc/v1/admin.pb.h"
#include "ioc/v1/backup.pb.h"

namespace ioc::backup {

/// Writes what AdminService.Backup sends into a directory. One thread.
class Receiver {
 public:
  /// `directory` exists and is empty; `file_system` outlives the receiver.
  Receiver(iocd::FileSystem& file_system, std::string directory)
      : file_system_(file_system), directory_(std::move(directory)) {}

  /// Takes the next part; a file is durable once its end was taken. After an error the directory is
  /// of no use. Errors: DataLoss (the parts make no backup, or a file fails its checksum), and the
  /// file system's.
  absl::Status Take(const v1::BackupPart& part);

  /// Makes the names durable. What was received: files, position, newest arrival, and whose it is.
  /// DataLoss: the closing has not come.
  absl::StatusOr<v1::BackupManifest> Finish();

  /// Bytes of files that have come, and those that will have when all has; 0: not known yet.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t total_bytes() const { return opening_ ? opening_->bytes() : 0; }

 private:
  /// The file that is being received.
  struct Incoming {
    v1::BackupFileHead head;
    std::unique_ptr<iocd::WritableFile> file;
    iocd::Checksum checksum;
    std::uint64_t bytes = 0;
  };

  absl::Status Open(const v1::BackupOpening& opening);
  absl::Status Begin(const v1::BackupFileHead& head);
  absl::Status Write(const std::string& data);
  absl::Status End(const v1::BackupFileEnd& end);
  absl::Status Close(const v1::BackupClosing& closing);

  iocd::FileSystem& file_system_;
  const std::string directory_;
  std::optional<v1::BackupOpening> opening_;
  std::optional<Incoming> incoming_;
  bool closed_ = false;
  std::uint64_t bytes_ = 0;
  v1::BackupManifest received_;
};

}  // namespace ioc::backup

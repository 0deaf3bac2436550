#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "base/file_system.h"
#include "snapshot/snapshot_format.h"

namespace iocd::snapshot {

/// Reads a snapshot section by section and checks every byte on the way. Until Next() has returned
/// the end, the file may still turn out to be damaged: what was made of its sections is then to be
/// thrown away. One thread at a time.
class SnapshotReader {
 public:
  /// Errors: DataLoss if the file is no sound snapshot, FailedPrecondition if its format is of
  /// another version, and the file system's.
  static absl::StatusOr<SnapshotReader> Open(std::unique_ptr<RandomAccessFile> file);

  const Head& head() const { return head_; }

  /// The next section, valid until the next call; nullopt behind the last one, once the file has
  /// proved whole. Errors: DataLoss (with the offset), and the file system's.
  absl::StatusOr<std::optional<Section>> Next();

  /// The position up to which the last section was cut, known once Next() has returned nullopt:
  /// all of the log below it was durable.
  std::uint64_t end() const { return end_; }
  std::uint64_t bytes() const { return size_; }

 private:
  explicit SnapshotReader(std::unique_ptr<RandomAccessFile> file) : file_(std::move(file)) {}

  absl::Status Damaged(absl::string_view what) const;

  std::unique_ptr<RandomAccessFile> file_;
  Head head_;
  std::uint64_t size_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t index_ = 0;
  std::uint64_t end_ = 0;
  std::string header_, payload_;
};

}  // namespace iocd::snapshot

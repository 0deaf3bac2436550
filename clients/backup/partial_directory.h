#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/file_system.h"

namespace ioc::backup {

/// A directory on the local disk that comes to be all at once: it is filled under a provisional
/// name, PATH.partial, and gets its own when it is whole. If this process ends before, by whatever,
/// only PATH.partial is left, which the next one that wants PATH empties.
class PartialDirectory {
 public:
  /// May PATH be there already?
  enum class Target { kMissing, kMissingOrEmpty };

  /// Makes PATH.partial and takes it for this process alone. `file_system` outlives the object.
  /// Errors: AlreadyExists (PATH is there, or has something in it), NotFound (the directory for it
  /// is missing), FailedPrecondition (another process fills it; PATH is a mount point), and the
  /// file system's.
  static absl::StatusOr<std::unique_ptr<PartialDirectory>> Claim(iocd::FileSystem& file_system,
                                                                 const std::string& path,
                                                                 Target target);
  /// Removes it with all that is in it, unless it was published.
  ~PartialDirectory();
  PartialDirectory(const PartialDirectory&) = delete;
  PartialDirectory& operator=(const PartialDirectory&) = delete;

  /// PATH, absolute.
  const std::string& path() const { return path_; }
  /// PATH.partial.
  const std::string& partial() const { return partial_; }

  /// Gives it its name, durably. What is in it must have been synced. After an error it is there
  /// under either name or, once this object is gone, not at all.
  absl::Status Publish();

 private:
  class Lock;
  PartialDirectory(iocd::FileSystem& file_system, std::string path);

  iocd::FileSystem& file_system_;
  const std::string path_, partial_, parent_;
  std::unique_ptr<Lock> lock_;
  bool published_ = false;
};

}  // namespace ioc::backup

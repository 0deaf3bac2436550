#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace iocd::testing {

/// A file's bytes twice: as they read now, and as a loss of power leaves them.
class MemoryInode {
 public:
  const std::string& bytes() const { return bytes_; }
  /// Room that the file takes on the disk.
  std::uint64_t Room() const { return std::max<std::uint64_t>(bytes_.size(), reserved_); }

  void Write(std::uint64_t offset, absl::string_view data);
  void Reserve(std::uint64_t size) { reserved_ = std::max(reserved_, size); }
  /// Cuts or extends with zeros; what was reserved behind the new end is given back. Durable with
  /// the next sync: until then the old durable bytes come back.
  void Resize(std::uint64_t size);
  void Sync();
  /// A sync that fails: what was written reads as before but counts as clean, as in the page cache
  /// of Linux. So later syncs skip it; only writing it again makes it durable.
  void FailSync() { dirty_.clear(); }
  /// Loses power, but for the first `kept` of the unsynced bytes, in the order of writing.
  void Crash(std::size_t kept);

 private:
  struct Range {
    std::size_t begin, end;
  };

  void MakeDurable(Range range);

  std::string bytes_;
  std::string durable_;
  std::vector<Range> dirty_;  // in the order of writing
  std::uint64_t reserved_ = 0;
};

/// Inodes under names, of which there are two spaces as well: the names as they are now, and as
/// they were when their directory was last synced.
class MemoryDisk {
 public:
  using Names = std::map<std::string, std::shared_ptr<MemoryInode>>;

  const Names& names() const { return names_; }
  std::shared_ptr<MemoryInode> Find(const std::string& path) const;
  std::shared_ptr<MemoryInode> FindOrCreate(const std::string& path);
  void Rename(const std::string& from, const std::string& to);
  void Remove(const std::string& path) { names_.erase(path); }
  void SyncDirectory(const std::string& path);
  /// Puts a durable file under a durable name.
  void Place(const std::string& path, absl::string_view contents);

  /// A disk of its own with the same content.
  MemoryDisk Clone() const;

  void SetCapacity(std::uint64_t bytes) { capacity_ = bytes; }
  /// Room that no file takes.
  std::uint64_t Free() const;

  /// Each inode keeps the first `kept_bytes` of what was not synced, as MemoryInode::Crash() says.
  void Crash(std::size_t kept_bytes, bool keep_names);

 private:
  Names names_;
  Names durable_names_;
  std::uint64_t capacity_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace iocd::testing

#include "support/memory_disk.h"

#include <algorithm>
#include <iterator>

namespace iocd::testing {

void MemoryInode::Write(std::uint64_t offset, absl::string_view data) {
  const std::size_t end = offset + data.size();
  if (bytes_.size() < end) bytes_.resize(end);
  bytes_.replace(offset, data.size(), data.data(), data.size());
  dirty_.push_back({static_cast<std::size_t>(offset), end});
}

void MemoryInode::Resize(std::uint64_t size) {
  bytes_.resize(size);
  reserved_ = std::min(reserved_, size);
  for (Range& range : dirty_) {
    range.begin = std::min<std::size_t>(range.begin, size);
    range.end = std::min<std::size_t>(range.end, size);
  }
}

void MemoryInode::Sync() {
  durable_.resize(bytes_.size());
  for (const Range range : dirty_) MakeDurable(range);
  dirty_.clear();
}

void MemoryInode::Crash(std::size_t kept) {
  for (Range range : dirty_) {
    range.end = std::min(range.end, range.begin + std::min(kept, range.end - range.begin));
    kept -= range.end - range.begin;
    MakeDurable(range);
  }
  dirty_.clear();
  bytes_ = durable_;
  reserved_ = 0;
}

void MemoryInode::MakeDurable(Range range) {
  if (range.begin == range.end) return;
  if (durable_.size() < range.end) durable_.resize(range.end);
  durable_.replace(range.begin, range.end - range.begin, bytes_, range.begin,
                   range.end - range.begin);
}

std::shared_ptr<MemoryInode> MemoryDisk::Find(const std::string& path) const {
  const auto found = names_.find(path);
  return found == names_.end() ? nullptr : found->second;
}

std::shared_ptr<MemoryInode> MemoryDisk::FindOrCreate(const std::string& path) {
  std::shared_ptr<MemoryInode>& inode = names_[path];
  if (inode == nullptr) inode = std::make_shared<MemoryInode>();
  return inode;
}

void MemoryDisk::Rename(const std::string& from, const std::string& to) {
  const auto inode = names_.at(from);
  names_.erase(from);
  names_[to] = inode;
}

void MemoryDisk::SyncDirectory(const std::string& path) {
  const auto below = [prefix = path + "/"](const auto& entry) {
    return entry.first.starts_with(prefix);
  };
  std::erase_if(durable_names_, below);
  std::copy_if(names_.begin(), names_.end(), std::inserter(durable_names_, durable_names_.end()),
               below);
}

void MemoryDisk::Place(const std::string& path, absl::string_view contents) {
  auto inode = std::make_shared<MemoryInode>();
  inode->Write(0, contents);
  inode->Sync();
  names_[path] = inode;
  durable_names_[path] = inode;
}

MemoryDisk MemoryDisk::Clone() const {
  MemoryDisk clone;
  clone.capacity_ = capacity_;
  std::map<const MemoryInode*, std::shared_ptr<MemoryInode>> copies;  // a file may have two names
  const auto copy = [&copies](const Names& from, Names* to) {
    for (const auto& [path, inode] : from) {
      std::shared_ptr<MemoryInode>& made = copies[inode.get()];
      if (made == nullptr) made = std::make_shared<MemoryInode>(*inode);
      (*to)[path] = made;
    }
  };
  copy(names_, &clone.names_);
  copy(durable_names_, &clone.durable_names_);
  return clone;
}

std::uint64_t MemoryDisk::Free() const {
  std::uint64_t used = 0;
  for (const auto& [path, inode] : names_) used += inode->Room();
  return capacity_ - std::min(capacity_, used);
}

void MemoryDisk::Crash(std::size_t kept_bytes, bool keep_names) {
  if (keep_names) durable_names_ = names_;
  names_ = durable_names_;
  for (const auto& [path, inode] : names_) inode->Crash(kept_bytes);
}

}  // namespace iocd::testing

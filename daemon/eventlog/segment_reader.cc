#include "eventlog/segment_reader.h"

#include <algorithm>

namespace iocd::eventlog {
namespace {

constexpr std::size_t kReadBytes = 8 * 1024 * 1024;

}  // namespace

absl::StatusOr<std::optional<Group>> SegmentReader::Next() {
  auto group = GroupAt(offset_);
  if (group.ok() && group->has_value()) offset_ += (*group)->size();
  return group;
}

absl::StatusOr<bool> SegmentReader::SkipDamage() {
  std::uint64_t at = offset_ + 1;
  auto group = FindGroup(&at);
  if (!group.ok()) return group.status();
  if (group->has_value()) offset_ = at;
  return group->has_value();
}

absl::StatusOr<std::uint64_t> SegmentReader::HighestMarkBehind() {
  std::uint64_t highest = 0;
  for (std::uint64_t at = offset_ + 1; at < size_;) {
    auto group = FindGroup(&at);
    if (!group.ok()) return group.status();
    if (!group->has_value()) break;
    highest = std::max(highest, (*group)->synced_through);
    at += (*group)->size();
  }
  return highest;
}

absl::StatusOr<std::optional<Group>> SegmentReader::FindGroup(std::uint64_t* offset) {
  const absl::string_view magic = GroupMagic();
  while (*offset + kGroupHeaderBytes <= size_) {
    auto bytes = View(*offset, kGroupHeaderBytes);
    if (!bytes.ok()) return bytes.status();
    const std::size_t found = bytes->find(magic);
    if (found == absl::string_view::npos) {
      *offset += bytes->size() - (magic.size() - 1);
      continue;
    }
    *offset += found;
    auto group = GroupAt(*offset);
    if (!group.ok() || group->has_value()) return group;
    ++*offset;
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<Group>> SegmentReader::GroupAt(std::uint64_t offset) {
  auto header = View(offset, kGroupHeaderBytes);
  if (!header.ok()) return header.status();
  const std::optional<std::size_t> size = AnnouncedGroupSize(*header, base_ + offset);
  if (!size) return std::nullopt;
  auto bytes = View(offset, *size);
  if (!bytes.ok()) return bytes.status();
  return DecodeGroup(*bytes, base_ + offset);
}

absl::StatusOr<absl::string_view> SegmentReader::View(std::uint64_t offset, std::size_t wanted) {
  const std::uint64_t left = size_ - std::min(offset, size_);
  wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, left));
  const bool held = offset >= buffer_offset_ && offset + wanted <= buffer_offset_ + buffer_.size();
  if (!held) {
    const std::size_t size = std::min<std::uint64_t>(left, std::max(wanted, kReadBytes));
    absl::Status read = file_->Read(offset, size, &buffer_);
    if (!read.ok()) return read;
    if (buffer_.size() < size) {
      return absl::UnavailableError("a file of the event log became shorter while it was read");
    }
    buffer_offset_ = offset;
  }
  return absl::string_view(buffer_).substr(offset - buffer_offset_);
}

}  // namespace iocd::eventlog

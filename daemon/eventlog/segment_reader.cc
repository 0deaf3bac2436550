#include "eventlog/segment_reader.h"

#include <algorithm>

namespace iocd::eventlog {
namespace {

constexpr std::size_t kReadBytes = 8 * 1024 * 1024;
constexpr std::size_t kLargestGroup = kGroupHeaderBytes + kMaxGroupPayloadBytes;

}  // namespace

absl::StatusOr<SegmentReader> SegmentReader::Open(const RandomAccessFile& file,
                                                  std::uint64_t base) {
  SegmentReader reader(file, base);
  auto size = file.Size();
  if (!size.ok()) return size.status();
  reader.file_size_ = *size;
  auto header = reader.View(0, kSegmentHeaderBytes);
  if (!header.ok()) return header.status();
  reader.header_is_sound_ = DecodeSegmentHeader(*header) == base;
  if (reader.header_is_sound_) reader.offset_ = kSegmentHeaderBytes;
  return reader;
}

absl::StatusOr<std::optional<Group>> SegmentReader::Next() {
  // First what a read brings at once; a group that is larger than that is read whole.
  for (const std::size_t wanted : {kGroupHeaderBytes, kReadBytes, kLargestGroup}) {
    auto bytes = View(offset_, wanted);
    if (!bytes.ok()) return bytes.status();
    if (const auto group = DecodeGroup(*bytes, base_ + offset_)) {
      offset_ += group->size();
      return group;
    }
    if (offset_ + bytes->size() >= file_size_) break;
  }
  return std::nullopt;
}

absl::StatusOr<bool> SegmentReader::FindGroupBehind(std::uint64_t offset) {
  const absl::string_view magic = GroupMagic();
  for (std::uint64_t at = offset + 1; at + kGroupHeaderBytes <= file_size_;) {
    auto bytes = View(at, kReadBytes);
    if (!bytes.ok()) return bytes.status();
    const std::size_t found = bytes->find(magic);
    if (found == absl::string_view::npos) {
      at += std::max<std::size_t>(1, bytes->size() - (magic.size() - 1));
      continue;
    }
    at += found;
    auto candidate = View(at, kLargestGroup);
    if (!candidate.ok()) return candidate.status();
    if (DecodeGroup(*candidate, base_ + at)) return true;
    ++at;
  }
  return false;
}

absl::StatusOr<absl::string_view> SegmentReader::View(std::uint64_t offset, std::size_t wanted) {
  wanted = static_cast<std::size_t>(
      std::min<std::uint64_t>(wanted, file_size_ - std::min(offset, file_size_)));
  const bool held = offset >= buffer_offset_ && offset + wanted <= buffer_offset_ + buffer_.size();
  if (!held) {
    absl::Status read = file_->Read(offset, std::max(wanted, kReadBytes), &buffer_);
    if (!read.ok()) return read;
    buffer_offset_ = offset;
  }
  return absl::string_view(buffer_).substr(offset - buffer_offset_);
}

}  // namespace iocd::eventlog

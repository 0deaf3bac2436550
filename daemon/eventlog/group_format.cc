#include "eventlog/group_format.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/coding.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace iocd::eventlog {
namespace {

constexpr absl::string_view kSegmentMagic = "IOCDLOG\n";
constexpr absl::string_view kGroupMagic = "IOCG";
constexpr absl::string_view kSegmentSuffix = ".log";
constexpr std::size_t kBaseDigits = 20;  // of the largest 64-bit number

// Offsets in a segment's header.
constexpr std::size_t kVersionOffset = 8;
constexpr std::size_t kBaseOffset = 16;

// Offsets in a group's header.
constexpr std::size_t kLengthOffset = 4;
constexpr std::size_t kPositionOffset = 8;
constexpr std::size_t kSyncedOffset = 16;
constexpr std::size_t kChecksumOffset = 24;

/// Over the header up to the checksum, and the payload.
std::uint64_t GroupChecksum(absl::string_view group) {
  const std::uint64_t header = XXH3_64bits(group.data(), kChecksumOffset);
  return XXH3_64bits_withSeed(group.data() + kGroupHeaderBytes, group.size() - kGroupHeaderBytes,
                              header);
}

}  // namespace

std::string SegmentName(std::uint64_t base) { return absl::StrFormat("%020d.log", base); }

std::optional<std::uint64_t> ParseSegmentName(absl::string_view name) {
  std::uint64_t base = 0;
  if (name.size() != kBaseDigits + kSegmentSuffix.size() ||
      name.substr(kBaseDigits) != kSegmentSuffix ||
      !std::all_of(name.begin(), name.begin() + kBaseDigits,
                   [](char c) { return c >= '0' && c <= '9'; }) ||
      !absl::SimpleAtoi(name.substr(0, kBaseDigits), &base)) {
    return std::nullopt;
  }
  return base;
}

std::string EncodeSegmentHeader(const SegmentHeader& header) {
  std::string bytes(kSegmentMagic);
  Put<std::uint32_t>(&bytes, kFormatVersion);
  Put<std::uint32_t>(&bytes, 0);  // reserved
  Put<std::uint64_t>(&bytes, header.base);
  Put<std::int64_t>(&bytes, header.newest_arrival.nanos);
  Put<std::uint64_t>(&bytes, XXH3_64bits(bytes.data(), bytes.size()));
  return bytes;
}

std::optional<SegmentHeader> DecodeSegmentHeader(absl::string_view bytes) {
  if (bytes.size() < kSegmentHeaderBytes) return std::nullopt;
  Reader reader(bytes.substr(kBaseOffset));
  SegmentHeader header;
  header.base = reader.Get<std::uint64_t>();
  header.newest_arrival.nanos = reader.Get<std::int64_t>();
  if (bytes.substr(0, kSegmentHeaderBytes) != EncodeSegmentHeader(header)) return std::nullopt;
  return header;
}

std::optional<std::uint32_t> OtherFormatVersion(absl::string_view bytes) {
  if (bytes.substr(0, kSegmentMagic.size()) != kSegmentMagic) return std::nullopt;
  Reader reader(bytes.substr(kSegmentMagic.size()));
  const auto version = reader.Get<std::uint32_t>();
  // There never was a version 0: zeros stand where a header was lost.
  if (!reader.ok() || version == kFormatVersion || version == 0) return std::nullopt;
  std::string as_ours(bytes);
  PutAt<std::uint32_t>(&as_ours, kVersionOffset, kFormatVersion);
  if (DecodeSegmentHeader(as_ours)) return std::nullopt;
  return version;
}

void SealGroup(std::string* group, std::uint64_t position, std::uint64_t synced_through) {
  group->replace(0, kGroupMagic.size(), kGroupMagic.data(), kGroupMagic.size());
  PutAt<std::uint32_t>(group, kLengthOffset,
                       static_cast<std::uint32_t>(group->size() - kGroupHeaderBytes));
  PutAt<std::uint64_t>(group, kPositionOffset, position);
  PutAt<std::uint64_t>(group, kSyncedOffset, synced_through);
  PutAt<std::uint64_t>(group, kChecksumOffset, GroupChecksum(*group));
}

absl::string_view GroupMagic() { return kGroupMagic; }

std::optional<std::size_t> AnnouncedGroupSize(absl::string_view bytes, std::uint64_t position) {
  if (bytes.substr(0, kGroupMagic.size()) != kGroupMagic) return std::nullopt;
  Reader reader(bytes.substr(kGroupMagic.size()));
  const auto length = reader.Get<std::uint32_t>();
  const auto stated_position = reader.Get<std::uint64_t>();
  if (!reader.ok() || length > kMaxGroupPayloadBytes || stated_position != position) {
    return std::nullopt;
  }
  return kGroupHeaderBytes + length;
}

std::optional<Group> DecodeGroup(absl::string_view bytes, std::uint64_t position) {
  const std::optional<std::size_t> size = AnnouncedGroupSize(bytes, position);
  if (!size || *size > bytes.size()) return std::nullopt;
  bytes = bytes.substr(0, *size);
  Reader reader(bytes.substr(kSyncedOffset));
  Group group;
  group.position = position;
  group.synced_through = reader.Get<std::uint64_t>();
  if (reader.Get<std::uint64_t>() != GroupChecksum(bytes)) return std::nullopt;
  group.payload = bytes.substr(kGroupHeaderBytes);
  return group;
}

}  // namespace iocd::eventlog

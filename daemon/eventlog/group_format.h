#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::eventlog {

// The outer format of the log: segments of groups. docs/event-log.md has a worked example in bytes.
//
// A position counts bytes of the whole log, segment headers included: the byte at offset o of the
// segment with base b stands at position b + o. The next segment's base is the position at which
// the one before it ends, and so says how much of that one is valid.

inline constexpr std::uint32_t kFormatVersion = 2;
inline constexpr std::size_t kSegmentHeaderBytes = 40;
inline constexpr std::size_t kGroupHeaderBytes = 32;
inline constexpr std::uint32_t kMaxGroupPayloadBytes = 64 * 1024 * 1024;

/// The name of the segment file with that base, e.g. "00000000000000000000.log"; sorts by base.
std::string SegmentName(std::uint64_t base);
/// The base in a segment's name; nullopt for any other file's name.
std::optional<std::uint64_t> ParseSegmentName(absl::string_view name);

/// What a segment begins with.
struct SegmentHeader {
  std::uint64_t base = 0;
  // Of all that stood in the log when the segment began: so it tells the age of the one before.
  Timestamp newest_arrival;
  friend bool operator==(const SegmentHeader&, const SegmentHeader&) = default;
};

std::string EncodeSegmentHeader(const SegmentHeader& header);
/// The header at the front of `bytes`; nullopt if it is not whole and sound there.
std::optional<SegmentHeader> DecodeSegmentHeader(absl::string_view bytes);
/// The version of the format that a segment beginning with `bytes` was written in, if that is not
/// ours. Nullopt also for a header of ours of which only the version was damaged.
std::optional<std::uint32_t> OtherFormatVersion(absl::string_view bytes);

/// One group: what one write and one sync made durable together. Its checksum covers header and
/// payload, so a group counts whole or not at all.
struct Group {
  std::uint64_t position = 0;        // of the group's header
  std::uint64_t synced_through = 0;  // all below was durable when the group was written
  absl::string_view payload;         // records, one after another
  std::size_t size() const { return kGroupHeaderBytes + payload.size(); }
};

/// Fills in the header at the front of `group`, which holds kGroupHeaderBytes of room and then the
/// payload.
void SealGroup(std::string* group, std::uint64_t position, std::uint64_t synced_through);

/// The bytes with which every group begins, to look for one behind a damaged place.
absl::string_view GroupMagic();

/// The size that a group's header at the front of `bytes` announces for the whole group; nullopt if
/// no header of a group at `position` stands there. The checksum is not looked at.
std::optional<std::size_t> AnnouncedGroupSize(absl::string_view bytes, std::uint64_t position);

/// The group at the front of `bytes`, whose first byte stands at `position`; nullopt if it is not
/// whole and sound there.
std::optional<Group> DecodeGroup(absl::string_view bytes, std::uint64_t position);

}  // namespace iocd::eventlog

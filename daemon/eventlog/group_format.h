#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::eventlog {

// The outer format of the log: segments of groups. docs/event-log.md has a worked example in bytes.
//
// A position counts bytes of the whole log, segment headers included: the byte at offset o of the
// segment with base b stands at position b + o. The next segment's base is the position at which
// the one before it ends, and so says how much of that one is valid.

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::size_t kSegmentHeaderBytes = 32;
inline constexpr std::size_t kGroupHeaderBytes = 32;
inline constexpr std::uint32_t kMaxGroupPayloadBytes = 64 * 1024 * 1024;

/// The name of the segment file with that base, e.g. "00000000000000000000.log"; sorts by base.
std::string SegmentName(std::uint64_t base);
/// The base in a segment's name; nullopt for any other file's name.
std::optional<std::uint64_t> ParseSegmentName(absl::string_view name);

std::string EncodeSegmentHeader(std::uint64_t base);
/// The base, or nullopt if the bytes are no segment header of a version that we read.
std::optional<std::uint64_t> DecodeSegmentHeader(absl::string_view bytes);

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

/// The group at the front of `bytes`, whose first byte stands at `position`; nullopt if it is not
/// whole and sound there.
std::optional<Group> DecodeGroup(absl::string_view bytes, std::uint64_t position);

}  // namespace iocd::eventlog

#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::snapshot {

// The outer format of a snapshot: a head, sections, an end; docs/snapshot.md. What a section means
// is its writer's business.

inline constexpr std::uint32_t kFormatVersion = 2;
/// Older ones that are read too: 1 had no calendar periods.
inline constexpr std::uint32_t kOldestReadVersion = 1;
inline constexpr std::size_t kHeadBytes = 40;
inline constexpr std::size_t kSectionHeaderBytes = 32;
inline constexpr std::uint32_t kMaxSectionBytes = 64 * 1024 * 1024;

/// The type of the section that ends a file; all others are above it.
inline constexpr std::uint32_t kEndSection = 0;

struct Head {
  std::uint64_t start = 0;     // position in the log at which replay begins
  Timestamp newest_arrival{};  // in the log when the snapshot began
};

/// One piece of the state. It holds everything that the log says below `covered`, and nothing
/// above.
struct Section {
  std::uint32_t type = 0;
  std::uint64_t covered = 0;
  absl::string_view payload;
};

std::string EncodeHead(const Head& head);
/// DataLoss: not the head of a snapshot. FailedPrecondition: one of another version of the format.
absl::StatusOr<Head> DecodeHead(absl::string_view bytes);

/// The header of a section with its checksum, which covers the payload too. `index` counts the
/// sections of a file from 0.
std::string EncodeSectionHeader(const Section& section, std::uint64_t index);

struct SectionHeader {
  std::uint32_t length = 0;  // of the payload
  std::uint32_t type = 0;
  std::uint64_t covered = 0;
  std::uint64_t index = 0;
  std::uint64_t checksum = 0;
};
/// `bytes` holds kSectionHeaderBytes at least. Nothing is checked yet.
SectionHeader DecodeSectionHeader(absl::string_view bytes);

/// Whether header and payload, as read, belong together: the checksum of both.
bool ChecksumIsRight(absl::string_view header, absl::string_view payload);

}  // namespace iocd::snapshot

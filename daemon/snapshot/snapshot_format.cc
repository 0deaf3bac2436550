#include "snapshot/snapshot_format.h"

#include "absl/strings/str_cat.h"
#include "base/coding.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace iocd::snapshot {
namespace {

constexpr absl::string_view kMagic = "IOCDSNAP";
constexpr std::size_t kChecksumOffset = 24;  // in a section's header

std::uint64_t Checksum(absl::string_view header, absl::string_view payload) {
  return XXH3_64bits_withSeed(payload.data(), payload.size(),
                              XXH3_64bits(header.data(), kChecksumOffset));
}

}  // namespace

std::string EncodeHead(const Head& head) {
  std::string bytes(kMagic);
  Put<std::uint32_t>(&bytes, kFormatVersion);
  Put<std::uint32_t>(&bytes, 0);  // reserved
  Put<std::uint64_t>(&bytes, head.start);
  Put<std::int64_t>(&bytes, head.newest_arrival.nanos);
  Put<std::uint64_t>(&bytes, XXH3_64bits(bytes.data(), bytes.size()));
  return bytes;
}

absl::StatusOr<Head> DecodeHead(absl::string_view bytes) {
  if (bytes.size() < kHeadBytes || bytes.substr(0, kMagic.size()) != kMagic) {
    return absl::DataLossError("it does not begin like a snapshot");
  }
  Reader reader(bytes.substr(kMagic.size()));
  const auto version = reader.Get<std::uint32_t>();
  reader.Get<std::uint32_t>();
  Head head;
  head.start = reader.Get<std::uint64_t>();
  head.newest_arrival.nanos = reader.Get<std::int64_t>();
  if (reader.Get<std::uint64_t>() !=
      XXH3_64bits(bytes.data(), kHeadBytes - sizeof(std::uint64_t))) {
    return absl::DataLossError("its head fails its checksum");
  }
  if (version < kOldestReadVersion || version > kFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "it has format ", version, ", and this iocd reads formats ", kOldestReadVersion, " to ",
        kFormatVersion, ": start the version of iocd that wrote it"));
  }
  return head;
}

std::string EncodeSectionHeader(const Section& section, std::uint64_t index) {
  std::string header;
  Put<std::uint32_t>(&header, static_cast<std::uint32_t>(section.payload.size()));
  Put<std::uint32_t>(&header, section.type);
  Put<std::uint64_t>(&header, section.covered);
  Put<std::uint64_t>(&header, index);
  Put<std::uint64_t>(&header, Checksum(header, section.payload));
  return header;
}

SectionHeader DecodeSectionHeader(absl::string_view bytes) {
  Reader reader(bytes);
  SectionHeader header;
  header.length = reader.Get<std::uint32_t>();
  header.type = reader.Get<std::uint32_t>();
  header.covered = reader.Get<std::uint64_t>();
  header.index = reader.Get<std::uint64_t>();
  header.checksum = reader.Get<std::uint64_t>();
  return header;
}

bool ChecksumIsRight(absl::string_view header, absl::string_view payload) {
  return DecodeSectionHeader(header).checksum == Checksum(header, payload);
}

}  // namespace iocd::snapshot

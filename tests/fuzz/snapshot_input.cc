#include "fuzz/snapshot_input.h"

#include <algorithm>

#include "base/coding.h"
#include "snapshot/snapshot_format.h"

namespace iocd::fuzz {
namespace {

using namespace snapshot;

constexpr std::uint8_t kSeal = 1;
constexpr std::size_t kStartOffset = 16;  // in the head

}  // namespace

std::string SnapshotInput::Encode() const { return std::string(1, seal ? kSeal : 0) + file; }

SnapshotInput SnapshotInput::Decode(absl::string_view bytes) {
  if (bytes.empty()) return {};
  return {(bytes[0] & kSeal) != 0, std::string(bytes.substr(1))};
}

std::string SnapshotInput::OnDisk() const {
  if (!seal || file.size() < kHeadBytes) return file;
  Reader head(absl::string_view(file).substr(kStartOffset));
  const auto start = head.Get<std::uint64_t>();
  std::string sealed = EncodeHead({start, Timestamp{head.Get<std::int64_t>()}});
  std::uint64_t index = 0, covered = start;
  absl::string_view rest = absl::string_view(file).substr(kHeadBytes);
  while (rest.size() >= kSectionHeaderBytes) {
    const SectionHeader header = DecodeSectionHeader(rest);
    rest.remove_prefix(kSectionHeaderBytes);
    if (header.type == kEndSection) break;
    covered = header.covered;
    const Section section{header.type, covered, rest.substr(0, header.length)};
    rest.remove_prefix(section.payload.size());
    sealed += EncodeSectionHeader(section, index++);
    sealed.append(section.payload.data(), section.payload.size());
  }
  return sealed + EncodeSectionHeader({kEndSection, covered, {}}, index);
}

}  // namespace iocd::fuzz

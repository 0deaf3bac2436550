#include "eventlog/filler.h"

#include <algorithm>

#include "eventlog/group_format.h"
#include "eventlog/record.h"

namespace iocd::eventlog {
namespace {

constexpr std::uint64_t kSmallestBytes = kGroupHeaderBytes + kRecordFrameBytes;
constexpr std::uint64_t kLargestBytes = kGroupHeaderBytes + kMaxGroupPayloadBytes;

std::string FillerGroup(std::uint64_t position, std::size_t bytes) {
  std::string group(kGroupHeaderBytes, '\0');
  if (bytes > kGroupHeaderBytes) {
    const std::size_t start = BeginRecord(&group, RecordType::kLost);
    group.resize(bytes);
    EndRecord(&group, start);
  }
  SealGroup(&group, position, position);
  return group;
}

}  // namespace

bool CanFill(std::uint64_t bytes) { return bytes == kGroupHeaderBytes || bytes >= kSmallestBytes; }

std::optional<std::string> FillerGroups(std::uint64_t position, std::uint64_t bytes) {
  if (!CanFill(bytes)) return std::nullopt;
  std::string filler;
  while (filler.size() < bytes) {
    std::uint64_t size = bytes - filler.size();
    // What is left for the next group must be enough for one.
    if (size > kLargestBytes) size = std::min(kLargestBytes, size - kSmallestBytes);
    filler += FillerGroup(position + filler.size(), size);
  }
  return filler;
}

}  // namespace iocd::eventlog

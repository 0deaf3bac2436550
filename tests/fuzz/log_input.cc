#include "fuzz/log_input.h"

#include <algorithm>
#include <optional>

#include "base/coding.h"
#include "eventlog/group_format.h"

namespace iocd::fuzz {
namespace {

using namespace eventlog;

constexpr std::uint8_t kSealHeaders = 1, kSealGroups = 2, kMarkGroups = 4, kFromSecond = 8;
constexpr std::size_t kMaxFiles = 5;
constexpr std::size_t kBaseOffset = 16, kArrivalOffset = 24;         // in a segment's header
constexpr std::size_t kLengthOffset = 4, kSyncedThroughOffset = 16;  // in a group's header

template <typename Number>
Number At(absl::string_view bytes, std::size_t offset) {
  return Reader(bytes.substr(std::min(offset, bytes.size()))).Get<Number>();
}

void SealHeader(std::string* bytes, std::uint64_t base) {
  if (bytes->size() < kSegmentHeaderBytes) return;
  const SegmentHeader header{base, Timestamp{At<std::int64_t>(*bytes, kArrivalOffset)}};
  bytes->replace(0, kSegmentHeaderBytes, EncodeSegmentHeader(header));
}

void SealGroups(std::string* bytes, std::uint64_t base, bool mark) {
  for (std::size_t at = kSegmentHeaderBytes; at + kGroupHeaderBytes <= bytes->size();) {
    const std::size_t left = bytes->size() - at - kGroupHeaderBytes;
    const std::size_t length =
        std::min<std::size_t>(At<std::uint32_t>(*bytes, at + kLengthOffset), left);
    std::string group = bytes->substr(at, kGroupHeaderBytes + length);
    const std::uint64_t position = base + at;
    SealGroup(&group, position, mark ? position : At<std::uint64_t>(group, kSyncedThroughOffset));
    bytes->replace(at, group.size(), group);
    at += group.size();
  }
}

}  // namespace

std::string LogInput::Encode() const {
  std::string bytes;
  Put<std::uint8_t>(&bytes, (seal_headers ? kSealHeaders : 0) | (seal_groups ? kSealGroups : 0) |
                                (mark_groups ? kMarkGroups : 0) | (from_second ? kFromSecond : 0));
  for (const std::string& file : files) PutText<std::uint32_t>(&bytes, file);
  return bytes;
}

LogInput LogInput::Decode(absl::string_view bytes) {
  LogInput input;
  Reader reader(bytes);
  const auto flags = reader.Get<std::uint8_t>();
  input.seal_headers = (flags & kSealHeaders) != 0;
  input.seal_groups = (flags & kSealGroups) != 0;
  input.mark_groups = (flags & kMarkGroups) != 0;
  input.from_second = (flags & kFromSecond) != 0;
  while (!reader.rest().empty() && input.files.size() < kMaxFiles) {
    const auto length = reader.Get<std::uint32_t>();
    input.files.emplace_back(reader.GetBytes(std::min<std::size_t>(length, reader.rest().size())));
  }
  return input;
}

std::vector<LogInput::File> LogInput::OnDisk() const {
  std::vector<File> on_disk;
  std::uint64_t next = 0;  // behind the file before
  for (const std::string& file : files) {
    File made{At<std::uint64_t>(file, kBaseOffset), file};
    if (on_disk.empty() ? made.base > file.size()
                        : made.base <= on_disk.back().base || made.base > next) {
      made.base = next;
    }
    if (!on_disk.empty() && made.base <= on_disk.back().base) break;
    if (seal_headers) SealHeader(&made.bytes, made.base);
    if (seal_groups) SealGroups(&made.bytes, made.base, mark_groups);
    next = made.base + made.bytes.size();
    on_disk.push_back(std::move(made));
  }
  return on_disk;
}

}  // namespace iocd::fuzz

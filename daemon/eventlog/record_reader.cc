#include "eventlog/record_reader.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "eventlog/group_format.h"
#include "eventlog/record.h"

namespace iocd::eventlog {
namespace {

// How far before a record the header of its group is looked for, in turn: most groups are small,
// few are larger than what one sync takes, and none is larger than the last.
constexpr std::uint64_t kLookBytes[] = {16 * 1024, 512 * 1024, 8 * 1024 * 1024,
                                        kGroupHeaderBytes + std::uint64_t{kMaxGroupPayloadBytes}};

/// The body of the record at `offset`, if the group that begins at `begin` is sound and holds it.
absl::StatusOr<std::optional<std::string>> BodyInGroup(const RandomAccessFile& file,
                                                       std::uint64_t base, std::uint64_t begin,
                                                       std::size_t size, std::uint64_t offset) {
  std::string bytes;
  absl::Status read = file.Read(begin, size, &bytes);
  if (!read.ok()) return read;
  const auto group = DecodeGroup(bytes, base + begin);
  if (!group) return std::nullopt;
  // From record to record, for what stands there may have been given up as lost.
  absl::string_view rest = group->payload;
  std::uint64_t at = begin + kGroupHeaderBytes;
  while (const auto record = TakeRecord(&rest)) {
    if (at == offset && record->type != RecordType::kLost) return std::string(record->body);
    at += record->size();
  }
  return std::nullopt;
}

/// The same for the groups whose headers stand at most `look` bytes before `offset`.
absl::StatusOr<std::optional<std::string>> LookBack(const RandomAccessFile& file,
                                                    std::uint64_t base, std::uint64_t offset,
                                                    std::uint64_t look) {
  const std::uint64_t first = offset - std::min(offset, look);
  std::string bytes;
  absl::Status read = file.Read(first, offset - first, &bytes);
  if (!read.ok()) return read;
  const absl::string_view view(bytes);
  for (std::size_t at = view.size(); at > 0;) {
    at = view.rfind(GroupMagic(), at - 1);
    if (at == absl::string_view::npos) break;
    const std::uint64_t begin = first + at;
    const auto size = AnnouncedGroupSize(view.substr(at), base + begin);
    if (!size || begin + kGroupHeaderBytes > offset || begin + *size <= offset) continue;
    auto body = BodyInGroup(file, base, begin, *size, offset);
    if (!body.ok() || body->has_value()) return body;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::string> ReadRecordBody(const RandomAccessFile& file, std::uint64_t base,
                                           std::uint64_t offset) {
  for (const std::uint64_t look : kLookBytes) {
    auto body = LookBack(file, base, offset, look);
    if (!body.ok()) return body.status();
    if (body->has_value()) return **std::move(body);
  }
  return absl::DataLossError("no sound group holds a record there");
}

}  // namespace iocd::eventlog

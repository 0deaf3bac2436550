#include "eventlog/record.h"

#include "base/coding.h"

namespace iocd::eventlog {

std::size_t BeginRecord(std::string* out, RecordType type) {
  const std::size_t start = out->size();
  Put<std::uint32_t>(out, 0);
  Put<std::uint8_t>(out, static_cast<std::uint8_t>(type));
  return start;
}

void EndRecord(std::string* out, std::size_t start) {
  PutAt<std::uint32_t>(out, start,
                       static_cast<std::uint32_t>(out->size() - start - kRecordFrameBytes));
}

std::optional<RawRecord> TakeRecord(absl::string_view* bytes) {
  Reader reader(*bytes);
  const auto length = reader.Get<std::uint32_t>();
  const auto type = static_cast<RecordType>(reader.Get<std::uint8_t>());
  if (!reader.ok() || length > reader.rest().size()) return std::nullopt;
  const RawRecord record{type, reader.rest().substr(0, length)};
  bytes->remove_prefix(record.size());
  return record;
}

}  // namespace iocd::eventlog

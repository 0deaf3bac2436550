#include "eventlog/define_record.h"

#include "absl/status/status.h"
#include "base/coding.h"
#include "eventlog/record.h"

namespace iocd::eventlog {

void AppendTo(std::string* out, const DefineRecord& record) {
  const std::size_t start = BeginRecord(out, RecordType::kDefine);
  Put<std::uint8_t>(out, static_cast<std::uint8_t>(record.thing));
  Put<std::uint32_t>(out, record.id);
  Put<std::uint8_t>(out, static_cast<std::uint8_t>(record.kind));
  Put<double>(out, record.minimum);
  Put<double>(out, record.maximum);
  PutText<std::uint16_t>(out, record.code);
  EndRecord(out, start);
}

absl::StatusOr<DefineRecord> ParseDefineRecord(absl::string_view body) {
  DefineRecord record;
  Reader reader(body);
  record.thing = static_cast<DefinedThing>(reader.Get<std::uint8_t>());
  record.id = reader.Get<std::uint32_t>();
  record.kind = static_cast<domain::Kind>(reader.Get<std::uint8_t>());
  record.minimum = reader.Get<double>();
  record.maximum = reader.Get<double>();
  record.code = std::string(reader.GetText<std::uint16_t>());
  if (!reader.ok() || record.id == 0) return absl::DataLossError("malformed define record");
  return record;
}

}  // namespace iocd::eventlog

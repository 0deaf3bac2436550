#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/indicator_kind.h"

namespace iocd::eventlog {

/// What a `define` record gives an id to. The numbers stand in the log: never renumber.
enum class DefinedThing : std::uint8_t { kDepartment = 1, kIndicator = 2, kMember = 3 };

/// Gives a code its id, before the first event that uses it.
struct DefineRecord {
  DefinedThing thing{};
  std::uint32_t id = 0;  // from 1
  std::string code;      // of a member: "set/member"
  domain::Kind kind{};   // indicators only
  double minimum = 0;    // indicators only: bounds at that time; -inf and +inf for none
  double maximum = 0;

  friend bool operator==(const DefineRecord&, const DefineRecord&) = default;
};

/// Appends the framed record. Format: docs/event-log.md.
void AppendTo(std::string* out, const DefineRecord& record);

/// `body` is a record's body. DataLoss if it is malformed.
absl::StatusOr<DefineRecord> ParseDefineRecord(absl::string_view body);

}  // namespace iocd::eventlog

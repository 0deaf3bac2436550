#pragma once

#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "domain/catalogue.h"

namespace iocd::domain {

/// What one sender was granted to write, in codes of the catalogue. It holds beside the catalogue's
/// own rule of who reports what; both must allow an event. Immutable once shared.
struct SendingRights {
  using Codes = absl::flat_hash_set<std::string>;

  std::string sender;               // the name of who was granted this, for messages
  std::string department;           // sends as this one alone
  bool for_all = false;             // and for every other one,
  Codes departments;                // or for these
  std::optional<Codes> indicators;  // nullopt: all
  std::optional<Codes> members;     // nullopt: all, and events without a member

  bool AllowsDepartment(absl::string_view code) const;
  bool AllowsIndicator(absl::string_view code) const;
  /// `code` is empty where an event has no member: that is allowed only without a list.
  bool AllowsMember(absl::string_view code) const;
};

}  // namespace iocd::domain

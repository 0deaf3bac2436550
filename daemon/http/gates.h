#pragma once

#include "absl/strings/string_view.h"
#include "access/role.h"

namespace iocd::http {

/// What it takes to reach a path.
struct Gate {
  absl::string_view path;
  access::Action action;
  absl::string_view call;  // its method and path, for the audit log; a literal
};

/// nullptr: anyone may, or there is no such path.
const Gate* GateOf(absl::string_view path);

}  // namespace iocd::http

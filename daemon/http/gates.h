#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "access/role.h"

namespace iocd::http {

enum class Method : std::uint8_t {
  kGet,   // and HEAD; changes nothing
  kPost,  // changes something
};

/// What it takes to reach a path.
struct Gate {
  absl::string_view path;
  Method method;
  std::optional<access::Action> action;  // nullopt: anyone may come
  absl::string_view call;                // its method and path, for the audit log; a literal
  bool takes_body = false;
};

/// nullptr: there is no such path. So a page that someone forgets to list here is closed to all.
const Gate* GateOf(absl::string_view path);

}  // namespace iocd::http

#pragma once

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "http/target.h"

namespace iocd::http {

/// Fills `*request` from the parameters of an address, which bear the names of its fields; all of
/// its fields are strings, bools ("true", "false") or uint32. InvalidArgument: a parameter that the
/// request does not have, that stands twice, or whose value is none of its type.
absl::Status FillRequest(const Target& target, google::protobuf::Message* request);

}  // namespace iocd::http

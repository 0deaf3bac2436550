#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "http/message.h"

namespace iocd::http {

/// A message in protobuf's JSON mapping, as an answer. Fields without presence are always printed,
/// so that a script finds `"accepted":0`.
Response JsonResponse(const google::protobuf::Message& message);

/// Reads a message in protobuf's JSON mapping. InvalidArgument names the field, or shows the place,
/// that is wrong; fields that the message does not have are wrong.
absl::Status ParseJson(absl::string_view json, google::protobuf::Message* message);

/// {"code":3,"status":"INVALID_ARGUMENT","message":"…"} under the HTTP status that fits.
Response JsonError(const absl::Status& status);

/// One sentence as plain text.
Response PlainText(int http_status, absl::string_view sentence);

}  // namespace iocd::http

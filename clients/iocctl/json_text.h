#pragma once

#include <string>

#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"

namespace iocctl {

/// The message in protobuf's JSON form, on one line.
std::string ToJson(const google::protobuf::Message& message);

/// The same as a JSON object, with the fields that hold 0, false or nothing.
google::protobuf::Struct ToJsonObject(const google::protobuf::Message& message);

}  // namespace iocctl

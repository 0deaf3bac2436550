#pragma once

#include <string>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace iocctl {

/// A time for people, in the province's zone: "2026-11-22 08:41:07+07:00".
std::string LocalText(absl::Time time);
std::string LocalText(const google::protobuf::Timestamp& time);

}  // namespace iocctl

#pragma once

#include "base/timestamp.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace iocd::wire {

/// Protobuf wants the fraction of a second to count upwards, also before 1970.
google::protobuf::Timestamp ToProto(Timestamp time);

/// `duration` is not negative.
google::protobuf::Duration ToProto(Duration duration);

}  // namespace iocd::wire

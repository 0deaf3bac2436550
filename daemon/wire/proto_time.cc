#include "wire/proto_time.h"

namespace iocd::wire {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

}  // namespace

google::protobuf::Timestamp ToProto(Timestamp time) {
  std::int64_t seconds = time.nanos / kNanosPerSecond;
  std::int64_t nanos = time.nanos % kNanosPerSecond;
  if (nanos < 0) {
    --seconds;
    nanos += kNanosPerSecond;
  }
  google::protobuf::Timestamp proto;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<std::int32_t>(nanos));
  return proto;
}

google::protobuf::Duration ToProto(Duration duration) {
  google::protobuf::Duration proto;
  proto.set_seconds(duration.nanos / kNanosPerSecond);
  proto.set_nanos(static_cast<std::int32_t>(duration.nanos % kNanosPerSecond));
  return proto;
}

}  // namespace iocd::wire

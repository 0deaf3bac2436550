#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include "absl/strings/string_view.h"

namespace iocd::ingest {

/// The bytes of a message in one piece: in place if they arrived so, otherwise copied together.
class FlatBytes {
 public:
  explicit FlatBytes(const grpc::ByteBuffer& buffer);

  /// Lives as long as this object.
  absl::string_view view() const {
    return {reinterpret_cast<const char*>(slice_.begin()), slice_.size()};
  }

 private:
  grpc::Slice slice_;
};

/// The message as gRPC sends it.
grpc::ByteBuffer Serialize(const google::protobuf::MessageLite& message);

}  // namespace iocd::ingest

#include "ingest/byte_buffer.h"

namespace iocd::ingest {

FlatBytes::FlatBytes(const grpc::ByteBuffer& buffer) {
  // An empty message may come as a buffer without slices; the slice then stays empty.
  if (!buffer.Valid() || buffer.TrySingleSlice(&slice_).ok()) return;
  buffer.DumpToSingleSlice(&slice_).IgnoreError();
}

grpc::ByteBuffer Serialize(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return {&slice, 1};
}

}  // namespace iocd::ingest

#pragma once

#include <cstdint>
#include <string>

#include "grpcpp/support/byte_buffer.h"
#include "iocsim/load_templates.h"

namespace iocsim {

/// One producer of the load test: its name and its counter.
struct Sender {
  std::string department, producer;
  std::uint64_t last_sequence = 0;

  grpc::ByteBuffer NextRequest(LoadTemplates& templates, std::int64_t unix_seconds) {
    return MakeRequest(department, producer, ++last_sequence,
                       templates.Next().Events(unix_seconds));
  }
};

}  // namespace iocsim

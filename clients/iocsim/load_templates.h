#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "iocsim/series_mix.h"

namespace iocsim {

/// The events of one batch in serialized form. Encoding costs more than sending, so they are
/// encoded once, and only the event times are written over in place as they age.
class BatchTemplate {
 public:
  /// Takes `events` events from the mix. The first Events() must give the time.
  BatchTemplate(SeriesMix& mix, std::size_t events);

  /// The field `events` of a PushRequest, all times within the minute before `now` (Unix seconds).
  const grpc::Slice& Events(std::int64_t now);

 private:
  void Append(ioc::v1::Event event);

  std::string bytes_;
  std::vector<std::size_t> seconds_at_;  // offsets of event_time.seconds in bytes_
  std::int64_t stamped_at_ = 0;
  grpc::Slice slice_;
};

/// Templates that together cover every series, used in turns.
class LoadTemplates {
 public:
  LoadTemplates(SeriesMix& mix, std::size_t batch_events);

  BatchTemplate& Next() { return templates_[next_++ % templates_.size()]; }

 private:
  std::vector<BatchTemplate> templates_;
  std::size_t next_ = 0;
};

/// One PushRequest: the sender's fields with the sequence before the template's events.
grpc::ByteBuffer MakeRequest(const std::string& department, const std::string& producer,
                             std::uint64_t sequence, const grpc::Slice& events);

}  // namespace iocsim

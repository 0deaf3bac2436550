#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/coding.h"
#include "eventlog/batch_record.h"

namespace iocd::engine {

/// What is remembered of a batch that was taken: enough to recognise it and to find its answer.
struct Taken {
  eventlog::ContentHash content;
  std::uint64_t position = 0;  // of its record in the log, where the refusals stand
  std::uint32_t accepted = 0;
  std::uint32_t refused = 0;
  std::uint32_t already_counted = 0;  // see Answer

  void EncodeTo(std::string* out) const {
    Put(out, content.low);
    Put(out, content.high);
    Put(out, position);
    Put(out, accepted);
    Put(out, refused);
    Put(out, already_counted);
  }
  static Taken Decode(Reader& reader) {
    Taken taken;
    taken.content.low = reader.Get<std::uint64_t>();
    taken.content.high = reader.Get<std::uint64_t>();
    taken.position = reader.Get<std::uint64_t>();
    taken.accepted = reader.Get<std::uint32_t>();
    taken.refused = reader.Get<std::uint32_t>();
    taken.already_counted = reader.Get<std::uint32_t>();
    return taken;
  }
  static constexpr std::size_t kEncodedBytes = 36;

  friend bool operator==(const Taken&, const Taken&) = default;
};

/// What is known of the key of a batch that has arrived.
struct Verdict {
  enum class Kind : std::uint8_t {
    kNew,               // take it
    kRepeat,            // taken before with the same content: `taken` leads to the answer
    kExpiredRepeat,     // taken before, so long ago that content and answer are forgotten
    kReused,            // taken before with other content
    kBelowFloor,        // not taken as far as is known, but its gap was closed
    kTooFarAhead,       // above the highest taken by more than limits::kMaxSequenceJump
    kTooManyProducers,  // limits::kMaxRetiredProducers have retired already
  };
  Kind kind = Kind::kNew;
  Taken taken;              // with kRepeat
  std::uint64_t bound = 0;  // kBelowFloor: the floor; kTooFarAhead: the highest sequence taken
};

}  // namespace iocd::engine

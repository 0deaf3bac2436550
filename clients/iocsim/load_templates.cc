#include "iocsim/load_templates.h"

#include <algorithm>
#include <array>
#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace iocsim {
namespace {

using google::protobuf::io::CodedOutputStream;

// Event times lie up to kSpreadSeconds before the stamp, and a stamp is used for kStampSeconds: in
// all less than a minute.
constexpr std::int64_t kStampSeconds = 15;
constexpr std::int64_t kSpreadSeconds = 40;

constexpr std::size_t kSecondsBytes = 5;  // as a varint, from 1978 to 3058
constexpr int kEventsTag = (5 << 3) | 2;  // PushRequest.events, length-delimited

}  // namespace

BatchTemplate::BatchTemplate(SeriesMix& mix, std::size_t events) {
  for (std::size_t i = 0; i < events; ++i) Append(mix.Next());
}

void BatchTemplate::Append(ioc::v1::Event event) {
  // Fields are written in the order of their numbers: event_time (4) comes right after indicator,
  // department and member, with its tag and length, then the tag of `seconds`.
  ioc::v1::Event before_time;
  before_time.set_indicator(event.indicator());
  before_time.set_department(event.department());
  before_time.set_member(event.member());
  const std::size_t seconds_offset = before_time.ByteSizeLong() + 3;

  event.mutable_event_time()->set_seconds(1'700'000'000);
  event.mutable_event_time()->set_nanos(
      static_cast<std::int32_t>(2'097'152 + seconds_at_.size() * 7'919 % 200'000'000));
  const std::string encoded = event.SerializeAsString();
  {
    google::protobuf::io::StringOutputStream raw(&bytes_);  // appends
    CodedOutputStream out(&raw);
    out.WriteTag(kEventsTag);
    out.WriteVarint32(static_cast<std::uint32_t>(encoded.size()));
  }
  seconds_at_.push_back(bytes_.size() + seconds_offset);
  bytes_ += encoded;
}

const grpc::Slice& BatchTemplate::Events(std::int64_t now) {
  if (now - stamped_at_ < kStampSeconds) return slice_;
  for (std::size_t i = 0; i < seconds_at_.size(); ++i) {
    auto rest = static_cast<std::uint64_t>(now - static_cast<std::int64_t>(i) % kSpreadSeconds);
    for (std::size_t k = 0; k < kSecondsBytes; ++k, rest >>= 7) {
      const unsigned more = k + 1 < kSecondsBytes ? 0x80 : 0;
      bytes_[seconds_at_[i] + k] = static_cast<char>((rest & 0x7f) | more);
    }
  }
  // A new slice: gRPC may still be sending the old one.
  slice_ = grpc::Slice(bytes_);
  stamped_at_ = now;
  return slice_;
}

LoadTemplates::LoadTemplates(SeriesMix& mix, std::size_t batch_events) {
  constexpr std::size_t kMinTemplates = 16;
  constexpr std::size_t kMaxEvents = 1'000'000;  // of memory: about 70 bytes each, twice
  std::size_t count =
      std::max((mix.EventsOfOneRound() + batch_events - 1) / batch_events, kMinTemplates);
  count = std::min(count, std::max(kMinTemplates, kMaxEvents / batch_events));
  // The mix repeats after ten events; whole tens keep its shares exact.
  count = (count + 9) / 10 * 10;
  templates_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) templates_.emplace_back(mix, batch_events);
}

grpc::ByteBuffer MakeRequest(const std::string& department, const std::string& producer,
                             std::uint64_t sequence, const grpc::Slice& events) {
  ioc::v1::PushRequest head;
  head.set_department(department);
  head.set_producer(producer);
  head.set_sequence(sequence);
  head.set_simulated(true);
  const std::array<grpc::Slice, 2> slices = {grpc::Slice(head.SerializeAsString()), events};
  return grpc::ByteBuffer(slices.data(), slices.size());
}

}  // namespace iocsim

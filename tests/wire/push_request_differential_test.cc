// Holds the hand-made reader against Protobuf's own: over random messages, and over the same with
// bytes changed, both take the same ones and read the same content.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "ioc/v1/ingest.pb.h"
#include "wire/push_request_view.h"

namespace iocd::wire {
namespace {

using domain::RawEvent;

class RequestMaker {
 public:
  explicit RequestMaker(std::uint32_t seed) : random_(seed) {}

  std::uint32_t Below(std::uint32_t bound) { return random_() % bound; }
  bool Maybe() { return Below(2) == 0; }

  ioc::v1::PushRequest Request() {
    ioc::v1::PushRequest request;
    if (Maybe()) request.set_department(Text());
    if (Maybe()) request.set_producer(Text());
    if (Maybe()) request.set_sequence(Number());
    if (Maybe()) request.set_batch_id(Text());
    request.set_simulated(Maybe());
    request.set_validate_only(Maybe());
    for (std::uint32_t n = Below(5); n > 0; --n) *request.add_events() = Event();
    return request;
  }

  /// Changes a few bytes, or cuts, or joins the message with another.
  std::string Mutated(std::string bytes) {
    switch (Below(4)) {
      case 0:
        return bytes.substr(0, bytes.empty() ? 0 : Below(static_cast<std::uint32_t>(bytes.size())));
      case 1:
        return bytes + Request().SerializeAsString();
      case 2:
        if (!bytes.empty())
          bytes.insert(Below(static_cast<std::uint32_t>(bytes.size())), 1, Byte());
        return bytes;
      default:
        for (std::uint32_t n = 1 + Below(3); n > 0 && !bytes.empty(); --n) {
          bytes[Below(static_cast<std::uint32_t>(bytes.size()))] = Byte();
        }
        return bytes;
    }
  }

 private:
  char Byte() {
    // Tags, lengths and ends of varints are the bytes that matter.
    constexpr std::uint8_t kTelling[] = {0x00, 0x01, 0x02, 0x0A, 0x12, 0x1A, 0x22, 0x29, 0x2A,
                                         0x2B, 0x2C, 0x31, 0x32, 0x39, 0x42, 0x7F, 0x80, 0xFF};
    return static_cast<char>(Maybe() ? kTelling[Below(sizeof kTelling)] : Below(256));
  }
  std::uint64_t Number() { return (std::uint64_t{random_()} << 32 | random_()) >> Below(64); }
  double Double() {
    const std::uint64_t bits = Number();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  std::string Text() {
    std::string text;
    const char* pieces[] = {"stttt", "hồ sơ", "_", "dossiers_received", "\xF0\x9F\x8C\x8A"};
    for (std::uint32_t n = Below(4); n > 0; --n) text += pieces[Below(5)];
    return text;
  }
  ioc::v1::Event Event() {
    ioc::v1::Event event;
    if (Maybe()) event.set_indicator(Text());
    if (Maybe()) event.set_department(Text());
    if (Maybe()) event.set_member(Text());
    if (Maybe()) event.mutable_event_time()->set_seconds(static_cast<std::int64_t>(Number()));
    if (Maybe()) event.mutable_event_time()->set_nanos(static_cast<std::int32_t>(Number()));
    if (Maybe()) event.set_value(Double());
    if (Maybe()) event.mutable_ratio()->set_numerator(Double());
    if (Maybe()) event.mutable_ratio()->set_denominator(Double());
    if (Maybe()) event.set_weight(Double());
    if (Maybe()) event.set_reference(Text());
    return event;
  }

  std::mt19937 random_;
};

/// As a message of Protobuf's, so that the two compare byte by byte (NaN included).
ioc::v1::Event ToProto(const RawEvent& raw) {
  ioc::v1::Event event;
  event.set_indicator(std::string(raw.indicator));
  event.set_department(std::string(raw.department));
  event.set_member(std::string(raw.member));
  if (raw.has_time) {
    event.mutable_event_time()->set_seconds(raw.seconds);
    event.mutable_event_time()->set_nanos(raw.nanos);
  }
  if (raw.measure == RawEvent::Measure::kValue) event.set_value(raw.value);
  if (raw.measure == RawEvent::Measure::kParts) {
    event.mutable_ratio()->set_numerator(raw.numerator);
    event.mutable_ratio()->set_denominator(raw.denominator);
  }
  if (raw.weight) event.set_weight(*raw.weight);
  event.set_reference(std::string(raw.reference));
  return event;
}

/// False if the reader refuses the bytes.
bool ReadWithOurs(const std::string& bytes, ioc::v1::PushRequest* request) {
  const auto view = PushRequestView::Parse(bytes);
  if (!view.ok()) return false;
  request->set_department(std::string(view->department()));
  request->set_producer(std::string(view->producer()));
  if (const auto* sequence = std::get_if<eventlog::Sequence>(&view->key())) {
    request->set_sequence(*sequence);
  } else if (const auto* id = std::get_if<std::string>(&view->key())) {
    request->set_batch_id(*id);
  }
  request->set_simulated(view->simulated());
  request->set_validate_only(view->validate_only());
  return view
      ->ForEachEvent(
          [&](std::uint32_t, const RawEvent& event) { *request->add_events() = ToProto(event); })
      .ok();
}

/// Without unknown fields, which ours does not keep.
std::string Known(ioc::v1::PushRequest request) {
  request.DiscardUnknownFields();
  return request.SerializeAsString();
}

::testing::AssertionResult Agree(const std::string& bytes) {
  ioc::v1::PushRequest theirs, ours;
  const bool they_take = theirs.ParseFromString(bytes);
  const bool we_take = ReadWithOurs(bytes, &ours);
  if (they_take != we_take) {
    return ::testing::AssertionFailure()
           << "Protobuf " << (they_take ? "takes" : "refuses")
           << " and we do not agree: " << ::testing::PrintToString(bytes);
  }
  if (they_take && Known(theirs) != Known(ours)) {
    return ::testing::AssertionFailure() << "read differently:\n"
                                         << theirs.DebugString() << "---\n"
                                         << ours.DebugString();
  }
  return ::testing::AssertionSuccess();
}

TEST(PushRequestDifferentialTest, ReadsRandomMessagesAsProtobufDoes) {
  RequestMaker maker(1);
  for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(Agree(maker.Request().SerializeAsString()));
}

TEST(PushRequestDifferentialTest, TakesAndRefusesMutatedMessagesAsProtobufDoes) {
  RequestMaker maker(2);
  int taken = 0;
  constexpr int kMessages = 60'000;
  for (int i = 0; i < kMessages; ++i) {
    std::string bytes = maker.Mutated(maker.Request().SerializeAsString());
    if (maker.Maybe()) bytes = maker.Mutated(std::move(bytes));
    ASSERT_TRUE(Agree(bytes)) << i;
    ioc::v1::PushRequest request;
    taken += request.ParseFromString(bytes);
  }
  // Both outcomes were met often.
  EXPECT_GT(taken, kMessages / 10);
  EXPECT_LT(taken, kMessages * 9 / 10);
}

TEST(PushRequestDifferentialTest, AgreesOnEveryOneByteChangeOfAMessage) {
  ioc::v1::PushRequest request;
  request.set_department("a");
  request.set_producer("p");
  request.set_sequence(300);
  ioc::v1::Event* event = request.add_events();
  event->set_indicator("flow");
  event->mutable_event_time()->set_seconds(1'700'000'000);
  event->set_value(0.5);
  event->set_reference("Đ-1");
  const std::string bytes = request.SerializeAsString();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(value);
      ASSERT_TRUE(Agree(changed)) << at;
    }
  }
}

}  // namespace
}  // namespace iocd::wire

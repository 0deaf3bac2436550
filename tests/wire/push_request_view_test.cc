#include "wire/push_request_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ioc/v1/ingest.pb.h"

namespace iocd::wire {
namespace {

using ::testing::HasSubstr;

std::string Serialized(const ioc::v1::PushRequest& request) { return request.SerializeAsString(); }

std::string Groups(int count) { return std::string(count, '\x4B') + std::string(count, '\x4C'); }

bool ProtobufParses(const std::string& bytes) {
  ioc::v1::PushRequest request;
  return request.ParseFromString(bytes);
}

absl::Status ReadAll(const std::string& bytes) {
  auto view = PushRequestView::Parse(bytes);
  if (!view.ok()) return view.status();
  return view->ForEachEvent([](std::uint32_t, const domain::RawEvent&) {});
}

TEST(PushRequestViewTest, FindsTheSenderWhereverItStands) {
  ioc::v1::PushRequest events, sender;
  events.add_events()->set_indicator("flow");
  sender.set_department("a");
  sender.set_sequence(7);
  const std::string bytes = Serialized(events) + Serialized(sender) + Serialized(events);
  const auto view = PushRequestView::Parse(bytes);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->department(), "a");
  EXPECT_EQ(view->key(), eventlog::BatchKey(eventlog::Sequence{7}));
  EXPECT_EQ(view->event_count(), 2U);
}

TEST(PushRequestViewTest, TheLastOfSequenceAndBatchIdWins) {
  ioc::v1::PushRequest sequence, id;
  sequence.set_sequence(7);
  id.set_batch_id("x");
  EXPECT_EQ(PushRequestView::Parse(Serialized(sequence) + Serialized(id))->key(),
            eventlog::BatchKey(std::string("x")));
  EXPECT_EQ(PushRequestView::Parse(Serialized(id) + Serialized(sequence))->key(),
            eventlog::BatchKey(eventlog::Sequence{7}));
}

TEST(PushRequestViewTest, AValueBetweenTwoRatiosClearsTheFirst) {
  ioc::v1::Event numerator, value, denominator;
  numerator.mutable_ratio()->set_numerator(1);
  value.set_value(5);
  denominator.mutable_ratio()->set_denominator(2);
  const std::string bytes =
      numerator.SerializeAsString() + value.SerializeAsString() + denominator.SerializeAsString();
  domain::RawEvent event;
  ASSERT_EQ(ReadEvent(bytes, &event), "");
  EXPECT_EQ(event.measure, domain::RawEvent::Measure::kParts);
  EXPECT_EQ(event.numerator, 0);
  EXPECT_EQ(event.denominator, 2);
}

TEST(PushRequestViewTest, NamesTheEventAndFieldThatIsNotUtf8) {
  ioc::v1::PushRequest request;
  for (int i = 0; i < 18; ++i) request.add_events()->set_reference("good");
  std::string bytes = Serialized(request);
  bytes.replace(bytes.rfind("good"), 4,
                "ba\xFF"
                "d");
  const absl::Status status = ReadAll(bytes);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "events[17].reference is not valid UTF-8");
}

TEST(PushRequestViewTest, SaysWhereTheMessageIsBroken) {
  ioc::v1::PushRequest request;
  request.set_department("a");
  EXPECT_THAT(std::string(ReadAll(Serialized(request) + "\xFF").message()),
              HasSubstr("malformed at byte 3"));
  EXPECT_THAT(std::string(ReadAll("{\"department\":\"a\"}").message()),
              HasSubstr("not an ioc.v1.PushRequest"));
}

TEST(PushRequestViewTest, SkipsGroupsAsDeepAsProtobufDoes) {
  for (const int depth : {1, 97, 98, 99, 100, 101, 102}) {
    const std::string groups = Groups(depth);
    EXPECT_EQ(ReadAll(groups).ok(), ProtobufParses(groups)) << depth;

    std::string in_event = "\x2A";
    in_event += groups.size() < 128 ? std::string{static_cast<char>(groups.size())}
                                    : std::string{static_cast<char>(groups.size() | 0x80), '\x01'};
    in_event += groups;
    EXPECT_EQ(ReadAll(in_event).ok(), ProtobufParses(in_event)) << depth;
  }
}

TEST(PushRequestViewTest, TakesAnEmptyMessage) {
  const auto view = PushRequestView::Parse("");
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->event_count(), 0U);
}

}  // namespace
}  // namespace iocd::wire

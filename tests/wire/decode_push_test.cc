#include "wire/decode_push.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "eventlog/batch_record.h"
#include "ioc/v1/ingest.pb.h"
#include "support/test_catalogue.h"
#include "wire/push_response.h"

namespace iocd::wire {
namespace {

using ::testing::HasSubstr;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'732'000'000);

class DecodePushTest : public ::testing::Test {
 protected:
  static ioc::v1::PushRequest Request(int events = 1) {
    ioc::v1::PushRequest request;
    request.set_department("a");
    request.set_producer("mot-cua");
    request.set_sequence(1);
    for (int i = 0; i < events; ++i) {
      ioc::v1::Event* event = request.add_events();
      event->set_indicator("flow");
      event->mutable_event_time()->set_seconds(kNow.nanos / 1'000'000'000);
      event->set_value(1);
    }
    return request;
  }

  absl::StatusOr<engine::Batch> Decode(const std::string& bytes) {
    return DecodePush(bytes, {catalogue_, kNow, demo_, rights_, gate_}, &head_);
  }
  absl::StatusOr<engine::Batch> Decode(const ioc::v1::PushRequest& request) {
    return Decode(request.SerializeAsString());
  }
  /// The words of a refusal of the whole call.
  std::string Refused(const ioc::v1::PushRequest& request,
                      absl::StatusCode code = absl::StatusCode::kInvalidArgument) {
    const auto batch = Decode(request);
    EXPECT_EQ(batch.status().code(), code);
    return std::string(batch.status().message());
  }

  domain::Catalogue catalogue_ = testing::TestCatalogue();
  bool demo_ = false;
  const domain::SendingRights* rights_ = nullptr;
  BatchGate* gate_ = nullptr;
  PushHead head_;
};

TEST_F(DecodePushTest, NobodySendsAsAnotherDepartment) {
  domain::SendingRights rights;
  rights.sender = "b-system";
  rights.department = "b";
  rights.for_all = true;
  rights_ = &rights;
  EXPECT_EQ(Refused(Request(), absl::StatusCode::kPermissionDenied),
            "'b-system' sends as department 'b'; this says 'a'");
  ioc::v1::PushRequest request = Request();
  request.set_department("b");
  EXPECT_EQ(Decode(request)->accepted, 1u);
}

TEST_F(DecodePushTest, AnEventOutsideTheGrantIsRefusedAlone) {
  domain::SendingRights rights;
  rights.sender = "a-system";
  rights.department = "a";
  rights_ = &rights;
  ioc::v1::PushRequest request = Request(2);
  request.mutable_events(1)->set_department("b");
  const auto batch = Decode(request);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->accepted, 1u);
  ASSERT_EQ(batch->refusals.size(), 1u);
  EXPECT_EQ(batch->refusals[0].index, 1u);
  EXPECT_EQ(batch->refusals[0].code, domain::RefusalCode::kNotPermitted);
}

class RecordingGate final : public BatchGate {
 public:
  absl::Status Admit(absl::string_view department, std::size_t events) override {
    asked += absl::StrCat(department, " ", events, ";");
    return answer;
  }
  std::string asked;
  absl::Status answer;
};

TEST_F(DecodePushTest, TheGateIsAskedOnceTheRulesOfTheCallHold) {
  RecordingGate gate;
  gate_ = &gate;
  ioc::v1::PushRequest wrong = Request();
  wrong.set_department("nobody");
  Refused(wrong);
  EXPECT_EQ(gate.asked, "");
  EXPECT_TRUE(Decode(Request(3)).ok());
  EXPECT_EQ(gate.asked, "a 3;");
  gate.answer = absl::ResourceExhaustedError("too much");
  EXPECT_EQ(Refused(Request(), absl::StatusCode::kResourceExhausted), "too much");
}

TEST_F(DecodePushTest, AnIndicatorThatCountsEachReferenceOnceNeedsOne) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.indicators[0].count_once_by_reference = true;  // flow
  catalogue_ = domain::Catalogue(std::move(data));
  ioc::v1::PushRequest request = Request(3);
  request.mutable_events(1)->set_reference("HS-1");
  request.mutable_events(2)->set_reference("HS-2");
  request.mutable_events(2)->set_indicator("duration");
  const auto batch = Decode(request);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->accepted, 2U);
  EXPECT_EQ(batch->arrival, kNow);
  ASSERT_EQ(batch->refusals.size(), 1U);
  EXPECT_EQ(batch->refusals[0].code, domain::RefusalCode::kInvalidValue);
  EXPECT_EQ(batch->refusals[0].message,
            "reference is missing: indicator 'flow' counts each reference once; give the code of "
            "the source record");
  ASSERT_EQ(batch->references.size(), 1U) << "only those that count once are looked up";
  EXPECT_EQ(batch->record[batch->references[0].flags_offset], 2);
}

TEST_F(DecodePushTest, WritesAcceptedEventsAndRefusalsIntoTheRecord) {
  ioc::v1::PushRequest request = Request(3);
  request.mutable_events(0)->set_reference("HS-1");
  request.mutable_events(1)->set_indicator("nothing");
  const auto batch = Decode(request);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->accepted, 2U);
  ASSERT_EQ(batch->refusals.size(), 1U);
  EXPECT_EQ(batch->refusals[0].index, 1U);
  EXPECT_EQ(batch->refusals[0].code, domain::RefusalCode::kUnknownIndicator);
  EXPECT_EQ(batch->producer, "mot-cua");
  EXPECT_EQ(batch->key, eventlog::BatchKey(eventlog::Sequence{1}));
  EXPECT_EQ(batch->content, eventlog::HashContent(request.SerializeAsString()));
  EXPECT_THAT(batch->record, HasSubstr("HS-1"));
}

TEST_F(DecodePushTest, SaysWhichDepartmentIsUnknown) {
  ioc::v1::PushRequest request = Request();
  request.clear_department();
  EXPECT_THAT(Refused(request), HasSubstr("department is missing"));
  request.set_department("nowhere");
  EXPECT_EQ(Refused(request), "department 'nowhere' is not in the catalogue of test");
  request.set_department("x");
  EXPECT_EQ(Refused(request), "department 'x' is not in the catalogue of test; did you mean 'a'?");
}

TEST_F(DecodePushTest, AsksForAProducerOfUpTo64Bytes) {
  ioc::v1::PushRequest request = Request();
  request.clear_producer();
  EXPECT_THAT(Refused(request), HasSubstr("producer is missing"));
  request.set_producer(std::string(65, 'p'));
  EXPECT_THAT(Refused(request), HasSubstr("65 bytes long; at most 64"));
  request.set_producer(std::string(64, 'p'));
  EXPECT_TRUE(Decode(request).ok());
}

TEST_F(DecodePushTest, CountsTheCharactersOfABatchId) {
  ioc::v1::PushRequest request = Request();
  request.set_batch_id("");
  EXPECT_THAT(Refused(request), HasSubstr("batch_id is empty"));
  std::string id;
  for (int i = 0; i < 64; ++i) id += "ở";
  request.set_batch_id(id);
  EXPECT_TRUE(Decode(request).ok());
  request.set_batch_id(id + "x");
  EXPECT_THAT(Refused(request), HasSubstr("65 characters; at most 64"));
}

TEST_F(DecodePushTest, RefusesSequenceZeroAndTakesNoKeyAtAll) {
  ioc::v1::PushRequest request = Request();
  request.set_sequence(0);
  EXPECT_THAT(Refused(request), HasSubstr("sequence is 0"));
  request.clear_key();
  EXPECT_TRUE(Decode(request).ok());
}

TEST_F(DecodePushTest, TakesTenThousandEventsAndNotOneMore) {
  EXPECT_EQ(Decode(Request(10'000))->accepted, 10'000U);
  EXPECT_EQ(Refused(Request(10'001)),
            "the batch has 10001 events; at most 10000 are allowed: split it");
}

// A batch of refused events was answered with more than the 4 MiB that gRPC clients take by
// default; its sender never saw the answer and repeated the batch for ever.
TEST_F(DecodePushTest, TheAnswerToTenThousandRefusedEventsFitsAGrpcMessage) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.member_sets[0].members.assign(12, {.code = std::string(64, 'm')});
  catalogue_ = domain::Catalogue(std::move(data));
  ioc::v1::PushRequest request = Request(limits::kMaxBatchEvents);
  for (ioc::v1::Event& event : *request.mutable_events()) event.set_indicator("stock");
  const auto batch = Decode(request);
  ASSERT_TRUE(batch.ok()) << batch.status();
  ASSERT_EQ(batch->refusals.size(), limits::kMaxBatchEvents);
  EXPECT_THAT(batch->refusals.front().message, HasSubstr("name a member"));
  EXPECT_THAT(batch->refusals.back().message, HasSubstr("earlier refusals"));
  EXPECT_EQ(batch->refusals.back().code, domain::RefusalCode::kUnknownMember);
  const auto answer = ToResponse(head_.key, {.refusals = batch->refusals}, kNow);
  EXPECT_LT(answer.ByteSizeLong(), std::size_t{4} << 20);
}

TEST_F(DecodePushTest, TakesFourMebibytesAndNotOneByteMore) {
  ioc::v1::PushRequest request = Request();
  request.mutable_events(0)->set_reference("");
  const std::string bytes = request.SerializeAsString();
  // An unknown field of many bytes fills the message up: tag, a length of four bytes, content.
  const std::size_t content = limits::kMaxBatchBytes - bytes.size() - 5;
  std::string filler = {'\x7A', static_cast<char>(0x80 | (content & 0x7F)),
                        static_cast<char>(0x80 | (content >> 7 & 0x7F)),
                        static_cast<char>(0x80 | (content >> 14 & 0x7F)),
                        static_cast<char>(content >> 21)};
  const std::string full = bytes + filler + std::string(content, 'x');
  ASSERT_EQ(full.size(), limits::kMaxBatchBytes);
  EXPECT_TRUE(Decode(full).ok()) << Decode(full).status();
  EXPECT_THAT(std::string(Decode(full + "x").status().message()), HasSubstr("4194305 bytes"));
}

TEST_F(DecodePushTest, TakesSimulatedBatchesInDemonstrationsOnly) {
  ioc::v1::PushRequest request = Request();
  request.set_simulated(true);
  EXPECT_THAT(Refused(request, absl::StatusCode::kFailedPrecondition), HasSubstr("--demo"));
  demo_ = true;
  EXPECT_TRUE(Decode(request).ok());
}

TEST_F(DecodePushTest, KnowsKeyAndSenderOfARequestThatItRefuses) {
  ioc::v1::PushRequest request = Request();
  request.set_department("x");
  request.set_producer("one of x");
  request.set_sequence(42);
  const std::string bytes = request.SerializeAsString();
  EXPECT_FALSE(Decode(bytes).ok());
  EXPECT_EQ(head_.key, eventlog::BatchKey(eventlog::Sequence{42}));
  EXPECT_EQ(head_.department, "x");
  EXPECT_EQ(head_.producer, "one of x");
  EXPECT_FALSE(Decode(std::string("\xFF")).ok());
  EXPECT_EQ(head_.key, eventlog::BatchKey(eventlog::NoKey{}));
  EXPECT_EQ(head_.department, "");
}

}  // namespace
}  // namespace iocd::wire

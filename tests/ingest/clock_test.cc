// What the gRPC doors do while the clock is in doubt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/server_fixture.h"
#include "ioc/v1/admin.grpc.pb.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

constexpr Duration kHour = Duration::Seconds(3'600);
constexpr Duration kHourBack = Duration::Seconds(-3'600);

class ClockTest : public ServerFixture {
 protected:
  void SetUp() override {
    StartServer();
    ASSERT_TRUE(Push(Request(1, 5)).status.ok());
  }

  void ExpectDoubt(const ioc::v1::PushRequest& request, const std::string& words) {
    const Reply reply = Push(request);
    EXPECT_EQ(reply.status.error_code(), grpc::StatusCode::UNAVAILABLE) << words;
    EXPECT_THAT(reply.status.error_message(), HasSubstr(words));
  }

  ioc::v1::ClockState Clock() {
    grpc::ClientContext context;
    ioc::v1::ClockState state;
    EXPECT_TRUE(Admin()->GetClock(&context, {}, &state).ok());
    return state;
  }
  ioc::v1::ClockState Confirm() {
    grpc::ClientContext context;
    ioc::v1::ClockState state;
    EXPECT_TRUE(Admin()->ConfirmClock(&context, {}, &state).ok());
    return state;
  }
  std::unique_ptr<ioc::v1::AdminService::Stub> Admin() {
    return ioc::v1::AdminService::NewStub(NewChannel());
  }
};

TEST_F(ClockTest, WhileItIsInDoubtNothingIsTaken) {
  const ioc::v1::PushRequest request = Request(2, 7);
  clock_.Jump(kHourBack);
  ExpectDoubt(request, "before the newest batch in its log arrived");
  ExpectDoubt(Request(1, 5), "nothing is taken");
  clock_.Jump(kHour);
  EXPECT_FALSE(Push(request).response.duplicate()) << "the sequence was not used";
  EXPECT_EQ(FlowOfA(), 12);
}

TEST_F(ClockTest, AStreamAnswersInPlaceAndGoesOnWhenTheClocksAgreeAgain) {
  grpc::ClientContext context;
  const auto stream = stub_->PushStream(&context);
  const ioc::v1::PushRequest request = Request(2, 7);
  clock_.Jump(kHour);
  ioc::v1::PushResponse response;
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.error().code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(response.sequence(), 2U);
  clock_.Jump(kHourBack);
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_FALSE(response.has_error());
  EXPECT_EQ(response.accepted(), 1U);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ClockTest, AnOperatorConfirmsThePresentTime) {
  EXPECT_FALSE(Clock().in_doubt());
  clock_.Jump(kHourBack);
  const ioc::v1::ClockState doubted = Clock();
  EXPECT_TRUE(doubted.in_doubt());
  EXPECT_THAT(doubted.doubt(), HasSubstr("1 h 0 min"));
  EXPECT_EQ(doubted.expected_time().seconds() - doubted.wall_time().seconds(), 3'600);
  EXPECT_EQ(doubted.newest_arrival().seconds(), 1'732'000'000);

  const ioc::v1::ClockState confirmed = Confirm();
  EXPECT_FALSE(confirmed.in_doubt());
  EXPECT_EQ(confirmed.expected_time().seconds(), confirmed.wall_time().seconds());
  EXPECT_TRUE(Push(Request(2, 7)).status.ok());
  EXPECT_FALSE(Clock().in_doubt());
}

TEST_F(ClockTest, ARestartBehindTheLogIsInDoubtUntilABatchOfTheConfirmedTimeIsTaken) {
  clock_.Jump(kHourBack);
  Confirm();
  const auto restart = [this] {
    StopServer();
    StopEngine();
    StartServer();
  };
  restart();
  ExpectDoubt(Request(2, 7), "before the newest batch in its log arrived");
  Confirm();
  ASSERT_TRUE(Push(Request(2, 7)).status.ok());
  restart();
  EXPECT_TRUE(Push(Request(3, 7)).status.ok());
}

TEST_F(ClockTest, ResumeAnswersAllTheSame) {
  clock_.Jump(kHourBack);
  grpc::ClientContext context;
  ioc::v1::ResumeRequest request;
  request.set_department("a");
  request.set_producer("mot-cua");
  ioc::v1::ResumeResponse response;
  EXPECT_TRUE(stub_->Resume(&context, request, &response).ok());
  EXPECT_EQ(response.last_sequence(), 1U);
}

}  // namespace
}  // namespace iocd::ingest

// Resume over a real gRPC connection, and what the contract says of sequences that lie far back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class ResumeTest : public ServerFixture {
 protected:
  void SetUp() override { StartServer(); }

  struct Resumed {
    grpc::Status status;
    ioc::v1::ResumeResponse response;

    std::vector<std::pair<std::uint64_t, std::uint64_t>> Gaps() const {
      std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps;
      for (const auto& gap : response.gaps()) gaps.emplace_back(gap.first(), gap.last());
      return gaps;
    }
  };
  Resumed Resume(const std::string& department = "a", const std::string& producer = "mot-cua") {
    ioc::v1::ResumeRequest request;
    request.set_department(department);
    request.set_producer(producer);
    Resumed resumed;
    grpc::ClientContext context;
    resumed.status = stub_->Resume(&context, request, &resumed.response);
    return resumed;
  }

  /// Pushes so many batches, `step` sequences apart, without waiting for each.
  void PushMany(std::uint64_t count, std::uint64_t step) {
    grpc::ClientContext context;
    const auto stream = stub_->PushStream(&context);
    std::thread writer([&] {
      for (std::uint64_t i = 1; i <= count; ++i) {
        if (!stream->Write(Request(i * step))) break;
      }
      stream->WritesDone();
    });
    ioc::v1::PushResponse response;
    std::uint64_t accepted = 0;
    while (stream->Read(&response)) accepted += response.accepted();
    writer.join();
    EXPECT_TRUE(stream->Finish().ok());
    ASSERT_EQ(accepted, count);
  }
};

TEST_F(ResumeTest, TellsTheHighestSequenceAndTheGapsAlsoAfterARestart) {
  for (const std::uint64_t sequence : {2, 3, 7}) ASSERT_TRUE(Push(Request(sequence)).status.ok());
  for (int start = 0; start < 2; ++start) {
    const Resumed resumed = Resume();
    ASSERT_TRUE(resumed.status.ok()) << resumed.status.error_message();
    EXPECT_EQ(resumed.response.last_sequence(), 7U);
    EXPECT_EQ(resumed.response.closed_through(), 0U);
    EXPECT_THAT(resumed.Gaps(), ElementsAre(Pair(1, 1), Pair(4, 6)));
    StopServer();
    StopEngine();
    StartServer();
  }
  ASSERT_TRUE(Push(Request(1)).status.ok()) << "what lies in a gap is still taken";
  EXPECT_THAT(Resume().Gaps(), ElementsAre(Pair(4, 6)));
}

TEST_F(ResumeTest, AProducerThatNeverSentBeginsAtOne) {
  ASSERT_TRUE(Push(Request(5)).status.ok());
  for (const auto& [department, producer] : {std::pair{"a", "other"}, std::pair{"b", "mot-cua"}}) {
    const Resumed resumed = Resume(department, producer);
    ASSERT_TRUE(resumed.status.ok()) << resumed.status.error_message();
    EXPECT_EQ(resumed.response.last_sequence(), 0U);
    EXPECT_THAT(resumed.Gaps(), IsEmpty());
  }
}

TEST_F(ResumeTest, SaysWhoIsUnknownInTheWordsOfPush) {
  const auto expect_refused = [](const Resumed& resumed, const std::string& words) {
    EXPECT_EQ(resumed.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(resumed.status.error_message(), HasSubstr(words));
  };
  expect_refused(Resume("", "mot-cua"), "department is missing");
  expect_refused(Resume("nowhere", "mot-cua"), "department 'nowhere' is not in the catalogue");
  expect_refused(Resume("a", ""), "producer is missing");
  expect_refused(Resume("a", std::string(65, 'p')), "at most 64");
}

TEST_F(ResumeTest, AStoppedEngineIsUnavailable) {
  engine_->Stop();
  EXPECT_EQ(Resume().status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ResumeTest, ASequenceInAClosedGapIsAFailedPrecondition) {
  PushMany(limits::kMaxSequenceRanges + 1, 2);
  const Reply closed = Push(Request(3));
  EXPECT_EQ(closed.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(closed.status.error_message(), HasSubstr("gaps up to 3 are closed"));
  const Resumed resumed = Resume();
  EXPECT_EQ(resumed.response.closed_through(), 3U);
  ASSERT_EQ(resumed.response.gaps_size(), static_cast<int>(limits::kMaxSequenceRanges) - 1);
  EXPECT_EQ(resumed.response.gaps(0).first(), 5U);
  EXPECT_TRUE(Push(Request(5)).status.ok()) << "the oldest gap that is open";
}

TEST_F(ResumeTest, ARepeatOlderThanWhatIsRememberedIsADuplicateWithoutItsAnswer) {
  PushMany(limits::kRememberedSequences + 1, 1);
  const Reply expired = Push(Request(1));
  ASSERT_TRUE(expired.status.ok()) << expired.status.error_message();
  EXPECT_TRUE(expired.response.duplicate());
  EXPECT_TRUE(expired.response.answer_expired());
  EXPECT_EQ(expired.response.accepted(), 0U);
  const Reply remembered = Push(Request(2));
  EXPECT_TRUE(remembered.response.duplicate());
  EXPECT_FALSE(remembered.response.answer_expired());
  EXPECT_EQ(FlowOfA(), static_cast<double>(limits::kRememberedSequences + 1));
}

}  // namespace
}  // namespace iocd::ingest

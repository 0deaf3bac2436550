// An indicator that counts each reference once, over a real gRPC connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

class CountOnceTest : public ServerFixture {
 protected:
  void SetUp() override {
    catalogue_data_.indicators[0].count_once_by_reference = true;  // flow
    StartServer();
  }

  ioc::v1::PushRequest WithReferences(std::uint64_t sequence,
                                      std::initializer_list<const char*> references) {
    ioc::v1::PushRequest request = Request(sequence);
    request.clear_events();
    for (const char* reference : references) {
      *request.add_events() = ValidEvent();
      request.mutable_events(request.events_size() - 1)->set_reference(reference);
    }
    return request;
  }
};

TEST_F(CountOnceTest, TellsWhatWasAlreadyCountedAndWhatHasNoReference) {
  EXPECT_EQ(Push(WithReferences(1, {"HS-1", "HS-2"})).response.accepted(), 2U);
  const Reply reply = Push(WithReferences(2, {"HS-2", "HS-3", "", "HS-3"}));
  ASSERT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_FALSE(reply.response.duplicate());
  EXPECT_EQ(reply.response.accepted(), 1U);
  EXPECT_EQ(reply.response.already_counted(), 2U);
  ASSERT_EQ(reply.response.rejected_size(), 1);
  EXPECT_EQ(reply.response.rejected(0).index(), 2U);
  EXPECT_EQ(reply.response.rejected(0).code(), ioc::v1::INVALID_VALUE);
  EXPECT_THAT(reply.response.rejected(0).message(), HasSubstr("counts each reference once"));
  EXPECT_EQ(FlowOfA(), 3);
}

TEST_F(CountOnceTest, ADuplicateBatchIsAnsweredAsThenAfterARestart) {
  Push(WithReferences(1, {"HS-1"}));
  Push(WithReferences(2, {"HS-1", "HS-2"}));
  StopServer();
  StopEngine();
  StartServer();
  const Reply repeat = Push(WithReferences(2, {"HS-1", "HS-2"}));
  EXPECT_TRUE(repeat.response.duplicate());
  EXPECT_EQ(repeat.response.accepted(), 1U);
  EXPECT_EQ(repeat.response.already_counted(), 1U);
  EXPECT_EQ(Push(WithReferences(3, {"HS-2"})).response.already_counted(), 1U);
  EXPECT_EQ(FlowOfA(), 2);
}

// The log says what counted, so a change of the catalogue changes nothing of the past.
TEST_F(CountOnceTest, SwitchingTheOptionLeavesWhatWasCountedAsItIs) {
  Push(WithReferences(1, {"HS-1", "HS-1"}));
  StopServer();
  StopEngine();
  catalogue_data_.indicators[0].count_once_by_reference = false;
  StartServer();
  EXPECT_EQ(FlowOfA(), 1);
  EXPECT_EQ(Push(WithReferences(2, {"HS-1", ""})).response.accepted(), 2U);
  EXPECT_EQ(FlowOfA(), 3);
}

TEST_F(CountOnceTest, ValidateOnlyTellsItToo) {
  Push(WithReferences(1, {"HS-1"}));
  ioc::v1::PushRequest trial = WithReferences(2, {"HS-1", "HS-2"});
  trial.set_validate_only(true);
  const Reply reply = Push(trial);
  EXPECT_EQ(reply.response.accepted(), 1U);
  EXPECT_EQ(reply.response.already_counted(), 1U);
  EXPECT_EQ(FlowOfA(), 1);
}

}  // namespace
}  // namespace iocd::ingest

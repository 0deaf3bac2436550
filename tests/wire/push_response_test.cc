#include "wire/push_response.h"

#include <gtest/gtest.h>

#include <string>

namespace iocd::wire {
namespace {

constexpr Timestamp kNow{1'732'000'000'250'000'000};

TEST(PushResponseTest, RepeatsTheKeyAndTellsTheClock) {
  EXPECT_EQ(EmptyResponse(eventlog::Sequence{9}, kNow).sequence(), 9U);
  EXPECT_EQ(EmptyResponse(std::string("id"), kNow).batch_id(), "id");
  const ioc::v1::PushResponse without = EmptyResponse(eventlog::NoKey{}, kNow);
  EXPECT_EQ(without.key_case(), ioc::v1::PushResponse::KEY_NOT_SET);
  EXPECT_EQ(without.server_time().seconds(), 1'732'000'000);
  EXPECT_EQ(without.server_time().nanos(), 250'000'000);
}

TEST(PushResponseTest, NamesEveryRefusal) {
  engine::Answer answer;
  answer.duplicate = true;
  answer.accepted = 3;
  answer.already_counted = 2;
  answer.refusals.push_back({2, domain::RefusalCode::kInFuture, "too early"});
  const ioc::v1::PushResponse response = ToResponse(eventlog::NoKey{}, answer, kNow);
  EXPECT_TRUE(response.duplicate());
  EXPECT_FALSE(response.answer_expired());
  EXPECT_EQ(response.accepted(), 3U);
  EXPECT_EQ(response.already_counted(), 2U);
  ASSERT_EQ(response.rejected_size(), 1);
  EXPECT_EQ(response.rejected(0).index(), 2U);
  EXPECT_EQ(response.rejected(0).code(), ioc::v1::IN_FUTURE);
  EXPECT_EQ(response.rejected(0).message(), "too early");
}

TEST(PushResponseTest, PutsTheDelayIntoTheErrorOfAStream) {
  const ioc::v1::Error error = ToError(absl::ResourceExhaustedError("full"), Duration::Seconds(2));
  EXPECT_EQ(error.code(), 8);
  EXPECT_EQ(error.message(), "full");
  EXPECT_EQ(error.retry_after().seconds(), 2);
  EXPECT_FALSE(ToError(absl::UnavailableError("x"), std::nullopt).has_retry_after());
}

}  // namespace
}  // namespace iocd::wire

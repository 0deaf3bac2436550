#include "access/quota_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace iocd::access {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kMiB = 1024 * 1024;

Quotas Small() {
  Quotas quotas;
  quotas.usual = {
      .events_per_second = 100, .burst_events = 1'000, .in_flight_bytes = 4 * kMiB, .streams = 2};
  quotas.in_flight_bytes = 6 * kMiB;
  return quotas;
}

Duration Millis(std::int64_t millis) { return {millis * 1'000'000}; }

class QuotaKeeperTest : public ::testing::Test {
 protected:
  QuotaKeeper::Verdict Begin(absl::string_view department, std::uint64_t events, Duration at = {},
                             std::uint64_t bytes = 0) {
    return keeper_.BeginBatch(department, events, bytes, at);
  }
  void ExpectRefused(const QuotaKeeper::Verdict& verdict, const std::string& why) {
    EXPECT_TRUE(absl::IsResourceExhausted(verdict.status)) << verdict.status;
    EXPECT_THAT(std::string(verdict.status.message()), HasSubstr(why));
    EXPECT_GT(verdict.retry_after, Duration{});
  }

  QuotaKeeper keeper_{Small()};
};

TEST_F(QuotaKeeperTest, TakesABurstAndThenTheRate) {
  EXPECT_TRUE(Begin("a", 1'000).status.ok());
  const auto refused = Begin("a", 50);
  ExpectRefused(refused, "department 'a' sends more than 100 events per second, or 1000 at once");
  EXPECT_EQ(refused.retry_after, Millis(500));
  EXPECT_TRUE(Begin("a", 50, Millis(500)).status.ok());
  ExpectRefused(Begin("a", 1, Millis(500)), "100 events");
  EXPECT_TRUE(Begin("a", 1'000, Duration::Seconds(100)).status.ok()) << "rested";
  ExpectRefused(Begin("a", 11, Millis(100'100)), "100 events");
}

TEST_F(QuotaKeeperTest, ARefusedBatchUsesNothing) {
  EXPECT_TRUE(Begin("a", 990).status.ok());
  ExpectRefused(Begin("a", 20), "events per second");
  EXPECT_TRUE(Begin("a", 10).status.ok());
}

TEST_F(QuotaKeeperTest, EachDepartmentHasItsOwn) {
  EXPECT_TRUE(Begin("a", 1'000).status.ok());
  ExpectRefused(Begin("a", 1), "'a'");
  EXPECT_TRUE(Begin("b", 1'000).status.ok());
}

TEST_F(QuotaKeeperTest, TakesABatchThatIsLargerThanTheBurstAfterARest) {
  Quotas quotas = Small();
  quotas.usual.burst_events = 10;
  keeper_.Replace(quotas);
  EXPECT_TRUE(Begin("a", 10'000).status.ok());
  ExpectRefused(Begin("a", 10'000), "events per second");
  EXPECT_TRUE(Begin("a", 10'000, Millis(100)).status.ok());
}

TEST_F(QuotaKeeperTest, HoldsWhatIsInFlightWithinBothBounds) {
  EXPECT_TRUE(Begin("a", 1, {}, 3 * kMiB).status.ok());
  ExpectRefused(Begin("a", 1, {}, 2 * kMiB), "department 'a' has 4 MiB of batches");
  EXPECT_TRUE(Begin("b", 1, {}, 3 * kMiB).status.ok());
  ExpectRefused(Begin("c", 1, {}, 1), "the daemon holds 6 MiB of batches");
  keeper_.EndBatch("a", 3 * kMiB);
  EXPECT_TRUE(Begin("c", 1, {}, 1).status.ok());
}

TEST_F(QuotaKeeperTest, TakesABatchThatIsAloneWhateverItsSize) {
  EXPECT_TRUE(Begin("a", 1, {}, 7 * kMiB).status.ok());
}

TEST_F(QuotaKeeperTest, BoundsTheStreamsOfADepartment) {
  EXPECT_TRUE(keeper_.BeginStream("a").status.ok());
  EXPECT_TRUE(keeper_.BeginStream("a").status.ok());
  ExpectRefused(keeper_.BeginStream("a"), "department 'a' has 2 streams open");
  EXPECT_TRUE(keeper_.BeginStream("b").status.ok());
  keeper_.EndStream("a");
  EXPECT_TRUE(keeper_.BeginStream("a").status.ok());
}

TEST_F(QuotaKeeperTest, BoundsTheStreamsOfAll) {
  Quotas quotas = Small();
  quotas.streams = 3;
  keeper_.Replace(quotas);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(keeper_.BeginStream("").status.ok());
  ExpectRefused(keeper_.BeginStream("a"), "the daemon has 3 streams open");
  keeper_.EndStream("");
  EXPECT_TRUE(keeper_.BeginStream("a").status.ok());
}

TEST_F(QuotaKeeperTest, OtherQuotasHoldFromTheNextBatchOn) {
  EXPECT_TRUE(Begin("a", 1'000).status.ok());
  Quotas quotas = Small();
  quotas.departments["a"] = {.events_per_second = 1e6, .burst_events = 1e6};
  keeper_.Replace(quotas);
  EXPECT_TRUE(Begin("a", 1'000, Millis(1)).status.ok());
  EXPECT_TRUE(Begin("b", 1'000).status.ok());
  ExpectRefused(Begin("b", 1'000), "'b'");
}

}  // namespace
}  // namespace iocd::access

#include "memory_guard.h"

#include <gtest/gtest.h>

namespace iocd {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

class MemoryGuardTest : public ::testing::Test {
 protected:
  bool Takes() {
    const bool takes = quotas_.BeginBatch("stp", 1, 1, {}).status.ok();
    if (takes) quotas_.EndBatch("stp", 1);
    return takes;
  }
  void SetBound(std::uint64_t bytes) {
    access::Quotas quotas;
    quotas.memory_bytes = bytes;
    quotas_.Replace(quotas);
  }

  std::uint64_t held_ = 10 * kMiB, freed_ = 0;
  access::QuotaKeeper quotas_{{}};
  exposition::DaemonMetrics metrics_;
  MemoryGuard guard_{
      quotas_, metrics_, {[this] { return held_ + freed_; }, [this] { freed_ = 0; }}, 100 * kMiB};
};

TEST_F(MemoryGuardTest, TakesNothingBeyondTheBoundUntilBelowItAgain) {
  guard_.Look();
  EXPECT_TRUE(Takes());
  held_ = 101 * kMiB;
  guard_.Look();
  EXPECT_FALSE(Takes());
  EXPECT_FALSE(quotas_.BeginStream("stp").status.ok());
  held_ = 100 * kMiB;
  guard_.Look();
  EXPECT_TRUE(Takes());
}

TEST_F(MemoryGuardTest, GivesBackWhatWasFreedBeforeItRefuses) {
  freed_ = 95 * kMiB;
  guard_.Look();
  EXPECT_TRUE(Takes());
  EXPECT_EQ(freed_, 0u);
}

TEST_F(MemoryGuardTest, KeepsWhatWasFreedWhileThereIsRoom) {
  freed_ = 90 * kMiB;
  guard_.Look();
  EXPECT_EQ(freed_, 90 * kMiB);
}

TEST_F(MemoryGuardTest, HoldsTheBoundThatTheOperatorHasSet) {
  SetBound(9 * kMiB);
  guard_.Look();
  const auto refused = quotas_.BeginBatch("stp", 1, 1, {});
  EXPECT_TRUE(absl::IsResourceExhausted(refused.status));
  EXPECT_GT(refused.retry_after, Duration{});
  SetBound(11 * kMiB);
  guard_.Look();
  EXPECT_TRUE(Takes());
}

}  // namespace
}  // namespace iocd

#include "ioc/client/backoff.h"

#include "gtest/gtest.h"

namespace ioc::client {
namespace {

BackoffOptions Options() {
  return {.initial = absl::Milliseconds(100),
          .maximum = absl::Milliseconds(500),
          .multiplier = 2,
          .jitter = 0.5};
}

TEST(BackoffTest, GrowsUpToItsMaximum) {
  Backoff backoff(Options(), [] { return 0.0; });
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(200));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(400));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(500));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(500));
}

TEST(BackoffTest, IsShortenedByARandomPartOfAtMostTheJitter) {
  Backoff backoff(Options(), [] { return 0.5; });
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(75));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(150));
}

TEST(BackoffTest, StartsAgainAfterASuccess) {
  Backoff backoff(Options(), [] { return 0.0; });
  backoff.Next();
  backoff.Next();
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
}

}  // namespace
}  // namespace ioc::client

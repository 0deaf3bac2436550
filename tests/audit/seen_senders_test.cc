#include "audit/seen_senders.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace iocd::audit {
namespace {

TEST(SeenSendersTest, KnowsWhomItWasToldOf) {
  SeenSenders seen;
  const auto key = seen.KeyOf("", "10.0.0.1", "stp", "mot-cua");
  EXPECT_FALSE(seen.Knows(key));
  EXPECT_TRUE(seen.Remember(key));
  EXPECT_TRUE(seen.Knows(key));
  EXPECT_FALSE(seen.Remember(key));
}

TEST(SeenSendersTest, TellsEveryPartApart) {
  const SeenSenders seen;
  const auto key = seen.KeyOf("a", "b", "c", "d");
  EXPECT_EQ(key, seen.KeyOf("a", "b", "c", "d"));
  EXPECT_NE(key, seen.KeyOf("x", "b", "c", "d"));
  EXPECT_NE(key, seen.KeyOf("a", "x", "c", "d"));
  EXPECT_NE(key, seen.KeyOf("a", "b", "x", "d"));
  EXPECT_NE(key, seen.KeyOf("a", "b", "c", "x"));
  EXPECT_NE(seen.KeyOf("ab", "c", "", ""), seen.KeyOf("a", "bc", "", ""));
}

TEST(SeenSendersTest, TakesEveryoneForKnownOnceItIsFull) {
  SeenSenders seen;
  std::size_t remembered = 0;
  for (std::size_t i = 0; i < 2 * SeenSenders::kMost; ++i) {
    if (seen.Remember(seen.KeyOf("", absl::StrCat(i), "", ""))) ++remembered;
  }
  EXPECT_EQ(remembered, SeenSenders::kMost);
  EXPECT_TRUE(seen.Knows(seen.KeyOf("", "a stranger", "", "")));
}

TEST(SeenSendersTest, TellsOneThreadAloneThatASenderIsNew) {
  SeenSenders seen;
  std::atomic<int> news{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        const auto key = seen.KeyOf("", absl::StrCat(i), "", "");
        if (!seen.Knows(key) && seen.Remember(key)) ++news;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(news, 1'000);
}

}  // namespace
}  // namespace iocd::audit

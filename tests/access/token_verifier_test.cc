#include "access/token_verifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <string>
#include <vector>

namespace iocd::access {
namespace {

using Verdict = TokenVerifier::Verdict;

constexpr char kHash[] = "$the hash of 'right'";

/// Tokens are words here: comparing with a real hash is slow on purpose, and token_test.cc does it.
class TokenVerifierTest : public ::testing::Test {
 protected:
  Verdict Verify(const std::string& token, Duration at = {}, const std::string& hash = kHash,
                 const std::string& address = "10.1.2.3") {
    return verifier_.Verify(token, hash, address, at);
  }

  std::atomic<int> compared_ = 0;
  std::function<void()> while_comparing_ = [] {};
  TokenVerifier verifier_{[this](absl::string_view token, const std::string& hash) {
    ++compared_;
    while_comparing_();
    return token == "right" && hash == kHash;
  }};
};

TEST_F(TokenVerifierTest, ComparesARightTokenOnce) {
  EXPECT_EQ(Verify("right"), Verdict::kRight);
  EXPECT_EQ(Verify("right"), Verdict::kRight);
  EXPECT_EQ(compared_, 1);
}

TEST_F(TokenVerifierTest, RemembersATokenForItsOwnHashAlone) {
  EXPECT_EQ(Verify("right"), Verdict::kRight);
  EXPECT_EQ(Verify("right", {}, "another hash"), Verdict::kWrong);
}

TEST_F(TokenVerifierTest, LetsAHashRestForTheAddressOfTooManyWrongTokens) {
  const Duration last_second = Duration::Seconds(59);
  for (int i = 0; i < TokenVerifier::kMostWrongInAMinute; ++i) {
    EXPECT_EQ(Verify("wrong", last_second), Verdict::kWrong);
  }
  EXPECT_EQ(Verify("wrong", last_second), Verdict::kResting);
  EXPECT_EQ(Verify("right", last_second), Verdict::kResting);
  EXPECT_EQ(compared_, TokenVerifier::kMostWrongInAMinute);
  EXPECT_EQ(Verify("wrong", last_second, "another hash"), Verdict::kWrong);
  EXPECT_EQ(Verify("right", last_second, kHash, "10.1.2.4"), Verdict::kRight);
  EXPECT_EQ(Verify("right", last_second), Verdict::kRight) << "what is known already goes on";
  EXPECT_EQ(Verify("wrong", Duration::Seconds(60)), Verdict::kWrong)
      << "the next minute it is tried again";
}

TEST_F(TokenVerifierTest, ComparesOneAtATimeAndLetsFewWait) {
  std::promise<void> begun, go_on;
  std::atomic<int> at_a_time = 0, most = 0;
  while_comparing_ = [&] {
    most = std::max<int>(most, ++at_a_time);
    if (compared_ == 1) {
      begun.set_value();
      go_on.get_future().wait();
    }
    --at_a_time;
  };
  std::future<Verdict> first = std::async(std::launch::async, [&] { return Verify("right"); });
  begun.get_future().wait();
  // Of these as many wait as may; the others are told so while the first is still compared.
  constexpr int kOthers = 5;
  std::atomic<int> busy = 0;
  std::promise<void> all_busy;
  std::vector<std::future<Verdict>> others;
  for (int i = 0; i < kOthers; ++i) {
    others.push_back(std::async(std::launch::async, [&, i] {
      const Verdict verdict = Verify("wrong" + std::to_string(i));
      if (verdict == Verdict::kBusy && ++busy == kOthers - TokenVerifier::kMostWaiting) {
        all_busy.set_value();
      }
      return verdict;
    }));
  }
  all_busy.get_future().wait();
  EXPECT_EQ(compared_, 1);
  go_on.set_value();
  EXPECT_EQ(first.get(), Verdict::kRight);
  int wrong = 0;
  for (auto& other : others) wrong += other.get() == Verdict::kWrong;
  EXPECT_EQ(wrong, TokenVerifier::kMostWaiting);
  EXPECT_EQ(most, 1);
}

}  // namespace
}  // namespace iocd::access

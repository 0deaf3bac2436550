#include "access/token_verifier.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "access/token.h"

namespace iocd::access {
namespace {

using Verdict = TokenVerifier::Verdict;

class TokenVerifierTest : public ::testing::Test {
 protected:
  const std::string token_ = NewToken();
  const std::string hash_ = HashToken(token_).value();
  TokenVerifier verifier_;
};

TEST_F(TokenVerifierTest, KnowsTheTokenAgain) {
  EXPECT_EQ(verifier_.Verify(token_, hash_, {}), Verdict::kRight);
  EXPECT_EQ(verifier_.Verify(token_, hash_, {}), Verdict::kRight);
}

TEST_F(TokenVerifierTest, RemembersATokenForItsOwnHashAlone) {
  EXPECT_EQ(verifier_.Verify(token_, hash_, {}), Verdict::kRight);
  EXPECT_EQ(verifier_.Verify(token_, HashToken(NewToken()).value(), {}), Verdict::kWrong);
}

TEST_F(TokenVerifierTest, LetsAHashRestAfterTooManyWrongTokens) {
  const std::string new_token = NewToken();
  const std::string new_hash = HashToken(new_token).value();
  EXPECT_EQ(verifier_.Verify(token_, hash_, {}), Verdict::kRight);
  for (int i = 0; i < TokenVerifier::kMostWrongInAMinute; ++i) {
    EXPECT_EQ(verifier_.Verify(NewToken(), hash_, Duration::Seconds(59)), Verdict::kWrong);
  }
  EXPECT_EQ(verifier_.Verify(NewToken(), hash_, Duration::Seconds(59)), Verdict::kBusy);
  EXPECT_EQ(verifier_.Verify(token_, hash_, Duration::Seconds(59)), Verdict::kRight)
      << "what is known already goes on";
  EXPECT_EQ(verifier_.Verify(new_token, new_hash, Duration::Seconds(59)), Verdict::kRight)
      << "other tokens are not concerned";
  EXPECT_EQ(verifier_.Verify(NewToken(), hash_, Duration::Seconds(60)), Verdict::kWrong)
      << "the next minute it is tried again";
}

TEST_F(TokenVerifierTest, AnswersEveryoneAndLetsFewWait) {
  std::atomic<int> right = 0, busy = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&] {
      const Verdict verdict = verifier_.Verify(token_, hash_, {});
      right += verdict == Verdict::kRight;
      busy += verdict == Verdict::kBusy;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right + busy, 20);
  EXPECT_GE(right, 1);
}

}  // namespace
}  // namespace iocd::access

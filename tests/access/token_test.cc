#include "access/token.h"

#include <gtest/gtest.h>

#include <string>

namespace iocd::access {
namespace {

TEST(TokenTest, IsNewEachTimeAndNamesItsHash) {
  const std::string token = NewToken();
  EXPECT_NE(token, NewToken());
  EXPECT_EQ(token.size(), 60u);
  const auto id = TokenId(token);
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(*id, token.substr(4, 12));
}

TEST(TokenTest, MatchesItsOwnHashAlone) {
  const std::string token = NewToken();
  const auto hash = HashToken(token);
  ASSERT_TRUE(hash.has_value());
  EXPECT_TRUE(IsTokenHash(*hash));
  EXPECT_EQ(hash->find(token.substr(17)), std::string::npos) << "the secret stands in the hash";
  EXPECT_TRUE(TokenMatches(token, *hash));
  std::string other = token;
  other.back() = other.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(TokenMatches(other, *hash));
  EXPECT_FALSE(TokenMatches("", *hash));
}

TEST(TokenTest, HasAFixedForm) {
  const std::string token = NewToken();
  EXPECT_FALSE(TokenId("").has_value());
  EXPECT_FALSE(TokenId(token + "a").has_value());
  EXPECT_FALSE(TokenId("iod" + token.substr(3)).has_value());
  std::string bad = token;
  bad[4] = 'G';
  EXPECT_FALSE(TokenId(bad).has_value());
  bad = token;
  bad[16] = '-';
  EXPECT_FALSE(TokenId(bad).has_value());
  bad = token;
  bad[20] = '\0';
  EXPECT_FALSE(TokenId(bad).has_value());
}

TEST(TokenTest, KnowsAHashThatCostsAsMuchAsItsOwn) {
  EXPECT_FALSE(IsTokenHash(""));
  EXPECT_FALSE(IsTokenHash("secret"));
  EXPECT_FALSE(IsTokenHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo"));
  EXPECT_FALSE(IsTokenHash(std::string(200, 'a')));
}

}  // namespace
}  // namespace iocd::access

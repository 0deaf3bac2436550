#include "base/listen_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace iocd {
namespace {

using ::testing::HasSubstr;

TEST(ListenAddressTest, ReadsHostAndPort) {
  const auto v4 = ParseListenAddress("127.0.0.1:7443");
  ASSERT_TRUE(v4.ok());
  EXPECT_EQ(v4->host, "127.0.0.1");
  EXPECT_EQ(v4->port, 7443);
  EXPECT_TRUE(v4->IsLoopback());
  const auto v6 = ParseListenAddress("[::1]:0");
  ASSERT_TRUE(v6.ok());
  EXPECT_EQ(v6->host, "::1");
  EXPECT_EQ(v6->ToText(), "[::1]:0");
  EXPECT_TRUE(v6->IsLoopback());
  EXPECT_TRUE(ParseListenAddress("localhost:1")->IsLoopback());
  EXPECT_FALSE(ParseListenAddress("0.0.0.0:1")->IsLoopback());
  EXPECT_FALSE(ParseListenAddress("127.evil.example:1")->IsLoopback());
}

TEST(ListenAddressTest, SaysWhatIsWrong) {
  EXPECT_THAT(std::string(ParseListenAddress("7443").status().message()), HasSubstr("no port"));
  EXPECT_THAT(std::string(ParseListenAddress(":7443").status().message()), HasSubstr("no host"));
  EXPECT_THAT(std::string(ParseListenAddress("::1:7443").status().message()),
              HasSubstr("brackets"));
  for (const char* text : {"h:65536", "h:-1", "h:", "h:x", "h:+1", "h: 1"}) {
    EXPECT_THAT(std::string(ParseListenAddress(text).status().message()), HasSubstr("0 to 65535"));
  }
}

}  // namespace
}  // namespace iocd

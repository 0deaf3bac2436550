#include "access/network.h"

#include <gtest/gtest.h>

namespace iocd::access {
namespace {

bool Contains(absl::string_view network, const std::string& address) {
  const auto parsed = Network::Parse(network);
  EXPECT_TRUE(parsed.has_value()) << network;
  return parsed && parsed->Contains(address);
}

TEST(NetworkTest, ContainsTheAddressesOfItsPrefix) {
  EXPECT_TRUE(Contains("10.1.0.0/16", "10.1.255.255"));
  EXPECT_FALSE(Contains("10.1.0.0/16", "10.2.0.0"));
  EXPECT_TRUE(Contains("10.1.2.128/25", "10.1.2.200"));
  EXPECT_FALSE(Contains("10.1.2.128/25", "10.1.2.127"));
  EXPECT_TRUE(Contains("127.0.0.1/32", "127.0.0.1"));
  EXPECT_FALSE(Contains("127.0.0.1/32", "127.0.0.2"));
  EXPECT_TRUE(Contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_TRUE(Contains("fd00::/8", "fd12::1"));
  EXPECT_FALSE(Contains("fd00::/8", "fe80::1"));
}

TEST(NetworkTest, TakesAnIpv4AddressThatComesMappedIntoIpv6) {
  EXPECT_TRUE(Contains("10.1.0.0/16", "::ffff:10.1.2.3"));
  EXPECT_FALSE(Contains("0.0.0.0/0", "fd12::1"));
}

TEST(NetworkTest, IsWrittenAsInTheFileAndTheSameForTheSameAddresses) {
  for (const char* text : {"10.1.0.0/16", "127.0.0.1/32", "0.0.0.0/0", "fd00::/8", "::/0"}) {
    EXPECT_EQ(Network::Parse(text)->ToText(), text);
  }
  EXPECT_EQ(Network::Parse("::ffff:10.1.0.0/112")->ToText(), "10.1.0.0/16");
  EXPECT_EQ(Network::Parse("fd00:0::/8")->ToText(), "fd00::/8");
}

TEST(NetworkTest, ContainsNothingThatIsNoAddress) {
  EXPECT_FALSE(Contains("0.0.0.0/0", ""));
  EXPECT_FALSE(Contains("0.0.0.0/0", "localhost"));
  EXPECT_FALSE(Contains("0.0.0.0/0", "10.1.2.3:80"));
}

TEST(NetworkTest, RefusesWhatIsNoNetwork) {
  for (const char* text : {"", "10.1.0.0", "10.1.0.0/", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.1/16",
                           "10.1.0.0/a", "10.1/16", "fd00::/129", "fd00::1/8", "all/0"}) {
    EXPECT_FALSE(Network::Parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace iocd::access

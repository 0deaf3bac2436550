#include "door/grpc_credentials.h"

#include <gtest/gtest.h>

namespace iocd::door {
namespace {

TEST(PeerAddressTest, IsTheAddressWithoutSchemeBracketsAndPort) {
  EXPECT_EQ(PeerAddress("ipv4:10.1.2.3:40000"), "10.1.2.3");
  EXPECT_EQ(PeerAddress("ipv6:%5B::1%5D:40000"), "::1");
  EXPECT_EQ(PeerAddress("ipv6:[2001:db8::7]:40000"), "2001:db8::7");
  EXPECT_EQ(PeerAddress("unix:/run/iocd"), "unix:/run/iocd");
  EXPECT_EQ(PeerAddress(""), "");
}

}  // namespace
}  // namespace iocd::door

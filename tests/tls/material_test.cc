#include "tls/material.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/certificates.h"
#include "support/temporary_directory.h"

namespace iocd::tls {
namespace {

using ::testing::HasSubstr;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'732'000'000);

class MaterialTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = directory_.File(name);
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(chmod(path.c_str(), 0600), 0);
    return path;
  }

  const testing::TemporaryDirectory directory_;
  const testing::Authority authority_;
  const testing::IssuedCertificate server_ = authority_.Issue({});
  const std::string ca_ = Write("ca.crt", authority_.certificate());
  TlsFiles files_{Write("server.crt", server_.certificate), Write("server.key", server_.key), ""};
};

TEST_F(MaterialTest, IsReadyForConnections) {
  const auto material = LoadMaterial(files_, kNow);
  ASSERT_TRUE(material.ok()) << material.status();
  EXPECT_NE((*material)->context, nullptr);
  EXPECT_EQ((*material)->client_ca, "");
}

TEST_F(MaterialTest, HoldsTheAuthoritiesOfTheClients) {
  files_.client_ca = ca_;
  const auto material = LoadMaterial(files_, kNow);
  ASSERT_TRUE(material.ok()) << material.status();
  EXPECT_EQ((*material)->client_ca, authority_.certificate());
}

TEST_F(MaterialTest, EveryFileIsLookedAt) {
  files_.client_ca = directory_.File("none.crt");
  EXPECT_TRUE(absl::IsNotFound(LoadMaterial(files_, kNow).status()));
  files_ = {directory_.File("none.crt"), files_.key, ""};
  EXPECT_TRUE(absl::IsNotFound(LoadMaterial(files_, kNow).status()));
}

TEST_F(MaterialTest, TheStoreGivesTheNewest) {
  const auto first = LoadMaterial(files_, kNow);
  const auto second = LoadMaterial(files_, kNow);
  TlsStore store(*first);
  EXPECT_EQ(store.Current(), *first);
  EXPECT_TRUE(store.Replace(*second).ok());
  EXPECT_EQ(store.Current(), *second);
}

TEST_F(MaterialTest, TheStoreRefusesToBeginOrEndAskingForCertificates) {
  const auto without = LoadMaterial(files_, kNow);
  files_.client_ca = ca_;
  const auto with = LoadMaterial(files_, kNow);
  TlsStore store(*without);
  const absl::Status refused = store.Replace(*with);
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("restart iocd"));
  EXPECT_EQ(store.Current(), *without);
}

}  // namespace
}  // namespace iocd::tls

#include "tls/material.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <fstream>
#include <utility>

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
  store.Replace(*second);
  EXPECT_EQ(store.Current(), *second);
}

// Of a reload that put client_ca in, the renewed certificate was once left out without a word.
TEST_F(MaterialTest, TheStoreTakesACertificateThoughItGoesOnAskingClientsAsItDid) {
  const TlsFiles without = files_;
  TlsFiles with = files_;
  with.client_ca = ca_;
  const testing::IssuedCertificate renewed = authority_.Issue({});
  for (const auto& [started, changed] : {std::pair(without, with), std::pair(with, without)}) {
    Write("server.crt", server_.certificate);
    Write("server.key", server_.key);
    const TlsStore store(*LoadMaterial(started, kNow));
    Write("server.crt", renewed.certificate);
    Write("server.key", renewed.key);
    const auto next = store.LoadNext(changed, kNow);
    ASSERT_TRUE(next.ok()) << next.status();
    EXPECT_EQ(next->material->own.certificate, renewed.certificate);
    EXPECT_EQ(next->material->client_ca, store.Current()->client_ca);
    EXPECT_EQ(SSL_CTX_get_verify_mode(next->material->context.get()),
              started.client_ca.empty() ? SSL_VERIFY_NONE : SSL_VERIFY_PEER);
  }
}

TEST_F(MaterialTest, TheStoreTakesOtherAuthorities) {
  files_.client_ca = ca_;
  const TlsStore store(*LoadMaterial(files_, kNow));
  const testing::Authority other;
  Write("ca.crt", other.certificate());
  EXPECT_EQ(store.LoadNext(files_, kNow)->material->client_ca, other.certificate());
  Write("ca.crt", "");
  EXPECT_FALSE(store.LoadNext(files_, kNow).ok());
}

TEST_F(MaterialTest, TheStoreKeepsWhatHasEndedWhileItIsAtWork) {
  const testing::CertificateWishes ending{.not_after = kNow + Duration::Days(1)};
  const Timestamp later = kNow + Duration::Days(2);
  const testing::Authority authority(ending);
  const testing::IssuedCertificate server = authority_.Issue(ending);
  Write("server.crt", server.certificate);
  Write("server.key", server.key);
  files_.client_ca = Write("ca.crt", authority.certificate());
  const TlsStore store(*LoadMaterial(files_, kNow));
  EXPECT_TRUE(store.LoadNext(files_, kNow)->objection.ok());

  auto next = store.LoadNext(files_, later);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_THAT(std::string(next->objection.message()), HasSubstr("have it renewed"));
  EXPECT_EQ(next->material->own.certificate, server.certificate);
  EXPECT_TRUE(LoadMaterial(files_, later, store.Current().get()).ok());
  EXPECT_FALSE(LoadMaterial(files_, later).ok()) << "a start refuses it";

  // Another one that has ended is a mistake, and so is what else is wrong.
  Write("server.crt", authority_.Issue(ending).certificate);
  EXPECT_FALSE(store.LoadNext(files_, later).ok());
  Write("server.crt", server.certificate);
  Write("ca.crt", testing::Authority(ending).certificate());
  EXPECT_FALSE(store.LoadNext(files_, later).ok());
  Write("ca.crt", authority.certificate());
  Write("server.key", server_.key);
  EXPECT_FALSE(store.LoadNext(files_, later).ok());
}

}  // namespace
}  // namespace iocd::tls

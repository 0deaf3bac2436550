#include "tls/peer_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/certificates.h"

namespace iocd::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

absl::StatusOr<PeerCertificate> Parsed(const testing::CertificateWishes& wishes) {
  return ParsePem(testing::Authority().Issue(wishes).certificate);
}

TEST(PeerCertificateTest, HoldsTheUrisInOrderAndNoOtherNames) {
  const auto parsed = Parsed(
      {.uris = {"ioc://son_la/department/stp", "ioc://son_la/name/b"}, .addresses = {"127.0.0.1"}});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->uris, ElementsAre("ioc://son_la/department/stp", "ioc://son_la/name/b"));
}

TEST(PeerCertificateTest, HasNoUrisWhereTheCertificateHasNone) {
  const auto parsed = Parsed({});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->uris, IsEmpty());
}

TEST(PeerCertificateTest, TellsTimesAndSubject) {
  const Timestamp begin = Timestamp::FromSeconds(1'700'000'000);
  const Timestamp end = Timestamp::FromSeconds(1'800'000'000);
  const auto parsed =
      Parsed({.common_name = "Sở Tư pháp, \n", .not_before = begin, .not_after = end});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->not_before, begin);
  EXPECT_EQ(parsed->not_after, end);
  // What would disturb a line of a log is escaped.
  EXPECT_EQ(parsed->subject, "CN=S\\E1\\BB\\9F T\\C6\\B0 ph\\C3\\A1p\\, \\0A");
}

TEST(PeerCertificateTest, TakesAnEndThatNoTimestampHoldsAsFarAway) {
  const auto parsed = Parsed({.not_after = Timestamp::FromSeconds(9'200'000'000)});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->not_after, Timestamp::FromSeconds(8'835'955'200));
}

TEST(PeerCertificateTest, TheFingerprintIsThatOfOpenssl) {
  // openssl x509 -fingerprint -sha256, without its colons and in lower case.
  constexpr char kPem[] = R"(-----BEGIN CERTIFICATE-----
MIIBhDCCASmgAwIBAgIUJvjO82W7/Qh6g4wP7WumqlEkW5gwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZmluZ2VycHJpbnQwIBcNMjYxMTI2MDkzOTM3WhgPMjEyNjEx
MDIwOTM5MzdaMBYxFDASBgNVBAMMC2ZpbmdlcnByaW50MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEUB2YyaSFK9pT3yZEN5fmyiovMbmF1wGqh5mjrFn1b3CWTLHo
BQ4WmbWFOas3yKLknX3GsuhzjlEmUt37UmN+b6NTMFEwHQYDVR0OBBYEFJO3wdf4
BmU7cRHWZ8NaW67wkJd4MB8GA1UdIwQYMBaAFJO3wdf4BmU7cRHWZ8NaW67wkJd4
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAMQu5swpf3zqY7NB
P3k54v0YdUe/UT7SPc7Kw+DPHxO1AiEA3e22sTZa2HvjPzusM5UICn1tx37WAJq5
ob7ALuU7yfU=
-----END CERTIFICATE-----
)";
  const auto parsed = ParsePem(kPem);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->fingerprint,
            "72d913fb85f1e3fb425a946609d4eeb71d91da3859b121d46d55f231df58a9fc");
}

TEST(PeerCertificateTest, TwoCertificatesHaveTwoFingerprints) {
  const testing::Authority authority;
  const auto one = ParsePem(authority.Issue({}).certificate);
  const auto other = ParsePem(authority.Issue({}).certificate);
  EXPECT_THAT(one->fingerprint, MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(one->fingerprint.size(), 64);
  EXPECT_NE(one->fingerprint, other->fingerprint);
}

TEST(PeerCertificateTest, AUriWithANulIsAnErrorAndIsNotCut) {
  const std::string uri("ioc://son_la/department/stp\0.example", 36);
  const auto parsed = Parsed({.uris = {"ioc://son_la/department/a", uri}});
  ASSERT_TRUE(absl::IsInvalidArgument(parsed.status())) << parsed.status();
  EXPECT_THAT(std::string(parsed.status().message()),
              HasSubstr("\"ioc://son_la/department/stp\\x00.example\", is not printable ASCII"));
}

TEST(PeerCertificateTest, AUriThatIsNotPrintableAsciiIsAnError) {
  for (const std::string uri : {"ioc://son_la/department/sở", "ioc://son_la/department/a b",
                                "ioc://son_la/department/a\n", "\x7f", ""}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Parsed({.uris = {uri}}).status())) << uri;
  }
}

TEST(PeerCertificateTest, WhatIsNoCertificateIsAnError) {
  const std::string pem = testing::Authority().Issue({}).certificate;
  for (const std::string& text : {std::string(), std::string("hello"), pem.substr(0, 200)}) {
    const auto parsed = ParsePem(text);
    EXPECT_EQ(parsed.status(), absl::InvalidArgumentError("this is no certificate in PEM form"));
  }
}

}  // namespace
}  // namespace iocd::tls

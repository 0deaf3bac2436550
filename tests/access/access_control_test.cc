#include "access/access_control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "access/token.h"

namespace iocd::access {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'795'000'000);
constexpr Timestamp kLater = kNow + Duration::Days(30);
constexpr char kFingerprint[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

const std::string& Token() {
  static const std::string token = NewToken();
  return token;
}

const std::string& Hash() {
  static const std::string hash = HashToken(Token()).value();
  return hash;
}

Identity Sender(const std::string& department) {
  Identity identity;
  identity.name = department;
  identity.roles = {Role::kSender};
  identity.rights.sender = department;
  identity.rights.department = department;
  return identity;
}

Identity Named(const std::string& name, Role role) {
  Identity identity;
  identity.name = name;
  identity.roles = {role};
  return identity;
}

Rules::Data Data() {
  Rules::Data data;
  data.territory = "son_la";
  data.identities = {Sender("stttt"), Sender("svhttdl"), Named("wall", Role::kReader)};
  data.identities[0].tokens = {{std::string(*TokenId(Token())), Hash(), kLater}};
  data.open_metrics = {*Network::Parse("10.9.0.0/16")};
  data.open_wall = {*Network::Parse("10.8.0.0/16")};
  return data;
}

tls::PeerCertificate Certificate(const std::string& uri) {
  tls::PeerCertificate certificate;
  certificate.uris = {uri};
  certificate.fingerprint = kFingerprint;
  certificate.not_after = kLater;
  return certificate;
}

class AccessControlTest : public ::testing::Test {
 protected:
  void Change(Rules::Data data) { access_.Replace(std::make_shared<const Rules>(std::move(data))); }
  absl::StatusOr<Caller> Identify(const Credentials& credentials, Timestamp now = kNow) {
    return access_.Identify(credentials, {now, {}}, &shown_);
  }
  absl::StatusOr<Caller> ByToken(const std::string& token, Timestamp now = kNow) {
    return Identify({"10.1.2.3", "Bearer " + token, {}}, now);
  }
  absl::StatusOr<Caller> ByCertificate(const tls::PeerCertificate& certificate,
                                       Timestamp now = kNow) {
    return Identify({"10.1.2.3", "", certificate}, now);
  }
  absl::StatusOr<Caller> ByUri(const std::string& uri) { return ByCertificate(Certificate(uri)); }
  Caller Anonymous(const std::string& address) { return *Identify({address, "", {}}); }
  void ExpectRefused(const absl::StatusOr<Caller>& caller, const std::string& why) {
    ASSERT_FALSE(caller.ok());
    EXPECT_TRUE(absl::IsUnauthenticated(caller.status())) << caller.status();
    EXPECT_THAT(std::string(caller.status().message()), HasSubstr(why));
  }

  AccessControl access_{std::make_shared<const Rules>(Data())};
  std::string shown_;
};

TEST_F(AccessControlTest, WithoutRulesEveryoneMayDoEverything) {
  AccessControl open;
  Caller caller = *open.Identify({"10.1.2.3", "Bearer anything", {}}, {kNow, {}}, &shown_);
  EXPECT_EQ(caller.how(), Caller::How::kOpenMode);
  EXPECT_EQ(caller.rights(), nullptr);
  for (const Action action : kAllActions) EXPECT_TRUE(open.Check(caller, action).ok());
  EXPECT_TRUE(open.Renew(&caller, kNow).ok());
}

TEST_F(AccessControlTest, KnowsATokensOwner) {
  const auto caller = ByToken(Token());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->name(), "stttt");
  EXPECT_EQ(caller->how(), Caller::How::kToken);
  EXPECT_EQ(caller->rights()->department, "stttt");
}

TEST_F(AccessControlTest, TakesTheSchemeInAnyCase) {
  EXPECT_TRUE(Identify({"", "bEARER  " + Token() + " ", {}}).ok());
  ExpectRefused(Identify({"", "Basic c3R0dHQ6eA==", {}}), "Bearer");
}

TEST_F(AccessControlTest, RefusesAWrongTokenInTheSameWordsAsAnUnknownOne) {
  std::string wrong = Token();
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  const auto refused = ByToken(wrong);
  ExpectRefused(refused, "not known");
  for (const std::string& token : {NewToken(), std::string("x"), std::string()}) {
    EXPECT_EQ(ByToken(token).status(), refused.status());
  }
  EXPECT_THAT(std::string(refused.status().message()), Not(HasSubstr(wrong.substr(4, 12))));
}

TEST_F(AccessControlTest, RefusesATokenWhoseTimeIsOver) {
  EXPECT_TRUE(ByToken(Token(), kLater - Duration{1}).ok());
  ExpectRefused(ByToken(Token(), kLater), "the token was good until");
}

TEST_F(AccessControlTest, KnowsACertificatesName) {
  const auto department = ByUri("ioc://son_la/department/svhttdl");
  ASSERT_TRUE(department.ok()) << department.status();
  EXPECT_EQ(department->name(), "svhttdl");
  EXPECT_EQ(department->how(), Caller::How::kCertificate);
  EXPECT_TRUE(ByUri("ioc://son_la/name/wall").ok());
}

TEST_F(AccessControlTest, RefusesACertificateThatNamesNobodyHere) {
  ExpectRefused(ByUri("ioc://son_la/department/khac"), "no identity here");
  ExpectRefused(ByUri("ioc://son_la/department/wall"), "no identity here");
  ExpectRefused(ByUri("ioc://lai_chau/department/stttt"), "son_la");
  ExpectRefused(ByUri("ioc://son_la/department/"), "names nobody");
  ExpectRefused(ByUri("https://son_la/department/stttt"), "exactly one");
  tls::PeerCertificate two = Certificate("ioc://son_la/department/stttt");
  two.uris.emplace_back("ioc://son_la/department/svhttdl");
  ExpectRefused(ByCertificate(two), "exactly one");
}

TEST_F(AccessControlTest, RefusesACertificateThatCannotBeRead) {
  const absl::Status why = absl::InvalidArgumentError("a NUL stands in it");
  ExpectRefused(Identify({"", "", why}), "a NUL stands in it");
}

TEST_F(AccessControlTest, LeavesUrisOfOtherSchemesAlone) {
  tls::PeerCertificate certificate = Certificate("https://stttt.sonla.gov.vn/");
  certificate.uris.emplace_back("ioc://son_la/department/stttt");
  EXPECT_TRUE(ByCertificate(certificate).ok());
}

TEST_F(AccessControlTest, RefusesACertificateThatHasExpiredSinceItsConnectionBegan) {
  ExpectRefused(ByCertificate(Certificate("ioc://son_la/department/stttt"), kLater),
                "the certificate was good until");
}

TEST_F(AccessControlTest, RefusesWhatWasRevoked) {
  Rules::Data data = Data();
  data.revoked_certificates = {kFingerprint};
  Change(data);
  ExpectRefused(ByUri("ioc://son_la/department/stttt"), "revoked");
  EXPECT_TRUE(ByToken(Token()).ok()) << "its token is another thing";
  data = Data();
  data.identities[0].revoked = true;
  Change(data);
  ExpectRefused(ByUri("ioc://son_la/department/stttt"), "revoked");
  ExpectRefused(ByToken(Token()), "'stttt' has been revoked");
  EXPECT_TRUE(ByUri("ioc://son_la/department/svhttdl").ok());
}

TEST_F(AccessControlTest, SaysWhatWasShownForTheAudit) {
  ASSERT_TRUE(ByToken(Token()).ok());
  const std::string id(*TokenId(Token()));
  EXPECT_EQ(shown_, "token " + id + " of stttt");
  ASSERT_FALSE(ByToken("ioc_0123456789ab_" + Token().substr(17)).ok());
  EXPECT_EQ(shown_, "token 0123456789ab");
  ASSERT_FALSE(ByToken("x").ok());
  EXPECT_EQ(shown_, "");
  ASSERT_FALSE(ByUri("ioc://son_la/name/khac").ok());
  EXPECT_EQ(shown_, std::string("certificate ") + kFingerprint + " of khac");
}

TEST_F(AccessControlTest, LetsATokenRestForTheAddressFromWhichItIsGuessed) {
  std::string wrong = Token();
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  AccessControl access(
      std::make_shared<const Rules>(Data()),
      [](absl::string_view token, const std::string&) { return token == Token(); });
  const auto from = [&](const std::string& address, const std::string& token) {
    return access.Identify({address, "Bearer " + token, {}}, {kNow, {}}, &shown_).status();
  };
  for (int i = 0; i < TokenVerifier::kMostWrongInAMinute; ++i) {
    EXPECT_TRUE(absl::IsUnauthenticated(from("10.1.2.3", wrong)));
  }
  const absl::Status resting = from("10.1.2.3", Token());
  EXPECT_TRUE(absl::IsResourceExhausted(resting)) << resting;
  EXPECT_THAT(std::string(resting.message()), HasSubstr("before the next minute"));
  EXPECT_TRUE(from("10.1.2.4", Token()).ok()) << "its owner is not shut out";
}

TEST_F(AccessControlTest, ATokenDecidesWhereBothAreShown) {
  const tls::PeerCertificate certificate = Certificate("ioc://son_la/department/svhttdl");
  const auto caller = Identify({"10.1.2.3", "Bearer " + Token(), certificate});
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->name(), "stttt");
  ExpectRefused(Identify({"10.1.2.3", "Bearer x", certificate}), "not known");
}

TEST_F(AccessControlTest, SaysWhichRoleIsMissing) {
  const Caller sender = *ByToken(Token());
  EXPECT_TRUE(access_.Check(sender, Action::kSend).ok());
  const absl::Status refused = access_.Check(sender, Action::kBackup);
  EXPECT_TRUE(absl::IsPermissionDenied(refused));
  EXPECT_EQ(refused.message(),
            "'stttt' (sender) may not take a backup; that takes the role administrator");
}

TEST_F(AccessControlTest, OpensToNetworksWhatWasOpenedToThem) {
  const auto may = [&](const std::string& address, Action action) {
    const absl::Status status = access_.Check(Anonymous(address), action);
    EXPECT_TRUE(status.ok() || absl::IsUnauthenticated(status)) << status;
    return status.ok();
  };
  for (const Action action : kAllActions) {
    EXPECT_EQ(may("10.9.1.1", action), action == Action::kReadMetrics) << ActionText(action);
    EXPECT_EQ(may("10.8.1.1", action),
              action == Action::kReadFigures || action == Action::kListCatalogue)
        << ActionText(action);
    EXPECT_FALSE(may("127.0.0.1", action)) << ActionText(action);
  }
}

TEST_F(AccessControlTest, RenewsACallerWithWhatIsGrantedNow) {
  Caller caller = *ByToken(Token());
  Rules::Data data = Data();
  data.identities[0].rights.for_all = true;
  Change(data);
  EXPECT_FALSE(caller.rights()->for_all);
  EXPECT_TRUE(access_.NeedsRenewal(caller, kNow));
  EXPECT_TRUE(access_.Renew(&caller, kNow).ok());
  EXPECT_TRUE(caller.rights()->for_all);
  EXPECT_FALSE(access_.NeedsRenewal(caller, kNow));
  EXPECT_TRUE(access_.NeedsRenewal(caller, kLater));
}

TEST_F(AccessControlTest, RenewsSomeoneAnonymousByTheNetworksThatAreOpenNow) {
  Caller caller = Anonymous("10.8.0.1");
  EXPECT_FALSE(access_.NeedsRenewal(caller, kNow));
  Rules::Data data = Data();
  data.open_wall.clear();
  Change(data);
  EXPECT_TRUE(access_.NeedsRenewal(caller, kNow));
  EXPECT_TRUE(access_.Renew(&caller, kNow).ok());
  EXPECT_FALSE(access_.NeedsRenewal(caller, kNow));
  EXPECT_TRUE(absl::IsUnauthenticated(access_.Check(caller, Action::kReadFigures)));
}

TEST_F(AccessControlTest, PutsOutACertificateThatIsNoLongerOfItsDepartment) {
  Caller caller = *ByUri("ioc://son_la/department/stttt");
  Rules::Data data = Data();
  data.identities[0].rights.department = "svhttdl";
  Change(data);
  EXPECT_TRUE(absl::IsUnauthenticated(access_.Renew(&caller, kNow)));
  data = Data();
  data.territory = "lai_chau";
  Change(data);
  caller = *ByToken(Token());
  EXPECT_TRUE(access_.Renew(&caller, kNow).ok()) << "a token names no territory";
}

TEST_F(AccessControlTest, PutsOutATokenThatIsAnothersNow) {
  Caller caller = *ByToken(Token());
  Rules::Data data = Data();
  std::swap(data.identities[0].tokens, data.identities[1].tokens);
  Change(data);
  EXPECT_TRUE(absl::IsUnauthenticated(access_.Renew(&caller, kNow)));
}

TEST_F(AccessControlTest, PutsOutACallerWhoIsNoLongerKnown) {
  const Caller by_token = *ByToken(Token());
  const Caller by_certificate = *ByUri("ioc://son_la/department/stttt");
  const auto renewed = [&](Caller caller, Rules::Data data, Timestamp now = kNow) {
    Change(std::move(data));
    const absl::Status status = access_.Renew(&caller, now);
    EXPECT_TRUE(status.ok() || absl::IsUnauthenticated(status)) << status;
    return status.ok();
  };
  Rules::Data without_token = Data();
  without_token.identities[0].tokens.clear();
  EXPECT_FALSE(renewed(by_token, without_token));
  EXPECT_TRUE(renewed(by_certificate, without_token));

  Rules::Data another_secret = Data();
  another_secret.identities[0].tokens[0].hash = HashToken(NewToken()).value();
  EXPECT_FALSE(renewed(by_token, another_secret));

  Rules::Data without_identity = Data();
  without_identity.identities.erase(without_identity.identities.begin());
  EXPECT_FALSE(renewed(by_token, without_identity));
  EXPECT_FALSE(renewed(by_certificate, without_identity));

  Rules::Data revoked = Data();
  revoked.revoked_certificates = {kFingerprint};
  EXPECT_TRUE(renewed(by_token, revoked));
  EXPECT_FALSE(renewed(by_certificate, revoked));

  EXPECT_FALSE(renewed(by_token, Data(), kLater));
  EXPECT_FALSE(renewed(by_certificate, Data(), kLater));
  EXPECT_TRUE(renewed(by_token, Data()));
}

}  // namespace
}  // namespace iocd::access

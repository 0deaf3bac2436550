#include "door/doorkeeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "access/token.h"
#include "support/manual_clock.h"
#include "support/recorded_entries.h"

namespace iocd::door {
namespace {

using access::Action;
using access::Role;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'795'000'000);

const std::string& Token() {
  static const std::string token = access::NewToken();
  return token;
}

access::Rules::Data Data() {
  static const std::string hash = access::HashToken(Token()).value();
  access::Rules::Data data;
  data.territory = "son_la";
  access::Identity& sender = data.identities.emplace_back();
  sender.name = "stttt";
  sender.roles = {Role::kSender};
  sender.rights.sender = sender.rights.department = "stttt";
  sender.tokens = {{std::string(*access::TokenId(Token())), hash, {}}};
  return data;
}

class DoorkeeperTest : public ::testing::Test {
 protected:
  absl::StatusOr<CallerPtr> Admit(const std::string& token, Action action) {
    access::Credentials credentials;
    credentials.address = "10.1.2.3";
    if (!token.empty()) credentials.authorization = "Bearer " + token;
    return doorkeeper_.Admit(credentials, action, "Push");
  }

  iocd::testing::ManualClock clock_{kNow};
  iocd::testing::RecordedEntries recorded_;
  exposition::DaemonMetrics metrics_;
  access::AccessControl access_{std::make_shared<const access::Rules>(Data())};
  Doorkeeper doorkeeper_{access_, clock_, recorded_, metrics_};
};

TEST_F(DoorkeeperTest, LetsInWhoMayAndSaysWhoTheyAre) {
  const auto caller = Admit(Token(), Action::kSend);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ((*caller)->who, "stttt");
  EXPECT_EQ((*caller)->from, "10.1.2.3");
  EXPECT_EQ((*caller)->how, audit::How::kToken);
  EXPECT_EQ((*caller)->call, "Push");
  EXPECT_EQ((*caller)->identity.rights()->department, "stttt");
  EXPECT_TRUE(recorded_.All().empty());
}

TEST_F(DoorkeeperTest, RecordsWhomItTurnsAwayWithoutWhatTheyShowed) {
  const std::string wrong = access::NewToken();
  EXPECT_TRUE(absl::IsUnauthenticated(Admit(wrong, Action::kSend).status()));
  EXPECT_TRUE(absl::IsUnauthenticated(Admit("", Action::kSend).status()));
  EXPECT_TRUE(absl::IsPermissionDenied(Admit(Token(), Action::kBackup).status()));
  const auto entries = recorded_.All();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].action, audit::kIdentityRefused);
  EXPECT_EQ(entries[0].how, audit::How::kToken);
  EXPECT_EQ(entries[1].how, audit::How::kNobody);
  EXPECT_EQ(entries[2].action, audit::kPermissionRefused);
  EXPECT_EQ(entries[2].who, "stttt");
  EXPECT_EQ(entries[2].what, "take a backup");
  for (const audit::Entry& entry : entries) {
    EXPECT_EQ(entry.outcome, audit::Outcome::kRefused);
    EXPECT_EQ(entry.from, "10.1.2.3");
    EXPECT_THAT(entry.why, Not(HasSubstr(wrong.substr(4, 12))));
  }
}

TEST_F(DoorkeeperTest, TakesALongCallersNewRightsOver) {
  const CallerPtr caller = *Admit(Token(), Action::kSend);
  EXPECT_EQ(*doorkeeper_.Renew(caller, Action::kSend), caller);
  access::Rules::Data more = Data();
  more.identities[0].rights.for_all = true;
  access_.Replace(std::make_shared<const access::Rules>(more));
  const CallerPtr renewed = *doorkeeper_.Renew(caller, Action::kSend);
  EXPECT_TRUE(renewed->identity.rights()->for_all);
  EXPECT_EQ(renewed->call, "Push");
  EXPECT_EQ(*doorkeeper_.Renew(renewed, Action::kSend), renewed);
}

TEST_F(DoorkeeperTest, PutsALongCallerOutWhoIsRevokedOrLosesTheRole) {
  const CallerPtr caller = *Admit(Token(), Action::kSend);
  access::Rules::Data reader = Data();
  reader.identities[0].roles = {Role::kReader};
  access_.Replace(std::make_shared<const access::Rules>(reader));
  EXPECT_TRUE(absl::IsPermissionDenied(doorkeeper_.Renew(caller, Action::kSend).status()));
  access::Rules::Data revoked = Data();
  revoked.identities[0].revoked = true;
  access_.Replace(std::make_shared<const access::Rules>(revoked));
  EXPECT_TRUE(absl::IsUnauthenticated(doorkeeper_.Renew(caller, Action::kSend).status()));
  EXPECT_EQ(recorded_.All().back().who, "stttt");
}

}  // namespace
}  // namespace iocd::door

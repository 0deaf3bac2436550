// What a reload tells of who may do what: nothing of it may change unseen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "config/changes.h"

namespace iocd::config {
namespace {

using access::Identity;
using access::Network;
using access::Role;
using access::Rules;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kHash[] = "$argon2id$one", kOtherHash[] = "$argon2id$other";
const std::string kFingerprint(64, 'a'), kOtherFingerprint(64, 'b');
constexpr Timestamp kUntil = Timestamp::FromSeconds(1'795'000'000);

Rules::Data SomeRules() {
  Rules::Data data;
  data.territory = "here";
  Identity& sender = data.identities.emplace_back();
  sender.name = sender.rights.sender = sender.rights.department = "stp";
  sender.roles = {Role::kSender, Role::kReader};
  sender.rights.departments = {"xa", "so"};
  sender.tokens = {{"00112233445a", kHash, kUntil}, {"00112233445b", kHash, {}}};
  data.identities.push_back({.name = "wall", .roles = {Role::kReader}});
  data.revoked_certificates = {kFingerprint};
  data.open_metrics = {*Network::Parse("10.1.5.20/32"), *Network::Parse("10.1.5.21/32")};
  data.open_wall = {*Network::Parse("10.1.6.0/24")};
  return data;
}

/// What is said when `edit` is made.
std::vector<std::string> Changes(const std::function<void(Rules::Data&)>& edit) {
  Rules::Data edited = SomeRules();
  edit(edited);
  return AccessChanges(Rules(SomeRules()), Rules(std::move(edited)));
}

TEST(AccessChangesTest, WhatSaysTheSameInAnotherOrderIsNoChange) {
  EXPECT_THAT(Changes([](Rules::Data& data) {
                std::swap(data.identities[0], data.identities[1]);
                std::swap(data.identities[1].roles[0], data.identities[1].roles[1]);
                std::swap(data.identities[1].tokens[0], data.identities[1].tokens[1]);
                std::swap(data.open_metrics[0], data.open_metrics[1]);
                data.open_wall = {*Network::Parse("::ffff:10.1.6.0/120")};
              }),
              IsEmpty());
}

// A reload once said of it that the configuration says what it said before.
TEST(AccessChangesTest, WhatIsOpenWithoutAnIdentityIsTold) {
  EXPECT_THAT(Changes([](Rules::Data& data) {
                data.open_metrics.pop_back();
                data.open_wall.push_back(*Network::Parse("0.0.0.0/0"));
              }),
              ElementsAre("open.metrics is [10.1.5.20/32], was [10.1.5.20/32, 10.1.5.21/32]",
                          "open.wall is [0.0.0.0/0, 10.1.6.0/24], was [10.1.6.0/24]"));
}

TEST(AccessChangesTest, RevokedCertificatesAreTold) {
  EXPECT_THAT(
      Changes([](Rules::Data& data) { data.revoked_certificates = {kOtherFingerprint}; }),
      ElementsAre("revoked_certificates: " + kOtherFingerprint + " is new",
                  "revoked_certificates: " + kFingerprint + " is gone: it is believed again"));
}

TEST(AccessChangesTest, ATokenWithAnotherHashIsAnotherOneAndNoHashIsShown) {
  const auto changes =
      Changes([](Rules::Data& data) { data.identities[0].tokens[0].hash = kOtherHash; });
  EXPECT_THAT(changes, ElementsAre("identity 'stp': token 00112233445a is another one"));
  EXPECT_THAT(Changes([](Rules::Data& data) { data.identities.pop_back(); }),
              Each(Not(HasSubstr("argon"))));
}

TEST(AccessChangesTest, TokensThatComeGoOrEndElseAreTold) {
  EXPECT_THAT(
      Changes([](Rules::Data& data) {
        data.identities[0].tokens = {{"00112233445b", kHash, kUntil},
                                     {"00112233445c", kOtherHash, kUntil}};
      }),
      ElementsAre(
          "identity 'stp': token 00112233445b: until is " + ToLocalText(kUntil) + ", was none",
          "identity 'stp': token 00112233445c is new",
          "identity 'stp': token 00112233445c: until is " + ToLocalText(kUntil) + ", was none",
          "identity 'stp': token 00112233445a is gone"));
}

TEST(AccessChangesTest, OfSomeoneNewItIsToldWhatTheyMay) {
  EXPECT_THAT(Changes([](Rules::Data& data) {
                data.identities[1].name = "mallory";
                data.identities[1].roles = {Role::kAdministrator};
                data.identities[1].tokens = {{"00112233445c", kHash, {}}};
              }),
              ElementsAre("identity 'mallory' is new",
                          "identity 'mallory': roles is [administrator], was []",
                          "identity 'mallory': token 00112233445c is new",
                          "identity 'wall' is gone: it can do nothing any more"));
}

TEST(AccessChangesTest, EveryGrantIsTold) {
  EXPECT_THAT(Changes([](Rules::Data& data) {
                Identity& sender = data.identities[0];
                sender.roles = {Role::kSender};
                sender.rights.department = "xa";
                sender.rights.for_all = true;
                sender.rights.indicators.emplace({"users"});
                sender.rights.members.emplace();
                sender.revoked = true;
              }),
              ElementsAre("identity 'stp': roles is [sender], was [reader, sender]",
                          "identity 'stp': department is 'xa', was 'stp'",
                          "identity 'stp': sends_for is all, was [so, xa]",
                          "identity 'stp': indicators is [users], was all",
                          "identity 'stp': members is [], was all",
                          "identity 'stp': revoked is true, was false"));
}

TEST(AccessChangesTest, ATerritoryWhoseCertificatesAreBelievedIsTold) {
  EXPECT_THAT(Changes([](Rules::Data& data) { data.territory = "there"; }),
              ElementsAre("the territory that certificates name is 'there', was 'here'"));
}

}  // namespace
}  // namespace iocd::config

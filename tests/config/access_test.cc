// What the loader takes and refuses in the file of identities and in `limits`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/token.h"
#include "config/config_files.h"

namespace iocd::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kCatalogue[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
  - {code: bsl, name_vi: Báo, name_en: Newspaper, kind: dang}
member_sets:
  - {code: areas, members: [{code: moc_chau, name_vi: M, name_en: M}]}
indicators:
  - {code: users, name_vi: N, name_en: N, kind: coverage, unit: percent, direction: higher, cadence: monthly, owner: stttt}
)";

class AccessTest : public ConfigFiles {
 protected:
  std::vector<std::string> Mistakes(const std::string& access) {
    Write("access.yaml", access);
    return MistakesOf(kCatalogue, "access: access.yaml\ncatalogue: [cat.yaml]\n");
  }
  std::vector<std::string> LimitMistakes(const std::string& limits) {
    return MistakesOf(kCatalogue, "limits: " + limits + "\ncatalogue: [cat.yaml]\n");
  }
  Configuration GoodWith(const std::string& main) {
    Write("cat.yaml", kCatalogue);
    auto loaded = Load(Write("iocd.yaml", main + "\ncatalogue: [cat.yaml]\n"));
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&loaded)) {
      for (const Mistake& mistake : *mistakes) ADD_FAILURE() << mistake.ToText();
      return {Settings{}, domain::Catalogue({}), nullptr};
    }
    return std::get<Configuration>(std::move(loaded));
  }
  std::shared_ptr<const access::Rules> GoodRules(const std::string& access) {
    Write("access.yaml", access);
    return GoodWith("access: access.yaml").access;
  }
};

TEST_F(AccessTest, WithoutTheFileIsOpenMode) { EXPECT_EQ(GoodWith("").access, nullptr); }

TEST_F(AccessTest, ReadsEverythingThatAnIdentityMayHave) {
  const std::string token = access::NewToken();
  const std::string id(*access::TokenId(token));
  const std::string hash = access::HashToken(token).value();
  const auto rules = GoodRules(R"(identities:
  - name: stttt
    roles: [sender, reader]
    department: stttt
    sends_for: [bsl]
    indicators: [users]
    members: [moc_chau]
    tokens:
      - {id: )" + id + ", hash: \"" +
                               hash + R"(", until: 2027-12-31}
  - {name: one-stop, roles: [sender], department: bsl, sends_for: all, revoked: true}
  - {name: chief, roles: [administrator]}
revoked_certificates:
  - AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99
open: {metrics: [127.0.0.1/32], wall: [10.1.0.0/16]}
)");
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->territory(), "here");
  const access::Identity& stttt = *rules->Find("stttt");
  EXPECT_THAT(stttt.roles, ElementsAre(access::Role::kSender, access::Role::kReader));
  EXPECT_EQ(stttt.rights.sender, "stttt");
  EXPECT_EQ(stttt.rights.department, "stttt");
  EXPECT_TRUE(stttt.rights.AllowsDepartment("bsl"));
  EXPECT_TRUE(stttt.rights.AllowsIndicator("users"));
  EXPECT_FALSE(stttt.rights.AllowsIndicator("others"));
  EXPECT_FALSE(stttt.rights.AllowsMember(""));
  EXPECT_EQ(stttt.tokens.at(0).hash, hash);
  EXPECT_EQ(ToLocalText(*stttt.tokens.at(0).until), "2027-12-31 00:00:00+07:00");
  EXPECT_EQ(rules->FindToken(id)->identity, &stttt);
  EXPECT_TRUE(rules->Find("one-stop")->rights.for_all);
  EXPECT_TRUE(rules->Find("one-stop")->revoked);
  EXPECT_TRUE(rules->IsRevoked("aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899"));
  EXPECT_TRUE(rules->IsOpenTo("127.0.0.1", access::Action::kReadMetrics));
  EXPECT_TRUE(rules->IsOpenTo("10.1.2.3", access::Action::kReadFigures));
  EXPECT_FALSE(rules->IsOpenTo("10.1.2.3", access::Action::kReadMetrics));
}

TEST_F(AccessTest, SaysEveryMistakeWithItsPlace) {
  EXPECT_THAT(
      Mistakes(R"(identities:
  - {name: Stttt, roles: [sender], department: sttt}
  - {name: b, roles: [boss]}
  - {name: c, roles: []}
  - {name: d, roles: [reader], department: stttt}
  - {name: d, roles: [sender], department: stttt, indicators: [user], members: [moc]}
  - {name: e, roles: [sender]}
  - {name: f, roles: [reader], revoked: maybe}
revoked_certificates: [12:34]
open: {metrics: [10.1.0.1/16]}
)"),
      ElementsAre(
          AllOf(StartsWith("access.yaml:2:12: "), HasSubstr("'Stttt' is no name of an identity")),
          AllOf(StartsWith("access.yaml:2:48: there is no department 'sttt'"), HasSubstr("stttt")),
          AllOf(StartsWith("access.yaml:3:"), HasSubstr("'boss' is no role; allowed: sender")),
          AllOf(StartsWith("access.yaml:4:"), HasSubstr("'roles' names no role")),
          AllOf(StartsWith("access.yaml:5:"),
                HasSubstr("only for an identity with the role sender")),
          AllOf(
              StartsWith("access.yaml:6:12: identity 'd' stands twice; first at access.yaml:5:12")),
          AllOf(StartsWith("access.yaml:6:"), HasSubstr("there is no indicator 'user'")),
          AllOf(StartsWith("access.yaml:6:"), HasSubstr("there is no member 'moc'")),
          AllOf(StartsWith("access.yaml:7:"), HasSubstr("department")),
          AllOf(StartsWith("access.yaml:8:"), HasSubstr("true or false is allowed")),
          AllOf(StartsWith("access.yaml:9:"), HasSubstr("SHA-256 fingerprint")),
          AllOf(StartsWith("access.yaml:10:"), HasSubstr("'10.1.0.1/16' is no network"))));
}

TEST_F(AccessTest, NeverRepeatsWhatStandsInThePlaceOfAHash) {
  const std::string token = access::NewToken();
  const auto mistakes = Mistakes(
      "identities:\n  - name: a\n    roles: [reader]\n    tokens:\n"
      "      - {id: " +
      token + ", hash: " + token + ", until: soon}\n");
  EXPECT_THAT(mistakes, ElementsAre(HasSubstr("12 hexadecimal digits"),
                                    HasSubstr("never put a token itself here"),
                                    HasSubstr("'soon' is no date")));
  for (const std::string& mistake : mistakes) {
    EXPECT_THAT(mistake, Not(HasSubstr(token.substr(17))));
  }
}

TEST_F(AccessTest, RefusesATokenThatTwoIdentitiesHave) {
  const std::string token = access::NewToken();
  const std::string entry = "tokens: [{id: " + std::string(*access::TokenId(token)) + ", hash: \"" +
                            access::HashToken(token).value() + "\"}]}\n";
  EXPECT_THAT(Mistakes("identities:\n  - {name: a, roles: [reader], " + entry +
                       "  - {name: b, roles: [reader], " + entry),
              ElementsAre(HasSubstr("stands twice")));
}

TEST_F(AccessTest, RefusesAFileThatIsNotThere) {
  EXPECT_THAT(MistakesOf(kCatalogue, "access: none.yaml\ncatalogue: [cat.yaml]\n"),
              ElementsAre(StartsWith("iocd.yaml:1:9: ")));
}

TEST_F(AccessTest, ADepartmentsNameIsForItsOwnIdentity) {
  EXPECT_THAT(
      Mistakes("identities: [{name: stttt, roles: [sender], department: bsl}]\n"),
      ElementsAre(HasSubstr("'stttt' has the name of another department than it sends as")));
}

TEST_F(AccessTest, ReadsLimits) {
  const access::Quotas quotas = GoodWith(R"(limits:
  events_per_second: 5000
  burst_events: 60000
  in_flight_mib: 16
  streams: 8
  all_in_flight_mib: 256
  all_streams: 500
  memory_mib: 2048
  stream_minutes: 90
  departments:
    - {code: bsl, events_per_second: 0.5})")
                                    .settings.quotas;
  EXPECT_EQ(quotas.Of("stttt").events_per_second, 5'000);
  EXPECT_EQ(quotas.Of("stttt").burst_events, 60'000);
  EXPECT_EQ(quotas.Of("stttt").in_flight_bytes, 16u << 20);
  EXPECT_EQ(quotas.Of("stttt").streams, 8);
  EXPECT_EQ(quotas.in_flight_bytes, 256u << 20);
  EXPECT_EQ(quotas.streams, 500);
  EXPECT_EQ(quotas.memory_bytes, 2048u << 20);
  EXPECT_EQ(quotas.stream_lifetime, Duration::Seconds(90 * 60));
  EXPECT_EQ(quotas.Of("bsl").events_per_second, 0.5);
  EXPECT_EQ(quotas.Of("bsl").burst_events, 60'000);
}

TEST_F(AccessTest, RefusesLimitsThatMeanNothing) {
  EXPECT_THAT(LimitMistakes("{burst_events: 10}"),
              ElementsAre(HasSubstr("a number from 10000 to 1e+12 is allowed")));
  EXPECT_THAT(LimitMistakes("{departments: [{code: bs}]}"),
              ElementsAre(HasSubstr("there is no department 'bs'")));
  EXPECT_THAT(LimitMistakes("{departments: [{code: bsl}, {code: bsl}]}"),
              ElementsAre(HasSubstr("has limits twice")));
  EXPECT_THAT(LimitMistakes("{streams: 3}"), IsEmpty());
}

}  // namespace
}  // namespace iocd::config

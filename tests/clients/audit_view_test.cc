#include "iocctl/audit_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "iocctl/audit_filter.h"
#include "iocctl/harmless_text.h"

namespace iocctl {
namespace {

using iocd::Timestamp;
using iocd::audit::Entry;
using iocd::audit::How;
using iocd::audit::Logged;
using iocd::audit::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'795'682'480);

Logged ARefusal() {
  Logged logged;
  logged.time = Timestamp::FromSeconds(1'795'682'480);
  logged.entry.from = "10.1.2.3";
  logged.entry.how = How::kOpen;
  logged.entry.action = iocd::audit::kPushRefused;
  logged.entry.call = "Push";
  logged.entry.department = "stp";
  logged.entry.outcome = Outcome::kRefused;
  logged.entry.why = "INVALID_ARGUMENT: producer is missing";
  return logged;
}

std::vector<std::string> Texts(const Logged& logged) {
  std::vector<std::string> texts;
  for (const Cell& cell : AuditRow(logged)) texts.push_back(cell.text);
  return texts;
}

TEST(AuditViewTest, SaysWhoDidWhatFromWhereAndWhyNot) {
  EXPECT_THAT(
      Texts(ARefusal()),
      ElementsAre("2026-11-26 15:41:20+07:00", "(open)", "10.1.2.3", "push_refused", "refused",
                  "Push; department stp; INVALID_ARGUMENT: producer is missing"));
  EXPECT_EQ(AuditRow(ARefusal())[4].color, "33");
}

TEST(AuditViewTest, SaysHowOftenAndWhatIsMissing) {
  Logged logged = ARefusal();
  logged.entry.who = "mot-cua";
  logged.entry.how = How::kCertificate;
  logged.times = 41;
  logged.since = Timestamp::FromSeconds(1'795'682'440);
  logged.missing = 3;
  EXPECT_EQ(Texts(logged)[1], "mot-cua (certificate)");
  EXPECT_THAT(Texts(logged)[5],
              HasSubstr("41 times since 2026-11-26 15:40:40+07:00; 3 entries before this one not "
                        "recorded"));
}

TEST(AuditViewTest, SendsNoControlsToATerminal) {
  Logged logged = ARefusal();
  logged.entry.producer =
      "\x1b[2J\xc2\x9b"
      "31m\xe2\x80\xae";
  EXPECT_THAT(Texts(logged)[5], HasSubstr("producer ?[2J?31m?; "));
  EXPECT_EQ(HarmlessText("Sở Tư pháp, “ok” …"), "Sở Tư pháp, “ok” …");
  EXPECT_EQ(HarmlessText("\xe2"), "\xe2");
}

class AuditFilterTest : public ::testing::Test {
 protected:
  static bool Takes(const AuditShowOptions& options, const Logged& logged = ARefusal()) {
    const auto filter = AuditFilter::Make(options, kNow);
    EXPECT_TRUE(filter.ok()) << filter.status();
    return filter->Takes(logged);
  }
  static std::string Mistake(const AuditShowOptions& options) {
    return std::string(AuditFilter::Make(options, kNow).status().message());
  }
};

TEST_F(AuditFilterTest, TakesAllThatNoFlagLeavesOut) {
  EXPECT_TRUE(Takes({}));
  EXPECT_TRUE(Takes({.since = "2026-11-26T15:41:20+07:00"}));
  EXPECT_FALSE(Takes({.since = "2026-11-26T15:41:21+07:00"}));
  EXPECT_FALSE(Takes({.until = "2026-11-26T15:41:20+07:00"}));
  EXPECT_TRUE(Takes({.until = "2026-11-26T15:41:21+07:00"}));
  EXPECT_TRUE(Takes({.since = "2026-11-26", .until = "2026-11-27"}));
  EXPECT_TRUE(Takes({.action = "push_refused"}));
  EXPECT_FALSE(Takes({.action = "reload"}));
  EXPECT_TRUE(Takes({.who = ""}));
  EXPECT_FALSE(Takes({.who = "mot-cua"}));
  EXPECT_TRUE(Takes({.refused = true}));
  Logged done = ARefusal();
  done.entry.outcome = Outcome::kDone;
  EXPECT_FALSE(Takes({.refused = true}, done));
}

TEST_F(AuditFilterTest, SaysWhatIsWrongWithAFlag) {
  EXPECT_THAT(Mistake({.since = "yesterday"}), HasSubstr("--since: 'yesterday' is no time"));
  EXPECT_THAT(Mistake({.until = "x"}), HasSubstr("--until: "));
  EXPECT_THAT(Mistake({.action = "relod"}),
              HasSubstr("--action: there is no 'relod'; did you mean 'reload'?; known: start, "));
}

}  // namespace
}  // namespace iocctl

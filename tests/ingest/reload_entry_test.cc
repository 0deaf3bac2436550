// What the audit log is to say of a reload.
#include "ingest/reload_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/limits.h"
#include "support/recorded_entries.h"

namespace iocd::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ReloadEntryTest : public ::testing::Test {
 protected:
  /// The texts of the entries of one action.
  std::vector<std::string> Recorded(const std::string& action) {
    RecordReload({.who = "boss", .from = "10.1.2.3", .how = audit::How::kToken, .call = "Reload"},
                 outcome_, entries_);
    std::vector<std::string> texts;
    for (const audit::Entry& entry : entries_.Of(action)) texts.push_back(entry.what);
    return texts;
  }

  ReloadOutcome outcome_;
  testing::RecordedEntries entries_;
};

TEST_F(ReloadEntryTest, AChangeOfAccessHasAnEntryOfItsOwnBehindTheReload) {
  outcome_.changes = {"identity 'x' is new", "identity 'y' is gone", "indicator 'z' is new"};
  outcome_.access_changes = 2;
  EXPECT_THAT(Recorded(audit::kAccessChange),
              ElementsAre("identity 'x' is new", "identity 'y' is gone"));
  const auto all = entries_.All();
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].action, audit::kReload);
  EXPECT_EQ(all[0].what, "identity 'x' is new; identity 'y' is gone; indicator 'z' is new");
  EXPECT_EQ(all[1].who, "boss");
  EXPECT_EQ(all[1].call, "Reload");
  EXPECT_EQ(all[1].outcome, audit::Outcome::kDone);
}

// Of a reload that also renamed ten indicators, a new administrator once fell behind the cut.
TEST_F(ReloadEntryTest, AnyNumberOfChangesOfAccessStandsThereWhole) {
  for (int i = 0; i < 100; ++i) {
    outcome_.changes.push_back(absl::StrCat("identity 'n", i, "' is new"));
  }
  outcome_.access_changes = outcome_.changes.size();
  EXPECT_EQ(Recorded(audit::kAccessChange), outcome_.changes);
}

TEST_F(ReloadEntryTest, ALongSentenceStandsInSeveralEntriesCutBetweenWords) {
  const std::vector<std::string> codes(300, "xa_muong_la");
  const std::string sentence = absl::StrCat("sends_for is [", absl::StrJoin(codes, ", "), "]");
  outcome_.changes = {sentence};
  outcome_.access_changes = 1;
  const auto parts = Recorded(audit::kAccessChange);
  std::string whole;
  for (absl::string_view part : parts) {
    EXPECT_THAT(part, SizeIs(Le(limits::kMaxAuditSentenceBytes)));
    EXPECT_EQ(absl::ConsumePrefix(&part, "… "), !whole.empty());
    absl::StrAppend(&whole, whole.empty() ? "" : " ", absl::StripSuffix(part, " …"));
  }
  EXPECT_EQ(whole, sentence);
}

TEST_F(ReloadEntryTest, WhatIsTooLongWithoutASpaceIsWholeToo) {
  outcome_.changes = {std::string(1'000, 'x')};
  outcome_.access_changes = 1;
  EXPECT_THAT(Recorded(audit::kAccessChange),
              ElementsAre(std::string(508, 'x') + " …", "… " + std::string(492, 'x')));
}

TEST_F(ReloadEntryTest, ARefusedReloadChangesNothingAndSaysWhy) {
  outcome_.status = absl::FailedPreconditionError("the configuration has 1 mistake");
  outcome_.mistakes = {"iocd.yaml:1:1: unknown key"};
  EXPECT_THAT(Recorded(audit::kAccessChange), IsEmpty());
  EXPECT_THAT(entries_.All(), ElementsAre(Field(&audit::Entry::outcome, audit::Outcome::kRefused)));
  EXPECT_EQ(entries_.All()[0].why, "the configuration has 1 mistake: iocd.yaml:1:1: unknown key");
}

}  // namespace
}  // namespace iocd::ingest

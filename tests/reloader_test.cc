#include "reloader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <utility>

#include "support/engine_harness.h"

namespace iocd {
namespace {

using ingest::ReloadOutcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Sentences = std::vector<std::string>;

struct StartedHarness : iocd::testing::EngineHarness {
  StartedHarness() { EXPECT_TRUE(Start().ok()); }
};

/// A daemon's parts as far as a reload is about them. The files are `next_`, or `mistakes_`.
class ReloaderTest : public ::testing::Test, public ReloadObserver {
 protected:
  ReloaderTest() {
    reloader_.AddPart([this](const config::Configuration& next) -> absl::StatusOr<Reloader::Ready> {
      if (!part_mistake_.empty()) return absl::InvalidArgumentError(part_mistake_);
      const std::string territory = next.catalogue.data().territory;
      return Reloader::Ready{[this, territory] { adopted_.push_back(territory); }, part_changes_,
                             part_access_changes_};
    });
  }

  std::variant<config::Configuration, Sentences> Load() {
    ++loads_;
    if (hold_.valid()) std::exchange(hold_, {}).get();
    if (!mistakes_.empty()) return mistakes_;
    return config::Configuration{settings_, domain::Catalogue(next_)};
  }

  std::future<ReloadOutcome> Request(const std::string& asked_by) {
    auto outcome = std::make_shared<std::promise<ReloadOutcome>>();
    reloader_.Request(asked_by,
                      [outcome](const ReloadOutcome& given) { outcome->set_value(given); });
    return outcome->get_future();
  }
  ReloadOutcome Reload() { return Request("test").get(); }

  // ReloadObserver
  void ReloadBegins(const std::string& asked_by) override { asked_.push_back(asked_by); }
  void ReloadEnds(const ReloadOutcome& outcome) override {
    ended_.push_back(outcome.status.code());
  }

  const domain::CatalogueData& AtWork() { return harness_.catalogue().data(); }

  StartedHarness harness_;
  domain::CatalogueData next_ = iocd::testing::TestCatalogueData();
  config::Settings settings_;
  Sentences mistakes_, part_changes_, part_access_changes_;
  std::string part_mistake_;
  std::future<void> hold_;  // the next reading of the files waits for it
  int loads_ = 0;
  Sentences adopted_, asked_;
  std::vector<absl::StatusCode> ended_;
  Reloader reloader_{[this] { return Load(); }, config::Settings(), harness_.engine(), *this};
};

TEST_F(ReloaderTest, PutsWhatTheFilesSayToWorkAndTellsWhatThatChanges) {
  reloader_.Start();
  next_.indicators[0].name_en = "Another name";
  settings_.log_max_bytes = std::uint64_t{1} << 30;
  part_changes_ = {"a part says so"};
  const ReloadOutcome outcome = Reload();
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.changes,
              ElementsAre("indicator 'flow': name_en is 'Another name', was 'Indicator flow'",
                          "log.max_gib is 1, was 100", "a part says so"));
  EXPECT_EQ(AtWork().indicators[0].name_en, "Another name");
  EXPECT_THAT(adopted_, ElementsAre("test"));
  part_changes_.clear();
  EXPECT_THAT(Reload().changes, IsEmpty()) << "now they say what they said before";
  EXPECT_THAT(ended_, ElementsAre(absl::StatusCode::kOk, absl::StatusCode::kOk));
}

// The audit log and people read the beginning of a long list.
TEST_F(ReloaderTest, WhomTheDaemonTrustsIsToldBeforeAllOtherChanges) {
  reloader_.Start();
  next_.indicators[0].name_en = "Another name";
  part_changes_ = {"a part says so"};
  part_access_changes_ = {"identity 'x' is new", "identity 'y' is gone"};
  const ReloadOutcome outcome = Reload();
  EXPECT_EQ(outcome.access_changes, 2u);
  EXPECT_THAT(outcome.changes,
              ElementsAre("identity 'x' is new", "identity 'y' is gone",
                          "indicator 'flow': name_en is 'Another name', was 'Indicator flow'",
                          "a part says so"));
  part_access_changes_.assign(limits::kMaxReloadSentences + 7, "identity 'x' is new");
  const ReloadOutcome long_one = Reload();
  EXPECT_EQ(long_one.access_changes, limits::kMaxReloadSentences + 1);
  EXPECT_EQ(long_one.changes.back(), "… and 8 more");
}

TEST_F(ReloaderTest, MistakesLeaveEverythingAsItWas) {
  reloader_.Start();
  mistakes_ = {"iocd.yaml:1:1: unknown key", "iocd.yaml:2:1: unknown key"};
  const ReloadOutcome outcome = Reload();
  EXPECT_TRUE(absl::IsFailedPrecondition(outcome.status));
  EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("has 2 mistakes"));
  EXPECT_EQ(outcome.mistakes, mistakes_);
  EXPECT_THAT(outcome.changes, IsEmpty());
  EXPECT_THAT(adopted_, IsEmpty());
}

TEST_F(ReloaderTest, APartThatIsNotMadeReadyLeavesTheOthersAsTheyWereToo) {
  Sentences other;
  reloader_.AddPart([&](const config::Configuration&) {
    return Reloader::Ready{.adopt = [&] { other.emplace_back("adopted"); }};
  });
  reloader_.Start();
  part_mistake_ = "server.pem: is no certificate";
  next_.territory = "elsewhere";
  const ReloadOutcome outcome = Reload();
  EXPECT_TRUE(absl::IsFailedPrecondition(outcome.status));
  EXPECT_THAT(outcome.mistakes, ElementsAre("server.pem: is no certificate"));
  EXPECT_THAT(other, IsEmpty());
  EXPECT_EQ(AtWork().territory, "test");
}

TEST_F(ReloaderTest, ADiskThatRefusesLeavesEverythingAsItWasAndTheNextReloadMakesUpForIt) {
  reloader_.Start();
  next_.indicators[0].code = "new";
  settings_.log_max_bytes = std::uint64_t{1} << 30;
  harness_.disk().FailSync(1);
  const ReloadOutcome refused = Reload();
  EXPECT_TRUE(absl::IsUnavailable(refused.status));
  EXPECT_THAT(refused.changes, IsEmpty());
  EXPECT_THAT(adopted_, IsEmpty());
  EXPECT_EQ(AtWork().indicators[0].code, "flow");
  EXPECT_THAT(Reload().changes, SizeIs(3));
  EXPECT_EQ(AtWork().indicators[0].code, "new");
}

TEST_F(ReloaderTest, AnEngineThatTakesNoCatalogueKeepsNothingElseOut) {
  reloader_.Start();
  harness_.engine().Stop();
  part_access_changes_ = {"identity 'x' is gone"};
  const ReloadOutcome outcome = Reload();
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_EQ(outcome.changes, part_access_changes_);
  EXPECT_THAT(adopted_, ElementsAre("test"));
  next_.indicators[0].name_en = "Another name";
  EXPECT_TRUE(absl::IsUnavailable(Reload().status));
  EXPECT_THAT(adopted_, SizeIs(1));
}

TEST_F(ReloaderTest, WhatWaitsForTheNextStartIsToldEachTime) {
  reloader_.Start();
  settings_.grpc_listen = "127.0.0.1:1";
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Reload().changes, ElementsAre(HasSubstr("takes effect at the next start")));
  }
}

// The files may have changed since they were read.
TEST_F(ReloaderTest, RequestsDuringAReloadShareTheNextOne) {
  std::promise<void> release, held;
  hold_ = std::async(std::launch::deferred, [&] {
    held.set_value();
    release.get_future().get();
  });
  reloader_.Start();
  std::vector<std::future<ReloadOutcome>> outcomes;
  outcomes.push_back(Request("a"));
  held.get_future().get();
  for (const char* asked_by : {"b", "c"}) outcomes.push_back(Request(asked_by));
  release.set_value();
  for (auto& outcome : outcomes) EXPECT_TRUE(outcome.get().status.ok());
  EXPECT_EQ(loads_, 2);
  EXPECT_THAT(asked_, ElementsAre("a", "b, c"));
}

TEST_F(ReloaderTest, RefusesBeforeTheStartAndAfterTheStop) {
  EXPECT_THAT(std::string(Reload().status.message()), HasSubstr("the daemon is starting"));
  reloader_.Start();
  EXPECT_TRUE(Reload().status.ok());
  reloader_.Stop();
  const ReloadOutcome stopping = Reload();
  EXPECT_TRUE(absl::IsUnavailable(stopping.status));
  EXPECT_THAT(std::string(stopping.status.message()), HasSubstr("the daemon is stopping"));
  EXPECT_EQ(loads_, 1);
}

TEST_F(ReloaderTest, AListThatNobodyWouldReadToItsEndIsCut) {
  reloader_.Start();
  mistakes_.assign(limits::kMaxReloadSentences + 7, "a mistake");
  const ReloadOutcome outcome = Reload();
  EXPECT_THAT(outcome.mistakes, SizeIs(limits::kMaxReloadSentences + 1));
  EXPECT_EQ(outcome.mistakes.back(), "… and 7 more");
}

}  // namespace
}  // namespace iocd

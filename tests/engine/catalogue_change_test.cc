// The catalogue changes under a living engine: no state is lost, no id is used twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "engine/start_rehearsal.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using iocd::testing::TestCatalogueData;
using ::testing::HasSubstr;

const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

domain::CatalogueData Without(const std::string& indicator) {
  domain::CatalogueData data = TestCatalogueData();
  std::erase_if(data.indicators,
                [&](const domain::Indicator& one) { return one.code == indicator; });
  return data;
}

domain::CatalogueData With(const std::string& code, domain::Kind kind) {
  domain::CatalogueData data = TestCatalogueData();
  domain::Indicator indicator = data.indicators.front();
  indicator.code = code;
  indicator.kind = kind;
  data.indicators.push_back(std::move(indicator));
  return data;
}

class CatalogueChangeTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(harness_.Start().ok()); }

  void Change(domain::CatalogueData data) {
    const absl::Status changed = harness_.ChangeCatalogue(std::move(data));
    ASSERT_TRUE(changed.ok()) << changed;
  }

  Batch OneEvent(std::uint64_t sequence, const std::string& indicator, double value) {
    return harness_.MakeBatch("p", sequence, {harness_.Event("a", indicator, kNow, value)}, kNow);
  }

  void Push(std::uint64_t sequence, const std::string& indicator, double value) {
    const auto answer = harness_.Push(OneEvent(sequence, indicator, value));
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_FALSE(answer->duplicate);
  }

  /// The sum of a flow of department "a"; 0 where it has no series.
  double SumOf(const domain::SeriesKey& key) {
    double sum = 0;
    harness_.engine().Read([&](const State& state) {
      const domain::Series* series = state.Find(key);
      if (series != nullptr) sum = series->InWindow(domain::Window::k1h, kNow).first;
    });
    return sum;
  }
  double SumOf(const std::string& indicator) { return SumOf(harness_.Key("a", indicator)); }

  /// Loses the process and everything unsynced; what comes back equals what was there.
  void KillAndCompare() {
    const std::string before = harness_.EncodedState();
    harness_.Kill();
    ASSERT_TRUE(RehearseStart(harness_.disk(), "/data").status.ok());
    ASSERT_TRUE(harness_.Start().ok());
    EXPECT_TRUE(harness_.EncodedState() == before) << "the state must be equal to the last bit";
  }

  iocd::testing::EngineHarness harness_;
};

TEST_F(CatalogueChangeTest, WhatIsAddedHasAnIdThatOutlivesARestart) {
  Push(1, "flow", 5);
  Change(With("more", domain::Kind::kFlow));
  const domain::SeriesKey more = harness_.Key("a", "more");
  Push(2, "more", 7);
  KillAndCompare();
  EXPECT_EQ(harness_.Key("a", "more"), more);
  EXPECT_EQ(SumOf("more"), 7);
  EXPECT_EQ(SumOf("flow"), 5);
}

TEST_F(CatalogueChangeTest, WhatIsRemovedKeepsItsStateAndComesBackWithIt) {
  const domain::SeriesKey flow = harness_.Key("a", "flow");
  Push(1, "flow", 5);
  Change(Without("flow"));
  EXPECT_EQ(harness_.catalogue().FindIndicator("flow"), nullptr);
  KillAndCompare();
  EXPECT_EQ(SumOf(flow), 5);
  Change(TestCatalogueData());
  EXPECT_EQ(harness_.Key("a", "flow"), flow);
  Push(2, "flow", 7);
  EXPECT_EQ(SumOf("flow"), 12);
}

TEST_F(CatalogueChangeTest, AnotherKindIsAnotherSeriesAndTheFormerOneComesBackWithTheFormerKind) {
  Change(With("swing", domain::Kind::kFlow));
  const domain::SeriesKey flow = harness_.Key("a", "swing");
  Push(1, "swing", 5);
  Change(With("swing", domain::Kind::kRank));
  const domain::SeriesKey rank = harness_.Key("a", "swing");
  EXPECT_NE(rank, flow);
  Push(2, "swing", 3);
  Change(With("swing", domain::Kind::kFlow));
  EXPECT_EQ(harness_.Key("a", "swing"), flow);
  EXPECT_EQ(SumOf("swing"), 5);
  KillAndCompare();
  Change(With("swing", domain::Kind::kRank));
  EXPECT_EQ(harness_.Key("a", "swing"), rank);
  harness_.engine().Read(
      [&](const State& state) { EXPECT_EQ(state.Find(rank)->Latest().first, 3); });
}

TEST_F(CatalogueChangeTest, OtherBoundsGoOnWithTheSameSeries) {
  Push(1, "flow", 5);
  const domain::SeriesKey flow = harness_.Key("a", "flow");
  domain::CatalogueData data = TestCatalogueData();
  data.indicators.front().maximum = 100;
  Change(data);
  EXPECT_EQ(harness_.Key("a", "flow"), flow);
  EXPECT_EQ(SumOf("flow"), 5);
  KillAndCompare();
}

// Between admission and the log another catalogue may have taken over.
TEST_F(CatalogueChangeTest, ABatchAdmittedByTheOneBeforeCountsAsItWasAdmitted) {
  const domain::SeriesKey flow = harness_.Key("a", "flow");
  Batch batch = OneEvent(1, "flow", 5);
  Change(Without("flow"));
  EXPECT_EQ(harness_.Push(std::move(batch))->accepted, 1u);
  EXPECT_EQ(SumOf(flow), 5);
  KillAndCompare();
}

TEST_F(CatalogueChangeTest, ARepeatGetsTheAnswerOfThenWhateverTheCatalogueSaysNow) {
  Batch batch = OneEvent(1, "flow", 5);
  Batch repeat = batch;
  ASSERT_TRUE(harness_.Push(std::move(batch)).ok());
  Change(Without("flow"));
  const auto answer = harness_.Push(std::move(repeat));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->duplicate);
  EXPECT_EQ(answer->accepted, 1u);
}

TEST_F(CatalogueChangeTest, WhoReadsGoesOnWithTheCatalogueThatHeHas) {
  const auto before = harness_.engine().catalogue();
  Push(1, "flow", 5);
  Change(Without("flow"));
  const domain::Indicator* flow = before->FindIndicator("flow");
  ASSERT_NE(flow, nullptr);
  EXPECT_EQ(SumOf({before->FindDepartment("a")->id, flow->id, domain::kNoMember}), 5);
}

TEST_F(CatalogueChangeTest, WithoutAnythingNewNothingIsWrittenSoThatADiskThatRefusesDoesNotMatter) {
  const std::uint64_t bytes = harness_.engine().LogBytes();
  harness_.disk().FailSync(1);
  ASSERT_FALSE(harness_.Push(OneEvent(1, "flow", 5)).ok());
  domain::CatalogueData data = TestCatalogueData();
  data.indicators.front().name_en = "Another name";
  Change(data);
  EXPECT_EQ(harness_.catalogue().FindIndicator("flow")->name_en, "Another name");
  EXPECT_EQ(harness_.engine().LogBytes(), bytes);
  EXPECT_FALSE(harness_.engine().Healthy());
}

TEST_F(CatalogueChangeTest, WhenTheDiskRefusesThePresentOneStaysAndALaterTrySucceeds) {
  Push(1, "flow", 5);
  const auto before = harness_.engine().catalogue();
  harness_.disk().FailSync(1);
  const absl::Status refused = harness_.ChangeCatalogue(With("more", domain::Kind::kFlow));
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("the catalogue stays as it was"));
  EXPECT_EQ(harness_.engine().catalogue(), before);
  EXPECT_FALSE(harness_.engine().Healthy());

  Change(With("other", domain::Kind::kRank));  // whose id is the one that "more" was not given
  EXPECT_TRUE(harness_.engine().Healthy());
  Push(2, "other", 7);
  EXPECT_EQ(SumOf("flow"), 5);
  KillAndCompare();
}

TEST_F(CatalogueChangeTest, IsRefusedBeforeTheLogIsReadAndAfterTheEnd) {
  const auto change = [](Engine& engine) {
    std::promise<absl::Status> outcome;
    engine.ChangeCatalogue(iocd::testing::TestCatalogue(),
                           [&](absl::Status status) { outcome.set_value(std::move(status)); });
    return outcome.get_future().get();
  };
  EngineObserver observer;
  Engine starting({.data_directory = "/other"}, harness_.disk(), iocd::testing::TestCatalogue(),
                  observer);
  EXPECT_TRUE(absl::IsUnavailable(change(starting)));
  harness_.engine().Stop();
  EXPECT_TRUE(absl::IsUnavailable(change(harness_.engine())));
}

TEST_F(CatalogueChangeTest, ASnapshotThatIsUnderWayHoldsWhatIsDefinedMeanwhile) {
  for (std::uint64_t sequence = 1; sequence <= 9; ++sequence) Push(sequence, "flow", 1);
  harness_.engine().RequestSnapshot();
  std::uint64_t sequence = 10;
  for (const char* code : {"one", "two", "three", "four"}) {
    Change(With(code, domain::Kind::kFlow));
    Push(sequence++, code, 5);
    Push(sequence++, "flow", 1);
  }
  EXPECT_TRUE(harness_.WaitForSnapshot().status.ok());
  KillAndCompare();
  EXPECT_EQ(SumOf("flow"), 13);
  EXPECT_EQ(SumOf("four"), 5);
}

TEST(UpkeepChangeTest, SnapshotsAndRetentionFollow) {
  iocd::testing::EngineHarness harness;
  harness.options().segment_bytes = 1'000;
  ASSERT_TRUE(harness.Start().ok());
  const auto push = [&](std::uint64_t sequence) {
    const auto event = harness.Event("a", "flow", kNow, 1);
    ASSERT_TRUE(harness.Push(harness.MakeBatch("p", sequence, {event}, kNow)).ok());
  };
  for (std::uint64_t sequence = 1; sequence <= 100; ++sequence) push(sequence);
  const std::uint64_t bytes = harness.engine().LogBytes();
  harness.engine().ChangeUpkeep({Duration::Days(35), 0}, 1);
  EXPECT_TRUE(harness.WaitForSnapshot().status.ok());
  EXPECT_EQ(harness.engine().LogBytes(), bytes) << "one snapshot alone lets nothing go";
  push(101);
  EXPECT_TRUE(harness.WaitForSnapshot().status.ok());
  EXPECT_LT(harness.engine().LogBytes(), bytes / 2);
}

// Senders, a reader and a scrape go on while one catalogue follows the other.
TEST_F(CatalogueChangeTest, UnderLoadEveryEventCountsOnceInTheSeriesItWasAdmittedTo) {
  constexpr int kSenders = 3, kBatches = 300, kChanges = 150;
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> flows{0}, durations{0};
  Change(With("swing", domain::Kind::kFlow));
  const domain::SeriesKey flow = harness_.Key("a", "swing");
  Change(With("swing", domain::Kind::kDuration));
  const domain::SeriesKey duration = harness_.Key("a", "swing");

  std::vector<std::thread> threads;
  for (int sender = 0; sender < kSenders; ++sender) {
    threads.emplace_back([&, sender] {
      for (std::uint64_t sequence = 1; sequence <= kBatches; ++sequence) {
        const auto catalogue = harness_.engine().catalogue();
        const domain::DepartmentId a = catalogue->FindDepartment("a")->id;
        const domain::Indicator* swing = catalogue->FindIndicator("swing");
        domain::Event event;
        event.series = {a, swing->id, domain::kNoMember};
        event.time = kNow;
        event.first = 1;
        const auto answer = harness_.Push(
            iocd::testing::MakeBatch(a, "p" + std::to_string(sender), sequence, {event}, kNow));
        ASSERT_TRUE(answer.ok()) << answer.status();
        ++(swing->kind == domain::Kind::kFlow ? flows : durations);
      }
    });
  }
  threads.emplace_back([&] {
    while (!stop) {
      const auto catalogue = harness_.engine().catalogue();
      harness_.engine().Read([&](const State& state) {
        for (const domain::Indicator& indicator : catalogue->data().indicators) {
          EXPECT_EQ(state.dictionary().KindOf(indicator.id), indicator.kind);
        }
      });
    }
  });
  for (int i = 0; i < kChanges; ++i) {
    Change(With("swing", i % 2 == 0 ? domain::Kind::kFlow : domain::Kind::kDuration));
    if (i % 40 == 0) harness_.engine().RequestSnapshot();
  }
  for (int sender = 0; sender < kSenders; ++sender) threads[sender].join();
  stop = true;
  threads.back().join();

  const auto events_of = [&](const domain::SeriesKey& key) {
    std::uint64_t events = 0;
    harness_.engine().Read([&](const State& state) {
      const domain::Series* series = state.Find(key);
      if (series != nullptr) events = series->InWindow(domain::Window::k1h, kNow).events;
    });
    return events;
  };
  EXPECT_EQ(flows + durations, static_cast<std::uint64_t>(kSenders * kBatches));
  EXPECT_EQ(events_of(flow), flows);
  EXPECT_EQ(events_of(duration), durations);
  KillAndCompare();
  EXPECT_EQ(events_of(flow), flows);
  EXPECT_EQ(events_of(duration), durations);
}

}  // namespace
}  // namespace iocd::engine

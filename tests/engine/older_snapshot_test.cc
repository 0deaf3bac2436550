// A data directory that an older daemon left, with a snapshot of format 1: tests/data has it as
// that daemon wrote it.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

constexpr char kFiles[] = "tests/data/snapshot_format_1/";
constexpr char kLogFile[] = "00000000000000000000.log";
constexpr char kSnapshotFile[] = "00000000000000001003.snapshot";

// The instant of the one batch that was taken: 3 on "flow" then, 4 a day before, and one event of
// each other kind.
constexpr Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

const domain::Period kDay =
    *domain::Period::Containing(domain::PeriodKind::kDay, domain::CalendarKind::kCivil, kNow);
const domain::Period kYear =
    *domain::Period::Containing(domain::PeriodKind::kYear, domain::CalendarKind::kCivil, kNow);

std::string ReadFile(const std::string& name) {
  std::ostringstream bytes;
  bytes << std::ifstream(kFiles + name, std::ios::binary).rdbuf();
  return bytes.str();
}

class OlderSnapshotTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness_.disk().SetContents(std::string("/data/log/") + kLogFile, ReadFile(kLogFile));
    harness_.disk().SetContents(std::string("/data/snapshots/") + kSnapshotFile,
                                ReadFile(kSnapshotFile));
    const absl::Status started = harness_.Start();
    ASSERT_TRUE(started.ok()) << started;
    ASSERT_TRUE(harness_.recovery().snapshot.damaged.empty());
    ASSERT_EQ(harness_.recovery().batches, 0u) << "nothing but the snapshot says what there was";
  }

  template <typename Use>
  void WithSeries(const std::string& department, const std::string& indicator, const Use& use) {
    harness_.engine().Read([&](const State& state) {
      const domain::Series* const series =
          state.Find(harness_.Key(department, indicator, indicator == "stock" ? "north" : ""));
      ASSERT_NE(series, nullptr);
      use(*series);
    });
  }

  void Push(std::uint64_t sequence, Timestamp time, double value) {
    const auto answer = harness_.Push(
        harness_.MakeBatch("p", sequence, {harness_.Event("a", "flow", time, value)}, time));
    ASSERT_TRUE(answer.ok()) << answer.status();
  }

  iocd::testing::EngineHarness harness_;
};

TEST_F(OlderSnapshotTest, HasItsWindowsAndLatestValues) {
  WithSeries("a", "flow", [](const domain::Series& series) {
    EXPECT_EQ(series.InWindow(domain::Window::k30d, kNow).first, 7);
    EXPECT_EQ(series.InWindow(domain::Window::k1h, kNow).first, 3);
  });
  WithSeries("a", "ratio", [](const domain::Series& series) {
    EXPECT_EQ(series.InWindow(domain::Window::k1m, kNow).second, 4);
  });
  WithSeries("a", "duration", [](const domain::Series& series) {
    EXPECT_EQ(series.InWindow(domain::Window::k1h, kNow).max, 20);
  });
  WithSeries("b", "coverage",
             [](const domain::Series& series) { EXPECT_EQ(series.Latest().second, 10); });
  WithSeries("b", "stock",
             [](const domain::Series& series) { EXPECT_EQ(series.Latest().first, 5); });
}

TEST_F(OlderSnapshotTest, BeginsItsPeriodsWithWhatComesNext) {
  WithSeries("a", "flow", [](const domain::Series& series) {
    EXPECT_FALSE(series.periods().In(kYear).HasValue()) << "what came before is in no period";
    EXPECT_FALSE(series.LastArrival());
  });
  const Timestamp later = kNow + Duration::Seconds(60);
  ASSERT_NO_FATAL_FAILURE(Push(2, later, 10));
  WithSeries("a", "flow", [&](const domain::Series& series) {
    EXPECT_EQ(series.periods().In(kYear).first, 10);
    EXPECT_EQ(series.periods().In(kDay).first, 10);
    EXPECT_EQ(series.periods().FirstArrivalIn(kYear), later);
    EXPECT_EQ(series.InWindow(domain::Window::k30d, later).first, 17);
  });
}

TEST_F(OlderSnapshotTest, ASnapshotOfThePresentFormatTakesItsPlace) {
  ASSERT_NO_FATAL_FAILURE(Push(2, kNow + Duration::Seconds(60), 10));
  ASSERT_TRUE(harness_.TakeSnapshot().status.ok());
  const std::string before = harness_.EncodedState();
  harness_.Kill();
  ASSERT_TRUE(harness_.Start().ok());
  EXPECT_EQ(harness_.recovery().batches, 0u);
  EXPECT_TRUE(harness_.EncodedState() == before);
  WithSeries("a", "flow",
             [](const domain::Series& series) { EXPECT_EQ(series.periods().In(kYear).first, 10); });
}

}  // namespace
}  // namespace iocd::engine

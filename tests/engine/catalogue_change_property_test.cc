#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/brute_force.h"
#include "support/engine_harness.h"

namespace iocd::engine {
namespace {

using testing::BruteForce;
using testing::Expected;
using testing::SentEvent;

constexpr std::int64_t kNanos = 1'000'000'000;
constexpr int kSteps = 400;

/// The indicator's name for brute force: one of another kind is another one.
std::string NameOf(absl::string_view code, domain::Kind kind) {
  return absl::StrCat(code, " ", domain::KindName(kind));
}

// One random catalogue follows the other while random batches come in, some of them admitted by a
// catalogue before; snapshots are under way, and the power goes or the daemon stops in between.
// Every series, shown or not, is held against brute force.
class CatalogueChangePropertyTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(harness_.Start().ok());
    ASSERT_NO_FATAL_FAILURE(ChangeCatalogue());
  }

  template <typename T>
  T Between(T low, T high) {
    return std::uniform_int_distribution<T>(low, high)(random_);
  }
  bool OneIn(int n) { return Between(1, n) == 1; }

  /// Departments and indicators out of a handful; kinds, bounds, names and order change.
  domain::CatalogueData RandomCatalogue() {
    static constexpr domain::Kind kKinds[] = {domain::Kind::kFlow, domain::Kind::kRatio,
                                              domain::Kind::kDuration, domain::Kind::kRank};
    domain::CatalogueData data = iocd::testing::TestCatalogueData();
    domain::Indicator indicator = data.indicators.front();
    data.indicators.clear();
    for (const char* code : {"v", "w", "x", "y", "z"}) {
      if (OneIn(4)) continue;
      indicator.code = code;
      indicator.name_en = absl::StrCat("Name ", Between(1, 3));
      indicator.kind = kKinds[Between(0, OneIn(3) ? 3 : 0)];
      if (OneIn(3)) indicator.maximum = 1e9 + Between(1, 3);
      data.indicators.push_back(indicator);
    }
    for (const char* code : {"d", "e", "f"}) {
      if (OneIn(2)) continue;
      data.departments.push_back(data.departments.front());
      data.departments.back().code = code;
    }
    if (OneIn(2)) data.departments.erase(data.departments.begin() + 1);  // "b"
    std::shuffle(data.departments.begin(), data.departments.end(), random_);
    std::shuffle(data.indicators.begin(), data.indicators.end(), random_);
    return data;
  }

  void ChangeCatalogue() {
    const absl::Status changed = harness_.ChangeCatalogue(RandomCatalogue());
    ASSERT_TRUE(changed.ok()) << changed;
    catalogues_.push_back(harness_.engine().catalogue());
    for (const domain::Indicator& indicator : catalogues_.back()->data().indicators) {
      const auto id = ids_.emplace(NameOf(indicator.code, indicator.kind), indicator.id).first;
      EXPECT_EQ(id->second, indicator.id) << "an id is for ever";
    }
    for (const domain::Department& department : catalogues_.back()->data().departments) {
      const auto id = department_ids_.emplace(department.code, department.id).first;
      EXPECT_EQ(id->second, department.id);
    }
  }

  void SendRandomBatch() {
    // Mostly the present one.
    const std::size_t back = OneIn(4) ? Between<std::size_t>(0, 3) : 0;
    const domain::CatalogueData& data =
        catalogues_[catalogues_.size() - 1 - std::min(back, catalogues_.size() - 1)]->data();
    if (data.indicators.empty()) return;
    std::vector<domain::Event> events;
    for (int i = Between(1, 8); i > 0; --i) {
      const auto& department =
          data.departments[Between<std::size_t>(0, data.departments.size() - 1)];
      const auto& indicator = data.indicators[Between<std::size_t>(0, data.indicators.size() - 1)];
      domain::Event event;
      event.series = {department.id, indicator.id, domain::kNoMember};
      event.time = {now_ - Between<std::int64_t>(0, 86'400 * kNanos)};
      event.first = std::ldexp(static_cast<double>(Between(0, 1'000'000)), -Between(0, 10));
      event.has_second = indicator.kind == domain::Kind::kRatio;
      if (event.has_second) event.second = Between(1, 1'000);
      events.push_back(event);
      brute_force_.Add({department.code, NameOf(indicator.code, indicator.kind), "",
                        event.time.nanos, event.first, event.second});
    }
    const auto answer = harness_.Push(
        iocd::testing::MakeBatch(department_ids_.at("a"), "p", ++sequence_, events, {now_}));
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->accepted, events.size());
  }

  void CheckEverything() {
    harness_.engine().Read([&](const State& state) {
      for (const BruteForce::Name& name : brute_force_.Names()) {
        const auto& [department, indicator, member] = name;
        SCOPED_TRACE(department + " " + indicator);
        const domain::Series* series =
            state.Find({department_ids_.at(department), ids_.at(indicator), domain::kNoMember});
        ASSERT_NE(series, nullptr);
        if (domain::IsWindowed(series->kind())) {
          CheckWindows(name, *series);
        } else {
          const std::optional<SentEvent> expected = brute_force_.Latest(name);
          EXPECT_EQ(series->Latest().time.nanos, expected->time_nanos);
          EXPECT_EQ(series->Latest().first, expected->first);
        }
      }
    });
  }

  void CheckWindows(const BruteForce::Name& name, const domain::Series& series) {
    for (const domain::Window window : domain::kAllWindows) {
      const domain::WindowSpec& spec = Spec(window);
      const Expected expected = brute_force_.InWindow(name, spec.length, spec.bucket, now_);
      const domain::Aggregate actual = series.InWindow(window, {now_});
      SCOPED_TRACE(std::string(spec.name));
      ASSERT_EQ(actual.events, expected.events);
      // Sums of dyadic numbers of this size are exact in any order.
      EXPECT_EQ(actual.first, expected.first);
      if (series.kind() == domain::Kind::kRatio) {
        EXPECT_EQ(actual.second, expected.second);
      }
    }
  }

  void Restart() {
    const std::string before = harness_.EncodedState();
    if (OneIn(2)) {
      harness_.Kill(static_cast<std::size_t>(Between(0, 100)));
    } else {
      harness_.Stop();
    }
    ASSERT_TRUE(harness_.Start().ok());
    EXPECT_TRUE(harness_.EncodedState() == before) << "a restart must give equal bits";
  }

  std::mt19937_64 random_{static_cast<std::uint64_t>(GetParam())};
  iocd::testing::EngineHarness harness_;
  BruteForce brute_force_;
  std::vector<std::shared_ptr<const domain::Catalogue>> catalogues_;  // all that were at work
  std::map<std::string, domain::IndicatorId> ids_;                    // that were ever given
  std::map<std::string, domain::DepartmentId> department_ids_;
  std::int64_t now_ = 1'700'000'000 * kNanos;
  std::uint64_t sequence_ = 0;
};

TEST_P(CatalogueChangePropertyTest, EverySeriesEqualsBruteForceAndARestartGivesEqualBits) {
  for (int step = 1; step <= kSteps; ++step) {
    now_ += Between<std::int64_t>(1, 3'600 * kNanos);
    if (OneIn(4)) {
      ASSERT_NO_FATAL_FAILURE(ChangeCatalogue());
    }
    if (OneIn(15)) harness_.engine().RequestSnapshot();
    ASSERT_NO_FATAL_FAILURE(SendRandomBatch());
    if (step % 20 == 0) CheckEverything();
    if (step % 50 == 0) {
      ASSERT_NO_FATAL_FAILURE(Restart());
      CheckEverything();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CatalogueChangePropertyTest, ::testing::Range(1, 6));

}  // namespace
}  // namespace iocd::engine

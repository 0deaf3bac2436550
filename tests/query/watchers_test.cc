#include "query/watchers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "access/token.h"
#include "base/limits.h"
#include "query/watched_centre.h"

namespace iocd::query {
namespace {

using ::testing::HasSubstr;

class Reader final : public WatchReader {
 public:
  void Wake() override { ++wakes; }
  void BreakOff() override { ++breaks; }
  int wakes = 0, breaks = 0;
};

class WatchersTest : public iocd::testing::WatchedCentre {
 protected:
  /// Who shows this in an "authorization" header.
  absl::StatusOr<std::shared_ptr<Watch>> TryBegin(const std::string& scope,
                                                  const std::string& shown = "") {
    auto caller =
        doorkeeper_.Admit({"127.0.0.1", shown, {}}, access::Action::kReadFigures, "Watch");
    if (!caller.ok()) return caller.status();
    return watchers_.Begin(scope, *std::move(caller));
  }
  std::shared_ptr<Watch> Begin(const std::string& scope, const std::string& shown = "") {
    auto watch = TryBegin(scope, shown);
    EXPECT_TRUE(watch.ok()) << watch.status();
    if (!watch.ok()) return nullptr;
    (*watch)->Start(reader_);
    return *std::move(watch);
  }
  /// Value of the gauge or counter.
  double Metric(const std::string& family) {
    for (const prometheus::MetricFamily& one : metrics_.Collect(engine())) {
      if (one.name != family) continue;
      const prometheus::ClientMetric& metric = one.metric.front();
      return one.type == prometheus::MetricType::Gauge ? metric.gauge.value : metric.counter.value;
    }
    return -1;
  }

  const std::shared_ptr<Reader> reader_ = std::make_shared<Reader>();
};

TEST_F(WatchersTest, BringsEverythingFirstAndThenNothingWhileNothingChanges) {
  Tell();
  const auto watch = Begin("province");
  EXPECT_EQ(reader_->wakes, 1);
  const Watch::Step first = watch->Next();
  ASSERT_NE(first.message, nullptr);
  EXPECT_TRUE(first.message->complete());
  const Watch::Step second = watch->Next();
  EXPECT_EQ(second.message, nullptr);
  EXPECT_TRUE(second.end.ok());
}

TEST_F(WatchersTest, WaitsForTheFirstStanding) {
  const auto watch = Begin("province");
  EXPECT_EQ(watch->Next().message, nullptr);
  Tell();
  EXPECT_EQ(reader_->wakes, 2);
  EXPECT_NE(watch->Next().message, nullptr);
}

TEST_F(WatchersTest, BringsWhatChanged) {
  Tell();
  const auto watch = Begin("province");
  watch->Next();
  Push(3);
  Tell();
  const auto message = watch->Next().message;
  ASSERT_NE(message, nullptr);
  EXPECT_FALSE(message->complete());
  ASSERT_EQ(message->indicators_size(), 1);
  EXPECT_EQ(message->indicators(0).value(), 15);
}

TEST_F(WatchersTest, OneWhoIsBehindGetsTheNewestStateAndNotThoseBetween) {
  Tell();
  const auto watch = Begin("province");
  watch->Next();
  for (int i = 0; i < 3; ++i) {
    Push(1);
    Tell();
  }
  const auto message = watch->Next().message;
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->indicators(0).value(), 15);
  EXPECT_EQ(watch->Next().message, nullptr);
}

TEST_F(WatchersTest, WhatChangesAndChangesBackMeanwhileIsNotTold) {
  Tell();
  const auto watch = Begin("province");
  watch->Next();
  Push(1);
  Tell();
  Push(-1);
  Tell();
  EXPECT_EQ(watch->Next().message, nullptr);
}

TEST_F(WatchersTest, MakesAMessageOnceForAllWhoKeepUp) {
  Tell();
  const auto one = Begin("province"), other = Begin("province"), third = Begin("a");
  for (const auto& watch : {one, other, third}) watch->Next();
  Push(1);
  Tell();
  const auto message = one->Next().message;
  EXPECT_EQ(other->Next().message, message);
  EXPECT_NE(third->Next().message, message);
}

TEST_F(WatchersTest, RefusesAScopeThatIsNone) {
  EXPECT_TRUE(absl::IsNotFound(TryBegin("nowhere").status()));
  EXPECT_EQ(Metric("iocd_watchers"), 0);
}

TEST_F(WatchersTest, RefusesOneTooManyUntilAnotherHasGone) {
  std::vector<std::shared_ptr<Watch>> watches;
  for (std::size_t i = 0; i < limits::kMaxWatchers; ++i) watches.push_back(Begin("a"));
  const absl::Status refused = TryBegin("a").status();
  EXPECT_TRUE(absl::IsResourceExhausted(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("256 watch already"));
  EXPECT_EQ(Metric("iocd_watchers"), limits::kMaxWatchers);
  EXPECT_EQ(Metric("iocd_watchers_refused_total"), 1);
  watches.pop_back();
  EXPECT_EQ(Metric("iocd_watchers"), limits::kMaxWatchers - 1);
  EXPECT_TRUE(TryBegin("a").ok());
}

TEST_F(WatchersTest, EndsWhenTheCatalogueHasTheScopeNoMore) {
  Tell();
  const auto watch = Begin("b");
  watch->Next();
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  data.departments.erase(data.departments.begin() + 1);
  ASSERT_TRUE(populated_.harness().ChangeCatalogue(data).ok());
  Tell();
  EXPECT_TRUE(absl::IsNotFound(watch->Next().end));
  EXPECT_TRUE(absl::IsNotFound(watch->Next().end));
}

TEST_F(WatchersTest, EndsAfterTheLongestLife) {
  const auto watch = Begin("province");
  clock_.Advance({limits::kMaxWatchLife.nanos - 1});
  watchers_.Look();
  EXPECT_TRUE(watch->Next().end.ok());
  clock_.Advance({1});
  watchers_.Look();
  EXPECT_TRUE(absl::IsUnavailable(watch->Next().end));
}

TEST_F(WatchersTest, AnEndThatIsNotTakenIsBrokenOffAtTheLookAfterTheNext) {
  const auto watch = Begin("province");
  watchers_.Drain();
  watchers_.Look();
  EXPECT_EQ(reader_->breaks, 0);
  watchers_.Look();
  EXPECT_EQ(reader_->breaks, 1);
}

TEST_F(WatchersTest, DrainingEndsAllAndRefusesThoseToCome) {
  const auto watch = Begin("province");
  const int wakes = reader_->wakes;
  watchers_.Drain();
  EXPECT_EQ(reader_->wakes, wakes + 1);
  EXPECT_TRUE(absl::IsUnavailable(watch->Next().end));
  EXPECT_TRUE(absl::IsUnavailable(TryBegin("province").status()));
}

/// A reader with a token, and that the network 127.0.0.0/8 may look without one.
class WatchersWithIdentitiesTest : public WatchersTest {
 protected:
  WatchersWithIdentitiesTest() { access_.Replace(Rules(/*revoked=*/false, /*open=*/true)); }

  std::shared_ptr<const access::Rules> Rules(bool revoked, bool open) const {
    access::Rules::Data data;
    data.territory = "test";
    access::Identity& wall = data.identities.emplace_back();
    wall.name = "wall";
    wall.roles = {access::Role::kReader};
    wall.revoked = revoked;
    wall.tokens = {{std::string(*access::TokenId(token_)), hash_, {}}};
    if (open) data.open_wall = {*access::Network::Parse("127.0.0.0/8")};
    return std::make_shared<const access::Rules>(std::move(data));
  }

  const std::string token_ = access::NewToken();
  const std::string hash_ = access::HashToken(token_).value();
};

TEST_F(WatchersWithIdentitiesTest, EndsWhenWhoWatchesIsPutOut) {
  const auto watch = Begin("province", "Bearer " + token_);
  watchers_.Look();
  EXPECT_TRUE(watch->Next().end.ok());
  access_.Replace(Rules(/*revoked=*/true, /*open=*/true));
  watchers_.Look();
  EXPECT_TRUE(absl::IsUnauthenticated(watch->Next().end));
}

TEST_F(WatchersWithIdentitiesTest, EndsWhenTheNetworkMayLookNoMore) {
  const auto watch = Begin("province");
  access_.Replace(Rules(/*revoked=*/false, /*open=*/true));
  watchers_.Look();
  EXPECT_TRUE(watch->Next().end.ok());
  access_.Replace(Rules(/*revoked=*/false, /*open=*/false));
  watchers_.Look();
  EXPECT_TRUE(absl::IsUnauthenticated(watch->Next().end));
}

}  // namespace
}  // namespace iocd::query

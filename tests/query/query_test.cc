#include "query/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "exposition/populated_engine.h"
#include "support/manual_clock.h"

namespace iocd::query {
namespace {

using iocd::testing::kNow;
using ::testing::HasSubstr;

class QueryTest : public ::testing::Test {
 protected:
  ioc::v1::GetSeriesResponse Series(const std::string& indicator,
                                    const std::string& department = "",
                                    const std::string& member = "",
                                    const std::string& buckets_of = "") {
    auto response = query_.GetSeries(Question(indicator, department, member, buckets_of));
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : ioc::v1::GetSeriesResponse();
  }

  absl::Status SeriesError(const std::string& indicator, const std::string& department = "",
                           const std::string& member = "", const std::string& buckets_of = "") {
    return query_.GetSeries(Question(indicator, department, member, buckets_of)).status();
  }

  static ioc::v1::GetSeriesRequest Question(const std::string& indicator,
                                            const std::string& department,
                                            const std::string& member,
                                            const std::string& buckets_of) {
    ioc::v1::GetSeriesRequest request;
    request.set_indicator(indicator);
    request.set_department(department);
    request.set_member(member);
    request.set_buckets_of(buckets_of);
    return request;
  }

  iocd::testing::PopulatedEngine engine_;
  iocd::testing::ManualClock clock_{iocd::testing::kNow};
  Query query_{engine_.harness().engine(), clock_};
};

TEST_F(QueryTest, ListsDepartmentsWithTheirActivity) {
  const auto response = query_.ListDepartments({});
  ASSERT_TRUE(response.ok());
  ASSERT_EQ(response->departments_size(), 4);
  EXPECT_EQ(response->departments(0).code(), "a");
  EXPECT_EQ(response->departments(0).name_vi(), "Sở a");
  EXPECT_EQ(response->departments(0).last_seen().seconds(), 1'700'000'000);
  EXPECT_FALSE(response->departments(2).has_last_seen());
  EXPECT_TRUE(response->departments(2).counts());
  EXPECT_FALSE(response->departments(3).counts());
}

TEST_F(QueryTest, NamesTheTerritoryWhoseDepartmentsItLists) {
  const auto response = query_.ListDepartments({});
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->territory().code(), "test");
  EXPECT_EQ(response->territory().name_vi(), "tỉnh Thử");
  EXPECT_EQ(response->territory().name_en(), "Test province");
}

TEST_F(QueryTest, ListsIndicatorsThatADepartmentMayReport) {
  ioc::v1::ListIndicatorsRequest request;
  request.set_department("a");
  const auto response = query_.ListIndicators(request);
  ASSERT_TRUE(response.ok());
  ASSERT_EQ(response->indicators_size(), 9);
  const ioc::v1::Indicator& stock = response->indicators(3);
  EXPECT_EQ(stock.code(), "stock");
  EXPECT_EQ(stock.kind(), "stock");
  EXPECT_EQ(stock.direction(), "higher");
  EXPECT_EQ(stock.member_set(), "areas");
  EXPECT_EQ(stock.members(1).code(), "south");
  EXPECT_EQ(stock.reporters_size(), 4);
}

TEST_F(QueryTest, AnswersEveryWindowAndLeavesOutValuesOfEmptyOnes) {
  const auto series = Series("flow", "b");
  ASSERT_EQ(series.windows_size(), 8);
  EXPECT_EQ(series.windows(0).window(), "1m");
  EXPECT_FALSE(series.windows(0).has_value());
  EXPECT_EQ(series.windows(0).events(), 0u);
  EXPECT_EQ(series.windows(4).window(), "6h");
  EXPECT_EQ(series.windows(4).value(), 5);
  EXPECT_EQ(series.windows(4).events(), 1u);
  EXPECT_EQ(series.last_event_time().seconds(), 1'700'000'000 - 7'200);
  EXPECT_EQ(series.time().seconds(), 1'700'000'000);
}

TEST_F(QueryTest, AnswersTheOneLatestValueWithItsParts) {
  const auto series = Series("coverage", "a");
  ASSERT_EQ(series.windows_size(), 1);
  EXPECT_EQ(series.windows(0).window(), "latest");
  EXPECT_EQ(series.windows(0).value(), 0.6);
  EXPECT_EQ(series.windows(0).numerator(), 6);
  EXPECT_EQ(series.windows(0).denominator(), 10);
}

TEST_F(QueryTest, AnswersForTheProvinceHowManyHaveReported) {
  const auto series = Series("coverage");
  ASSERT_EQ(series.windows_size(), 1);
  EXPECT_EQ(series.windows(0).value(), 0.45);
  EXPECT_EQ(series.windows(0).members_ratio(), 0.5);
  EXPECT_TRUE(series.windows(0).partial());
}

TEST_F(QueryTest, AnswersForAMemberAloneAndOverAllDepartments) {
  EXPECT_EQ(Series("stock", "a", "north").windows(0).value(), 5);
  EXPECT_EQ(Series("stock", "a", "north").windows(0).members_ratio(), 1);
  EXPECT_FALSE(Series("stock", "a", "south").windows(0).has_value());
  EXPECT_EQ(Series("stock", "", "north").windows(0).value(), 5);
  EXPECT_EQ(Series("stock", "", "north").last_event_time().seconds(), 1'700'000'000);
  EXPECT_FALSE(Series("stock", "", "south").has_last_event_time());
}

TEST_F(QueryTest, AnswersTheSpreadOfDurations) {
  const auto window = Series("duration", "a").windows(0);
  EXPECT_EQ(window.value(), 10);
  EXPECT_EQ(window.min(), 0);
  EXPECT_EQ(window.max(), 20);
  ASSERT_EQ(window.quantiles_size(), 4);
  EXPECT_EQ(window.quantiles(0).q(), 0.5);
  EXPECT_NEAR(window.quantiles(0).value(), 10, 0.1);
}

TEST_F(QueryTest, AnswersBucketsOldestFirstAndEmptyOnesToo) {
  const auto series = Series("flow", "a", "", "1m");
  ASSERT_EQ(series.buckets_size(), 60);
  EXPECT_EQ(series.buckets(0).start().seconds(), 1'700'000'000 - 59);
  EXPECT_FALSE(series.buckets(0).has_value());
  EXPECT_EQ(series.buckets(59).value(), 7);
  EXPECT_EQ(series.buckets(59).events(), 2u);
}

TEST_F(QueryTest, AnswersEmptyBucketsOfASeriesThatHasHadNoEvent) {
  const auto series = Series("flow", "c", "", "24h");
  ASSERT_EQ(series.buckets_size(), 96);
  EXPECT_EQ(series.buckets(95).events(), 0u);
}

TEST_F(QueryTest, NamesTheNearestCodeForAnUnknownOne) {
  const absl::Status status = SeriesError("raito");
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_EQ(std::string(status.message()),
            "there is no indicator 'raito'; did you mean 'ratio'? GET /api/v1/indicators lists "
            "them.");
  EXPECT_EQ(std::string(SeriesError("xyzxyzxyz").message()),
            "there is no indicator 'xyzxyzxyz'; GET /api/v1/indicators lists them.");
  EXPECT_TRUE(absl::IsNotFound(SeriesError("flow", "nobody")));
  EXPECT_TRUE(absl::IsNotFound(SeriesError("stock", "a", "nort")));
}

TEST_F(QueryTest, SaysWhatIsWrongWithAQuestion) {
  EXPECT_TRUE(absl::IsInvalidArgument(SeriesError("")));
  EXPECT_TRUE(absl::IsInvalidArgument(SeriesError("flow", "a", "north")));
  EXPECT_THAT(std::string(SeriesError("flow", "a", "", "2h").message()),
              HasSubstr("there is no window '2h'; windows are 1m, 5m"));
  EXPECT_THAT(std::string(SeriesError("flow", "", "", "1h").message()),
              HasSubstr("needs a department"));
  EXPECT_THAT(std::string(SeriesError("coverage", "a", "", "1h").message()),
              HasSubstr("keeps its latest value"));
}

TEST_F(QueryTest, AnswersTheTargetsOfAScope) {
  ioc::v1::GetScorecardRequest request;
  request.set_scope("province");
  const auto response = query_.GetScorecard(request);
  ASSERT_TRUE(response.ok());
  ASSERT_EQ(response->targets_size(), 1);
  const ioc::v1::TargetRow& row = response->targets(0);
  EXPECT_EQ(row.indicator(), "coverage");
  EXPECT_EQ(row.target(), "2025");
  EXPECT_EQ(row.operator_(), "ge");
  EXPECT_EQ(row.target_value(), 0.8);
  EXPECT_EQ(row.actual(), 0.45);
  EXPECT_EQ(row.status(), "lagging");
  EXPECT_EQ(row.document(), "Decision 1");
  EXPECT_EQ(row.deadline().seconds(), 1'767'200'400);
  EXPECT_GT(row.shortfall(), 0);
}

TEST_F(QueryTest, AnswersEveryTargetWithoutAScope) {
  const auto response = query_.GetScorecard({});
  ASSERT_TRUE(response.ok());
  ASSERT_EQ(response->targets_size(), 2);
  EXPECT_EQ(response->targets(1).scope(), "a");
  EXPECT_EQ(response->targets(1).status(), "no_deadline");
  EXPECT_FALSE(response->targets(1).has_deadline());
}

TEST_F(QueryTest, ListsTheSameTargetsAsTheScorecardHas) {
  ioc::v1::ListTargetsRequest request;
  const auto all = query_.ListTargets(request);
  ASSERT_TRUE(all.ok());
  const auto scorecard = query_.GetScorecard({});
  ASSERT_TRUE(scorecard.ok());
  ASSERT_EQ(all->targets_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(all->targets(i).SerializeAsString(), scorecard->targets(i).SerializeAsString());
  }
  EXPECT_EQ(all->time().seconds(), 1'700'000'000);
  request.set_scope("a");
  const auto of_a = query_.ListTargets(request);
  ASSERT_TRUE(of_a.ok());
  ASSERT_EQ(of_a->targets_size(), 1);
  EXPECT_EQ(of_a->targets(0).scope(), "a");
  request.set_scope("provinz");
  EXPECT_TRUE(absl::IsNotFound(query_.ListTargets(request).status()));
}

TEST_F(QueryTest, RefusesAScopeThatDoesNotExist) {
  ioc::v1::GetScorecardRequest request;
  request.set_scope("provinz");
  const absl::Status status = query_.GetScorecard(request).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("a scope is 'province' or a department"));
}

// Two departments; only the owner reports "owned", whose province value is fed by "sent".
domain::CatalogueData FedCatalogue() {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  domain::Indicator fed = data.indicators[1];  // ratio
  fed.code = "fed";
  fed.reporters = domain::Reporters::kOwner;
  fed.owner = 0;
  fed.fed_by = 1;
  data.indicators.push_back(fed);
  return data;
}

class FedQueryTest : public ::testing::Test {
 protected:
  FedQueryTest() : harness_(FedCatalogue()) {
    EXPECT_TRUE(harness_.Start().ok());
    domain::Event event = harness_.Event("b", "ratio", kNow, 3);
    event.second = 4;
    event.has_second = true;
    EXPECT_TRUE(harness_.Push(harness_.MakeBatch("p", eventlog::Sequence{1}, {event}, kNow)).ok());
    query_ = std::make_unique<Query>(harness_.engine(), clock_);
  }

  iocd::testing::EngineHarness harness_;
  iocd::testing::ManualClock clock_{iocd::testing::kNow};
  std::unique_ptr<Query> query_;
};

TEST_F(FedQueryTest, AnswersForTheProvinceFromWhatTheDepartmentsSend) {
  ioc::v1::GetSeriesRequest request;
  request.set_indicator("fed");
  const auto response = query_->GetSeries(request);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->windows(0).value(), 0.75);
  EXPECT_EQ(response->last_event_time().seconds(), 1'700'000'000);
}

TEST_F(FedQueryTest, SendsWhoeverAsksForADepartmentToTheIndicatorThatItSends) {
  ioc::v1::GetSeriesRequest request;
  request.set_indicator("fed");
  request.set_department("b");
  const absl::Status status = query_->GetSeries(request).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("made from 'ratio': ask for that."));
}

}  // namespace
}  // namespace iocd::query

#include "query/series_question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "support/test_catalogue.h"

namespace iocd::query {
namespace {

using ::testing::HasSubstr;

/// What is said to a question for buckets of `member` of the flow, which is divided into areas;
/// "north" has the part "south".
std::string AskForBuckets(const char* member) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.member_sets[0].members[1].parent = 0;
  data.indicators[0].member_set = 0;
  ioc::v1::GetSeriesRequest request;
  request.set_indicator("flow");
  request.set_department("a");
  request.set_member(member);
  request.set_buckets_of("1h");
  return std::string(
      ParseSeriesQuestion(domain::Catalogue(std::move(data)), request).status().message());
}

TEST(SeriesQuestionTest, BucketsAreOfMembersWithoutParts) {
  EXPECT_EQ(AskForBuckets("south"), "");
  EXPECT_THAT(AskForBuckets("north"), HasSubstr("buckets_of needs a member without parts"));
}

}  // namespace
}  // namespace iocd::query

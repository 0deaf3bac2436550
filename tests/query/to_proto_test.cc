#include "query/to_proto.h"

#include <gtest/gtest.h>

#include "support/test_catalogue.h"

namespace iocd::query {
namespace {

TEST(ToProtoTest, TellsACoverageOfABareFractionWithoutParts) {
  domain::Combined combined;
  combined.aggregate.events = 1;
  combined.aggregate.first = 0.4782;
  combined.value = 0.4782;
  combined.have = combined.owe = 1;
  const auto value = ToProto(domain::Kind::kCoverage, domain::Window::k30d, combined);
  EXPECT_EQ(value.window(), "latest");
  EXPECT_EQ(value.value(), 0.4782);
  EXPECT_FALSE(value.has_numerator());
  EXPECT_FALSE(value.partial());
}

TEST(ToProtoTest, TellsSinceWhenADepartmentIsThereAndWhatItGoesOnAs) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.departments[0].valid_from = domain::CivilDate::FromYearMonthDay(2024, 7, 1);
  data.departments[0].valid_to = domain::CivilDate::FromYearMonthDay(2025, 3, 1);
  data.departments[0].successor = 1;
  data.departments[0].parent = 2;
  const domain::Catalogue catalogue(data);
  const auto merged = ToProto(catalogue, catalogue.data().departments[0], {});
  EXPECT_EQ(merged.valid_from(), "2024-07-01");
  EXPECT_EQ(merged.valid_to(), "2025-03-01");
  EXPECT_EQ(merged.successor(), "b");
  EXPECT_EQ(merged.parent(), "c");
  const auto other = ToProto(catalogue, catalogue.data().departments[1], {});
  EXPECT_EQ(other.valid_from() + other.valid_to() + other.successor() + other.parent(), "");
}

TEST(ToProtoTest, TellsOfWhichMemberAnotherIsAPart) {
  domain::CatalogueData data = testing::TestCatalogueData();
  data.member_sets[0].members[1].parent = 0;
  const auto stock = IndicatorToProto(domain::Catalogue(data), 3);
  ASSERT_EQ(stock.members_size(), 2);
  EXPECT_EQ(stock.members(0).parent(), "");
  EXPECT_EQ(stock.members(1).parent(), "north");
}

}  // namespace
}  // namespace iocd::query

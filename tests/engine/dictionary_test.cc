#include "engine/dictionary.h"

#include <gtest/gtest.h>

#include "support/test_catalogue.h"

namespace iocd::engine {
namespace {

void Define(Dictionary* dictionary, const domain::Catalogue& catalogue) {
  for (const auto& record : dictionary->Missing(catalogue)) {
    ASSERT_TRUE(dictionary->Apply(record).ok());
  }
}

TEST(DictionaryTest, GivesEveryCodeOfTheCatalogueAnIdOnce) {
  Dictionary dictionary;
  domain::Catalogue catalogue = testing::TestCatalogue();
  Define(&dictionary, catalogue);
  EXPECT_TRUE(dictionary.Missing(catalogue).empty());
  dictionary.AssignIds(&catalogue);
  EXPECT_EQ(catalogue.FindDepartment("a")->id, domain::DepartmentId{1});
  EXPECT_EQ(dictionary.KindOf(catalogue.FindIndicator("score")->id), domain::Kind::kScore);
}

// A kind that only a newer daemon knows was taken, and its series treated as one of the latest
// value.
TEST(DictionaryTest, RefusesAnIndicatorOfAKindThatItDoesNotKnow) {
  Dictionary dictionary;
  const absl::Status refused = dictionary.Apply({.thing = eventlog::DefinedThing::kIndicator,
                                                 .id = 1,
                                                 .code = "new",
                                                 .kind = domain::Kind{99}});
  EXPECT_TRUE(absl::IsDataLoss(refused)) << refused;
}

TEST(DictionaryTest, KeepsIdsWhenTheCatalogueIsReorderedAndShrinks) {
  Dictionary dictionary;
  domain::Catalogue first = testing::TestCatalogue();
  Define(&dictionary, first);
  dictionary.AssignIds(&first);

  domain::CatalogueData data = testing::TestCatalogueData();
  std::swap(data.departments[0], data.departments[2]);
  data.indicators.erase(data.indicators.begin());
  domain::Catalogue second(std::move(data));
  EXPECT_TRUE(dictionary.Missing(second).empty());
  dictionary.AssignIds(&second);
  EXPECT_EQ(second.FindDepartment("c")->id, first.FindDepartment("c")->id);
  EXPECT_EQ(second.FindIndicator("rank")->id, first.FindIndicator("rank")->id);
}

TEST(DictionaryTest, GivesANewIdToAnIndicatorWhoseKindChanged) {
  Dictionary dictionary;
  domain::Catalogue first = testing::TestCatalogue();
  Define(&dictionary, first);
  dictionary.AssignIds(&first);

  domain::CatalogueData data = testing::TestCatalogueData();
  for (domain::Indicator& indicator : data.indicators) {
    if (indicator.code == "rank") indicator.kind = domain::Kind::kReported;
  }
  domain::Catalogue second(std::move(data));
  Define(&dictionary, second);
  dictionary.AssignIds(&second);
  EXPECT_NE(second.FindIndicator("rank")->id, first.FindIndicator("rank")->id);
}

TEST(DictionaryTest, RecordsNewBoundsUnderTheOldId) {
  Dictionary dictionary;
  domain::Catalogue first = testing::TestCatalogue();
  Define(&dictionary, first);
  dictionary.AssignIds(&first);

  domain::CatalogueData data = testing::TestCatalogueData();
  data.indicators[0].maximum = 10;
  domain::Catalogue second(std::move(data));
  ASSERT_EQ(dictionary.Missing(second).size(), 1u);
  Define(&dictionary, second);
  dictionary.AssignIds(&second);
  EXPECT_EQ(second.FindIndicator("flow")->id, first.FindIndicator("flow")->id);
  EXPECT_TRUE(dictionary.Missing(second).empty());
}

TEST(DictionaryTest, RefusesRecordsThatContradict) {
  Dictionary dictionary;
  using eventlog::DefinedThing;
  ASSERT_TRUE(dictionary.Apply({DefinedThing::kDepartment, 1, "a"}).ok());
  EXPECT_FALSE(dictionary.Apply({DefinedThing::kDepartment, 1, "b"}).ok());
  EXPECT_FALSE(dictionary.Apply({DefinedThing::kDepartment, 3, "c"}).ok());
  EXPECT_FALSE(dictionary.Apply({static_cast<DefinedThing>(9), 1, "d"}).ok());
}

}  // namespace
}  // namespace iocd::engine

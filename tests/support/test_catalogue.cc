#include "support/test_catalogue.h"

#include <string>

namespace iocd::testing {

using domain::Direction;
using domain::Kind;

domain::CatalogueData TestCatalogueData() {
  domain::CatalogueData data;
  data.territory = "test";
  data.name_vi = "tỉnh Thử";
  data.name_en = "Test province";
  for (const char* code : {"a", "b", "c", "outside"}) {
    domain::Department department;
    department.code = code;
    department.name_vi = std::string("Sở ") + code;
    department.name_en = std::string("Department ") + code;
    department.kind = "so";
    department.counts = department.code != "outside";
    data.departments.push_back(std::move(department));
  }
  domain::MemberSet areas;
  areas.code = "areas";
  for (const char* code : {"north", "south"}) {
    domain::Member member;
    member.code = code;
    member.name_vi = member.name_en = code;
    areas.members.push_back(std::move(member));
  }
  data.member_sets.push_back(std::move(areas));
  for (const Kind kind : {Kind::kFlow, Kind::kRatio, Kind::kDuration, Kind::kStock, Kind::kCoverage,
                          Kind::kScore, Kind::kRank, Kind::kReported, Kind::kWorst}) {
    domain::Indicator indicator;
    indicator.code = std::string(domain::KindName(kind));
    indicator.name_vi = "Chỉ tiêu " + indicator.code;
    indicator.name_en = "Indicator " + indicator.code;
    indicator.kind = kind;
    indicator.unit = kind == Kind::kRatio || kind == Kind::kCoverage ? "percent" : "unit";
    indicator.direction =
        kind == Kind::kDuration || kind == Kind::kRank ? Direction::kLower : Direction::kHigher;
    indicator.reporters = domain::Reporters::kAll;
    if (kind == Kind::kStock) indicator.member_set = 0;
    data.indicators.push_back(std::move(indicator));
  }
  return data;
}

domain::Indicator OwnedIndicator() {
  domain::Indicator owned;
  owned.code = "owned";
  owned.kind = Kind::kStock;
  owned.reporters = domain::Reporters::kOwner;
  owned.owner = 0;
  owned.minimum = 0;
  owned.maximum = 10;
  return owned;
}

domain::Catalogue TestCatalogue() { return domain::Catalogue(TestCatalogueData()); }

}  // namespace iocd::testing

// The demonstration shows what it promises: with the feed of scenario.yaml every status appears,
// for months to come.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>

#include "absl/container/node_hash_map.h"
#include "config/shipped_files.h"
#include "domain/quantity.h"
#include "domain/rollup.h"

namespace iocd::config {
namespace {

using domain::Catalogue;
using domain::CivilDate;
using domain::Department;
using domain::Indicator;
using ::testing::SizeIs;

/// The series that the demonstration's feed makes, without its randomness.
class Feed final : public domain::SeriesSource {
 public:
  const domain::Series* Find(const domain::SeriesKey& key) const override {
    const auto found = series_.find(key);
    return found == series_.end() ? nullptr : &found->second;
  }

  void Send(domain::Kind kind, const domain::Event& event) {
    series_.try_emplace(event.series, kind).first->second.Apply(event, event.time);
  }

 private:
  absl::node_hash_map<domain::SeriesKey, domain::Series> series_;
};

class DemonstrationTest : public ::testing::Test {
 protected:
  DemonstrationTest() : catalogue_(Shipped("config/demo/iocd.yaml")) {
    std::uint32_t next = 1;
    domain::CatalogueData& data = catalogue_.mutable_data();
    for (Department& department : data.departments) department.id = domain::DepartmentId{next++};
    for (Indicator& indicator : data.indicators) indicator.id = domain::IndicatorId{next++};
    for (domain::MemberSet& set : data.member_sets) {
      for (domain::Member& member : set.members) member.id = domain::MemberId{next++};
    }
  }

  /// What `key` says for a department and a member: the most particular one wins.
  static YAML::Node Look(const YAML::Node& course, const std::string& department,
                         const std::string& member, const char* key) {
    const std::pair<const char*, std::string> special[] = {{"members", member},
                                                           {"departments", department}};
    for (const auto& [list, code] : special) {
      if (course[list] && course[list][code] && course[list][code][key]) {
        return course[list][code][key];
      }
    }
    return course[key];
  }

  void SendOne(const YAML::Node& course, const Department& department, const Indicator& indicator,
               const domain::Member* member, Timestamp now, Feed& feed) {
    const std::string member_code = member == nullptr ? "" : member->code;
    const auto look = [&](const char* key) {
      return Look(course, department.code, member_code, key);
    };
    domain::Event event;
    event.series = {department.id, indicator.id,
                    member == nullptr ? domain::kNoMember : member->id};
    event.time = now;
    if (look("as_of")) {
      event.time = domain::ParseDateOrYearEnd(look("as_of").as<std::string>())->Start();
    }
    const bool parts = static_cast<bool>(look("share"));
    event.first =
        *domain::ParseQuantity(look(parts ? "share" : "value").as<std::string>(), indicator.unit);
    event.second = 1;
    event.has_second = parts || indicator.kind == domain::Kind::kScore;
    feed.Send(indicator.kind, event);
  }

  /// Everything that the scenario sends, once.
  Feed SendAll(Timestamp now) {
    Feed feed;
    for (const auto& entry : scenario_["indicators"]) {
      const Indicator& indicator = *catalogue_.FindIndicator(entry.first.as<std::string>());
      const auto number =
          static_cast<std::size_t>(&indicator - catalogue_.data().indicators.data());
      for (const std::size_t reporter : catalogue_.ReportersOf(number)) {
        const Department& department = catalogue_.data().departments[reporter];
        const domain::MemberSet* set = catalogue_.MembersOf(indicator);
        if (set == nullptr) SendOne(entry.second, department, indicator, nullptr, now, feed);
        for (std::size_t i = 0; set != nullptr && i < set->members.size(); ++i) {
          SendOne(entry.second, department, indicator, &set->members[i], now, feed);
        }
      }
    }
    return feed;
  }

  std::set<std::string> StatusesOn(int year, int month, int day) {
    const Timestamp now = CivilDate::FromYearMonthDay(year, month, day).Start();
    const Feed feed = SendAll(now);
    const domain::Reading reading{catalogue_, feed, now};
    std::set<std::string> statuses;
    for (const std::size_t i : catalogue_.TargetsInForce()) {
      const domain::Target& target = catalogue_.data().targets[i];
      statuses.emplace(domain::TargetStatusName(
          domain::Assess(target.terms, domain::ActualOf(reading, target), now).status));
    }
    return statuses;
  }

  Catalogue catalogue_;
  const YAML::Node scenario_ = YAML::LoadFile("config/demo/scenario.yaml");
};

TEST_F(DemonstrationTest, ShowsEveryStatusFromNovember2026ToJune2027) {
  EXPECT_THAT(StatusesOn(2026, 11, 22), SizeIs(domain::kTargetStatusCount));
  EXPECT_THAT(StatusesOn(2026, 12, 31), SizeIs(domain::kTargetStatusCount));
  EXPECT_THAT(StatusesOn(2027, 3, 1), SizeIs(domain::kTargetStatusCount));
  EXPECT_THAT(StatusesOn(2027, 6, 30), SizeIs(domain::kTargetStatusCount));
}

TEST_F(DemonstrationTest, NamesOnlyWhatTheCatalogueHas) {
  for (const auto& entry : scenario_["departments"]) {
    EXPECT_NE(catalogue_.FindDepartment(entry.first.as<std::string>()), nullptr) << entry.first;
  }
  for (const auto& entry : scenario_["indicators"]) {
    const Indicator* indicator = catalogue_.FindIndicator(entry.first.as<std::string>());
    ASSERT_NE(indicator, nullptr) << entry.first;
    for (const auto& special : entry.second["departments"]) {
      const Department* department = catalogue_.FindDepartment(special.first.as<std::string>());
      ASSERT_NE(department, nullptr) << special.first;
      EXPECT_TRUE(catalogue_.MayReport(*department, *indicator))
          << special.first << " " << entry.first;
    }
    for (const auto& special : entry.second["members"]) {
      EXPECT_NE(catalogue_.FindMember(*indicator, special.first.as<std::string>()), nullptr)
          << special.first << " " << entry.first;
    }
  }
}

TEST_F(DemonstrationTest, SetsSimulatedTargetsAboveThePublishedOnes) {
  std::vector<std::string> in_force;
  for (const std::size_t i : catalogue_.TargetsInForce()) {
    const domain::Target& target = catalogue_.data().targets[i];
    if (catalogue_.data().indicators[target.indicator].code == "admin_procedure_reduction_pct") {
      in_force.push_back(target.document);
    }
  }
  EXPECT_THAT(in_force, ::testing::ElementsAre("Simulated for demonstration / Mô phỏng"));
}

}  // namespace
}  // namespace iocd::config

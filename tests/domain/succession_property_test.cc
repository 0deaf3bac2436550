// Whatever departments are merged and dissolved, the province has every event once.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "domain/rollup.h"
#include "domain/sent_series.h"
#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

/// One event of a random course of events.
struct Sent {
  std::size_t department;
  Timestamp time;
  double value;
};

/// Departments that are merged and dissolved at random, each into one of a higher number that is
/// there longer, and what they send while they are there.
class RandomMergers {
 public:
  static constexpr std::size_t kDepartments = 7;

  explicit RandomMergers(unsigned seed) : random_(seed) {
    CatalogueData data;
    data.departments.resize(kDepartments);
    for (std::size_t i = 0; i + 1 < kDepartments; ++i) {
      if (Below(3) == 0) continue;
      data.departments[i].valid_to =
          CivilDate{Day("2024-03-01").days + static_cast<int>(Below(60))};
    }
    for (std::size_t i = 0; i + 1 < kDepartments; ++i) {
      Department& one = data.departments[i];
      const std::size_t other = i + 1 + Below(kDepartments - i - 1);
      const auto& end = data.departments[other].valid_to;
      if (one.valid_to && Below(5) != 0 && (!end || *end > *one.valid_to)) one.successor = other;
    }
    for (const Kind kind : {Kind::kFlow, Kind::kStock}) {
      Indicator& indicator = data.indicators.emplace_back();
      indicator.kind = kind;
      indicator.reporters = Reporters::kAll;
    }
    catalogue_.emplace(WithIds(std::move(data)));
    for (int i = 0; i < 60; ++i) Send();
  }

  std::size_t Below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  const Catalogue& catalogue() const { return *catalogue_; }
  const std::vector<Department>& departments() const { return catalogue_->data().departments; }
  const SentSeries& series() const { return series_; }
  const std::vector<Sent>& sent() const { return sent_; }

 private:
  void Send() {
    const std::size_t department = Below(kDepartments);
    const Timestamp time =
        At("2024-02-20", 0, 0) + Duration::Seconds(static_cast<int>(Below(80 * 86'400)));
    const auto& end = departments()[department].valid_to;
    if (end && time > end->Start()) return;
    const auto value = static_cast<double>(1 + Below(1'000));
    sent_.push_back({department, time, value});
    for (const Indicator& indicator : catalogue_->data().indicators) {
      Event event;
      event.series = {departments()[department].id, indicator.id, kNoMember};
      event.time = time;
      event.first = value;
      series_.Apply(indicator.kind, event, time);
    }
  }

  std::mt19937 random_;
  std::optional<Catalogue> catalogue_;
  SentSeries series_;
  std::vector<Sent> sent_;
};

double SumOfDepartments(const Reading& reading, std::size_t indicator) {
  double sum = 0;
  for (std::size_t i = 0; i < RandomMergers::kDepartments; ++i) {
    sum += DepartmentValue(reading, i, indicator).value.value_or(0);
  }
  return sum;
}

TEST(SuccessionPropertyTest, APeriodsSumOfTheProvinceHasEveryEventOnce) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const RandomMergers course(seed);
    for (const char* name : {"2024-02", "2024-03", "2024-04", "2024-03-15", "2024"}) {
      const Period period = Named(name);
      Reading reading{course.catalogue(), course.series(), At("2024-06-01", 9, 0)};
      reading.period = period;
      double sum = 0;
      for (const Sent& one : course.sent()) {
        const CivilDate day = CivilDate::Containing(one.time);
        if (day >= period.Start() && day < period.End()) sum += one.value;
      }
      EXPECT_EQ(ProvinceValue(reading, 0).value.value_or(0), sum) << seed << " " << name;
      EXPECT_EQ(SumOfDepartments(reading, 0), sum) << seed << " " << name;
    }
  }
}

/// The newest value of a department counts unless one as which it went on by that day has spoken
/// for it since, or ended without a successor.
double StockOnDay(const RandomMergers& course, CivilDate day) {
  std::map<std::size_t, Sent> newest;
  for (const Sent& one : course.sent()) {
    const auto [found, first] = newest.try_emplace(one.department, one);
    if (!first && one.time >= found->second.time) found->second = one;
  }
  double sum = 0;
  for (const auto& [department, last] : newest) {
    bool counts = true;
    std::size_t at = department;
    while (course.departments()[at].valid_to && *course.departments()[at].valid_to <= day) {
      const Department& gone = course.departments()[at];
      if (!gone.successor) counts = false;
      if (!gone.successor) break;
      const auto spoken = newest.find(*gone.successor);
      if (spoken != newest.end() && spoken->second.time > gone.valid_to->Start()) counts = false;
      at = *gone.successor;
    }
    if (counts) sum += last.value;
  }
  return sum;
}

TEST(SuccessionPropertyTest, AStockOfTheProvinceHasEveryValueThatNobodySpokeForOnce) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const RandomMergers course(seed);
    for (const char* day : {"2024-02-28", "2024-03-10", "2024-04-01", "2024-06-01"}) {
      const Reading reading{course.catalogue(), course.series(), At(day, 9, 0)};
      const double expected = StockOnDay(course, Day(day));
      EXPECT_EQ(ProvinceValue(reading, 1).value.value_or(0), expected) << seed << " " << day;
      EXPECT_EQ(SumOfDepartments(reading, 1), expected) << seed << " " << day;
    }
  }
}

}  // namespace
}  // namespace iocd::domain

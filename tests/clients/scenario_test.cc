#include "iocsim/scenario.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/temporary_directory.h"

namespace iocsim {
namespace {

using ::testing::HasSubstr;

class ScenarioTest : public ::testing::Test {
 protected:
  absl::StatusOr<Scenario> Load(const std::string& text) {
    const std::string path = directory_.File("scenario.yaml");
    std::ofstream(path) << text;
    return LoadScenario(path);
  }

  const iocd::testing::TemporaryDirectory directory_;
};

absl::Time Local(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text + ":00+07:00", &time, &error)) << error;
  return time;
}

TEST_F(ScenarioTest, ReadsTheDemonstrationOfTheRepository) {
  const auto scenario = LoadScenario("config/demo/scenario.yaml");
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  EXPECT_TRUE(scenario->departments.at("bdt").silent);
  EXPECT_EQ(scenario->departments.at("sxd").late_by, absl::Hours(2));
  EXPECT_EQ(scenario->indicators.at("dossiers_received").Of("stnmt", "").rate_per_hour, 30);
  EXPECT_EQ(scenario->indicators.at("dossiers_received").Of("snv", "").rate_per_hour, 8);
}

TEST_F(ScenarioTest, LowersRatesOutsideWorkingHours) {
  const auto scenario = Load(
      "speed: 2\n"
      "working_hours: {from: \"07:30\", to: \"17:00\", days: [mon], outside: 10%}\n"
      "daily_shape: {8: 1.5}\n");
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  EXPECT_DOUBLE_EQ(scenario->RateFactor(Local("2026-11-23T08:00")), 3);  // a Monday
  EXPECT_DOUBLE_EQ(scenario->RateFactor(Local("2026-11-23T07:29")), 0.2);
  EXPECT_DOUBLE_EQ(scenario->RateFactor(Local("2026-11-23T17:00")), 0.2);
  EXPECT_DOUBLE_EQ(scenario->RateFactor(Local("2026-11-24T08:00")), 0.3);  // a Tuesday
  EXPECT_DOUBLE_EQ(scenario->MaxRateFactor(), 3);
}

TEST_F(ScenarioTest, PutsMembersOverDepartmentsOverTheGeneralCourse) {
  const auto scenario = Load(
      "indicators:\n"
      "  a:\n"
      "    value: 47.82%\n"
      "    spread: 1%\n"
      "    departments: {d: {value: 2, weight: 3}}\n"
      "    members: {m: {value: 4}}\n");
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  const IndicatorCourse& course = scenario->indicators.at("a");
  EXPECT_EQ(course.Of("x", "").value, 0.4782);
  EXPECT_EQ(course.Of("d", "").value, 2);
  EXPECT_EQ(course.Of("d", "m").value, 4);
  EXPECT_EQ(course.Of("d", "m").weight, 3);
  EXPECT_EQ(course.Of("d", "m").spread, 0.01);
}

TEST_F(ScenarioTest, TellsEveryMistakeWithItsLine) {
  const auto scenario = Load(
      "sped: 1\n"
      "backlog: long\n"
      "indicators:\n"
      "  a: {rate: 1}\n"
      "  b: {value: 1.2.3}\n");
  ASSERT_FALSE(scenario.ok());
  const std::string message(scenario.status().message());
  EXPECT_THAT(message, HasSubstr(":1: unknown key 'sped'; allowed: backlog, daily_shape"));
  EXPECT_THAT(message, HasSubstr(":2: 'long' is no duration"));
  EXPECT_THAT(message, HasSubstr(":4: unknown key 'rate'"));
  EXPECT_THAT(message, HasSubstr(":5: "));
}

TEST_F(ScenarioTest, SaysThatAFileIsMissing) {
  EXPECT_EQ(LoadScenario("/no/such.yaml").status().message(), "/no/such.yaml: cannot be read");
}

}  // namespace
}  // namespace iocsim

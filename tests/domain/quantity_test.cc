#include "domain/quantity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace iocd::domain {
namespace {

using ::testing::HasSubstr;

std::string Complaint(absl::string_view text, absl::string_view unit) {
  const auto parsed = ParseQuantity(text, unit);
  return parsed.ok() ? absl::StrCat("accepted as ", *parsed)
                     : std::string(parsed.status().message());
}

TEST(QuantityTest, ShiftsAPercentByTwoPlacesToTheNearestDouble) {
  EXPECT_EQ(*ParseQuantity("48.56%", "percent"), 0.4856);
  EXPECT_EQ(*ParseQuantity("47.82%", "percent"), 0.4782);
  EXPECT_EQ(*ParseQuantity("100%", "percent"), 1.0);
  EXPECT_EQ(*ParseQuantity("0.05%", "percent"), 0.0005);
  EXPECT_EQ(*ParseQuantity("-3.5%", "percent"), -0.035);
  EXPECT_EQ(*ParseQuantity(" 98.5 % ", "percent"), 0.985);
}

TEST(QuantityTest, AgreesWithTheFractionWrittenOutForEveryHundredthOfAPercent) {
  for (int hundredths = 0; hundredths <= 10'000; ++hundredths) {
    const std::string percent =
        absl::StrCat(hundredths / 100, ".", absl::Dec(hundredths % 100, absl::kZeroPad2), "%");
    const std::string fraction =
        absl::StrCat(hundredths / 10'000, ".", absl::Dec(hundredths % 10'000, absl::kZeroPad4));
    double expected = 0;
    ASSERT_TRUE(absl::SimpleAtod(fraction, &expected));
    ASSERT_EQ(*ParseQuantity(percent, "percent"), expected) << percent;
  }
}

TEST(QuantityTest, RefusesAPercentWithoutItsSignAndSaysHowToWriteIt) {
  EXPECT_THAT(Complaint("48.56", "percent"), HasSubstr("write '48.56%'"));
  EXPECT_THAT(Complaint("0.4856", "percent"), HasSubstr("has no '%'"));
}

TEST(QuantityTest, TakesPlainNumbersForEveryOtherUnit) {
  EXPECT_EQ(*ParseQuantity("453954", "person"), 453954);
  EXPECT_EQ(*ParseQuantity("6.47", "percentage_point"), 6.47);
  EXPECT_EQ(*ParseQuantity("+6.47", "percentage_point"), 6.47);
  EXPECT_EQ(*ParseQuantity("1.5e6", "person"), 1.5e6);
}

TEST(QuantityTest, RefusesAPercentSignWhereTheUnitIsAnother) {
  EXPECT_THAT(Complaint("6.47%", "percentage_point"),
              HasSubstr("the unit is percentage_point: write '6.47'"));
}

TEST(QuantityTest, RefusesADecimalCommaWithAHint) {
  EXPECT_THAT(Complaint("98,5%", "percent"), HasSubstr("'98.5%'?"));
  EXPECT_THAT(Complaint("98,5", "percent"), HasSubstr("comma"));
  EXPECT_THAT(Complaint("1,5", "level"), HasSubstr("'1.5'?"));
}

TEST(QuantityTest, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "%", "-", ".", "5.", ".5", "1.2.3", "nan", "inf", "0x10", "1e",
                           "1 2", "--1", "over 96", "e5", "1e9999"}) {
    EXPECT_FALSE(ParseQuantity(text, "person").ok()) << text;
    EXPECT_FALSE(ParseQuantity(absl::StrCat(text, "%"), "percent").ok()) << text;
  }
  EXPECT_FALSE(ParseQuantity("1e999", "person").ok());
  EXPECT_FALSE(ParseQuantity("1e1%", "percent").ok());
}

TEST(QuantityTest, WritesForPeople) {
  EXPECT_EQ(QuantityToText(0.4782, "percent"), "47.82%");
  EXPECT_EQ(QuantityToText(453954, "person"), "453954");
}

}  // namespace
}  // namespace iocd::domain

#include "domain/sending_rights.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "domain/admission.h"
#include "support/test_catalogue.h"

namespace iocd::domain {
namespace {

constexpr Timestamp kNow = Timestamp::FromSeconds(1'795'312'800);  // 2026-11-22

class SendingRightsTest : public ::testing::Test {
 protected:
  SendingRightsTest() {
    rights_.sender = "a-system";
    rights_.department = "a";
  }

  /// The refusal of an event that department "a" sends, or "" if it is admitted.
  std::string Refusal(absl::string_view indicator, absl::string_view department,
                      absl::string_view member = "") {
    RawEvent event;
    event.indicator = indicator;
    event.department = department;
    event.member = member;
    event.has_time = true;
    event.seconds = kNow.nanos / 1'000'000'000;
    event.measure = RawEvent::Measure::kValue;
    event.value = 1;
    const auto admitted = Admit(catalogue_, *catalogue_.FindDepartment("a"), event, kNow, &rights_);
    const auto* objection = std::get_if<Objection>(&admitted);
    if (objection == nullptr) return "";
    EXPECT_EQ(objection->code, RefusalCode::kNotPermitted) << objection->message;
    return objection->message;
  }

  const Catalogue catalogue_ = iocd::testing::TestCatalogue();
  SendingRights rights_;
};

TEST_F(SendingRightsTest, AreForTheOwnDepartmentAlone) {
  EXPECT_EQ(Refusal("flow", ""), "");
  EXPECT_EQ(Refusal("flow", "a"), "");
  EXPECT_EQ(Refusal("flow", "b"), "'a-system' was not granted to send for department 'b'");
}

TEST_F(SendingRightsTest, AreForOthersWhereGranted) {
  rights_.departments = {"b"};
  EXPECT_EQ(Refusal("flow", ""), "");
  EXPECT_EQ(Refusal("flow", "b"), "");
  EXPECT_NE(Refusal("flow", "c"), "");
  rights_.for_all = true;
  EXPECT_EQ(Refusal("flow", "c"), "");
}

TEST_F(SendingRightsTest, AreForTheIndicatorsOfTheirList) {
  rights_.indicators = SendingRights::Codes{"flow"};
  EXPECT_EQ(Refusal("flow", ""), "");
  EXPECT_EQ(Refusal("stock", ""), "'a-system' was not granted to send indicator 'stock'");
  rights_.indicators = SendingRights::Codes{};
  EXPECT_NE(Refusal("flow", ""), "");
}

TEST_F(SendingRightsTest, AreForTheMembersOfTheirList) {
  rights_.members = SendingRights::Codes{"north"};
  EXPECT_EQ(Refusal("stock", "", "north"), "");
  EXPECT_EQ(Refusal("stock", "", "south"), "'a-system' was not granted to send for member 'south'");
  EXPECT_EQ(Refusal("flow", ""),
            "'a-system' was granted to send for some members only; the event names none");
}

}  // namespace
}  // namespace iocd::domain

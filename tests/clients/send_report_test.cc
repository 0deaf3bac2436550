#include "iocctl/send_report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "iocctl/exit_code.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ioc::client::Answer AnswerOf(absl::Status status) {
  ioc::client::Answer answer;
  answer.events = 3;
  answer.status = std::move(status);
  return answer;
}

/// What is printed, and the exit code.
std::pair<std::string, int> Printed(const SendReport& report, bool json) {
  ::testing::internal::CaptureStdout();
  const int exit_code = PrintReport(report, json);
  return {::testing::internal::GetCapturedStdout(), exit_code};
}

// Events without an answer were shown as refused, which people are told to send under a new number:
// those that had been taken would count twice.
TEST(SendReportTest, TellsEventsOfUnknownOutcomeFromRefusedOnes) {
  SendReport report;
  report.AddAnswer("stp", AnswerOf(absl::UnavailableError("the disk refused")));
  report.AddAnswer("stp", AnswerOf(absl::DeadlineExceededError("no answer")));
  report.AddAnswer("stp", AnswerOf(absl::AlreadyExistsError("used")));
  ioc::client::Answer expired = AnswerOf(absl::OkStatus());
  expired.response.set_duplicate(true);
  expired.response.set_answer_expired(true);
  report.AddAnswer("stp", expired);
  EXPECT_EQ(report.Total().unknown, 9u);
  EXPECT_EQ(report.Total().refused, 3u);
  const auto [text, exit_code] = Printed(report, /*json=*/false);
  EXPECT_THAT(text, HasSubstr("UNKNOWN"));
  EXPECT_THAT(text, HasSubstr("9 events may be counted or not: send exactly the same once more"));
  EXPECT_EQ(exit_code, kFailed);
  EXPECT_THAT(Printed(report, /*json=*/true).first, HasSubstr("\"unknown\":9"));
}

TEST(SendReportTest, SaysNothingOfUnknownOutcomesWhereThereAreNone) {
  SendReport report;
  ioc::client::Answer taken = AnswerOf(absl::OkStatus());
  taken.response.set_accepted(3);
  report.AddAnswer("stp", taken);
  const auto [text, exit_code] = Printed(report, /*json=*/false);
  EXPECT_THAT(text, Not(HasSubstr("UNKNOWN")));
  EXPECT_EQ(exit_code, kDone);
}

}  // namespace
}  // namespace iocctl

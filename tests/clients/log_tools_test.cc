// The tools for the person whose daemon does not start, and for the inspector, with a real daemon.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/parsed_json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kConfig = "config/iocd.yaml";
constexpr int kBatches = 5;

/// A log of kBatches batches of stp, the sequences 1, 2, …, each of one event with the sequence as
/// its value, left by a daemon that was killed.
class LogToolsTest : public ::testing::Test {
 protected:
  LogToolsTest() : data_dir_(directory_.File("data")) {
    daemon_ = std::make_unique<DaemonProcess>(
        DaemonProcess::Options{.program = IOCD_PROGRAM, .config = kConfig, .data_dir = data_dir_});
    for (int i = 1; i <= kBatches; ++i) Push(i);
  }

  ProgramResult Push(int sequence, const std::string& indicator = "dossiers_received") {
    return RunProgram({IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "--json", "push",
                       "--department", "stp", "--producer", "mot-cua", "--sequence",
                       absl::StrCat(sequence), "--indicator", indicator, "--value",
                       absl::StrCat(sequence), "--time", time_, "--reference",
                       absl::StrCat("HS-", sequence)});
  }
  ProgramResult Log(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {IOCCTL_PROGRAM, "log"});
    arguments.insert(arguments.end(), {"--data-dir", data_dir_});
    return RunProgram(arguments);
  }
  /// A start of the daemon that is expected to fail.
  ProgramResult StartInVain() {
    return RunProgram({IOCD_PROGRAM, "--config", kConfig, "--data-dir", data_dir_, "--grpc-listen",
                       "127.0.0.1:0", "--http-listen", "127.0.0.1:0"});
  }

  std::string Segment() const { return data_dir_ + "/log/00000000000000000000.log"; }
  std::string Bytes() const {
    std::ifstream file(Segment(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void FlipByte(std::uint64_t offset) {
    std::fstream file(Segment(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(offset));
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(byte);
  }
  /// Into the batch with that reference.
  void DamageBatch(int sequence) { FlipByte(Bytes().find(absl::StrCat("HS-", sequence))); }

  const iocd::testing::TemporaryDirectory directory_;
  const std::string data_dir_;
  const std::string time_ =  // so that a repeat is the same batch
      absl::FormatTime(absl::RFC3339_sec, absl::Now(), absl::FixedTimeZone(7 * 3'600));
  std::unique_ptr<DaemonProcess> daemon_;
};

TEST_F(LogToolsTest, LeadFromADaemonThatDoesNotStartToOneThatCountsTheRest) {
  daemon_->Kill();
  DamageBatch(3);

  const auto refused = StartInVain();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr(Segment() + " at byte "), HasSubstr("iocctl log mend")));

  const auto inspected = Log({"inspect"});
  EXPECT_EQ(inspected.exit_code, 0) << inspected.err;
  EXPECT_THAT(inspected.out, AllOf(HasSubstr("No daemon holds"), HasSubstr("bytes damaged"),
                                   HasSubstr("A start of the daemon would be refused"),
                                   HasSubstr("stp, producer 'mot-cua', sequence 2, arrived 20"),
                                   HasSubstr("stp, producer 'mot-cua', sequence 4, arrived 20")));
  const auto verified = Log({"verify"});
  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.out, HasSubstr("1 damaged place: "));

  const std::string damaged = Bytes();
  const auto told = Log({"mend"});
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_THAT(told.out, AllOf(HasSubstr("Nothing was changed"), HasSubstr("--accept-loss")));
  EXPECT_EQ(Bytes(), damaged);

  const auto mended = Log({"mend", "--accept-loss"});
  EXPECT_EQ(mended.exit_code, 0) << mended.out << mended.err;
  EXPECT_THAT(mended.out, HasSubstr("A daemon can start now."));
  EXPECT_TRUE(std::filesystem::exists(Segment() + ".damaged"));
  EXPECT_THAT(Log({"verify"}).out, HasSubstr("sound: "));
  const auto again = Log({"mend", "--accept-loss"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("Nothing to mend"));

  daemon_->Start();
  EXPECT_EQ(Number(Push(2).out, "duplicate"), 1);
  EXPECT_EQ(Number(Push(4).out, "duplicate"), 1);
  EXPECT_EQ(Number(Push(3).out, "accepted"), 1) << "the lost one may be sent again";
}

TEST_F(LogToolsTest, KnowADaemonThatRunsAndLeaveItAlone) {
  EXPECT_THAT(Log({"inspect"}).out, HasSubstr("A daemon holds "));
  const auto verified = Log({"verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
  const auto refused = Log({"mend", "--accept-loss"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("a daemon runs on " + data_dir_));
  EXPECT_EQ(Number(Push(kBatches + 1).out, "accepted"), 1);
}

TEST_F(LogToolsTest, RefuseAMendThatWouldNotHelp) {
  daemon_->Kill();
  FlipByte(100);  // among the definitions, of which there is no snapshot
  const std::string damaged = Bytes();
  const auto result = Log({"mend", "--accept-loss"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, AllOf(HasSubstr("a mend would not help"), HasSubstr("iocctl restore")));
  EXPECT_EQ(Bytes(), damaged);
}

TEST_F(LogToolsTest, DumpWhatADepartmentSent) {
  Push(kBatches + 1, "no_such_indicator");
  daemon_->Kill();
  const auto all = Log({"dump", "--department", "stp"});
  EXPECT_EQ(all.exit_code, 0) << all.err;
  const std::vector<std::string> lines = absl::StrSplit(all.out, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), kBatches + 1u);
  const auto third = ParseJson(lines[2]).fields();
  EXPECT_EQ(third.at("kind").string_value(), "batch");
  EXPECT_EQ(third.at("department").string_value(), "stp");
  EXPECT_EQ(third.at("producer").string_value(), "mot-cua");
  EXPECT_EQ(third.at("sequence").number_value(), 3);
  EXPECT_FALSE(third.at("simulated").bool_value());
  const auto event = third.at("events").list_value().values(0).struct_value().fields();
  EXPECT_EQ(event.at("indicator").string_value(), "dossiers_received");
  EXPECT_EQ(event.at("value").number_value(), 3);
  EXPECT_EQ(event.at("reference").string_value(), "HS-3");
  EXPECT_TRUE(event.at("counted").bool_value());
  const auto refused = ParseJson(lines.back()).fields().at("refusals").list_value().values(0);
  EXPECT_EQ(refused.struct_value().fields().at("code").string_value(), "UNKNOWN_INDICATOR");

  EXPECT_THAT(Log({"dump", "--reference", "HS-4"}).out,
              AllOf(HasSubstr("\"sequence\":4,"), Not(HasSubstr("\"sequence\":3,"))));
  EXPECT_THAT(Log({"dump", "--to", "2024-01-01"}).err, HasSubstr("no record matches"));
  EXPECT_THAT(Log({"dump"}).out, HasSubstr("{\"kind\":\"define\",\"position\":"));
}

TEST_F(LogToolsTest, SayWhatIsWrongWithAFilterOrADirectory) {
  daemon_->Kill();
  const auto department = Log({"dump", "--department", "spt"});
  EXPECT_EQ(department.exit_code, 2);
  EXPECT_THAT(department.err, HasSubstr("the log knows no department 'spt'; did you mean 's"));
  const auto time = Log({"dump", "--from", "yesterday"});
  EXPECT_EQ(time.exit_code, 2);
  EXPECT_THAT(time.err, HasSubstr("--from: "));
  const auto nowhere = RunProgram({IOCCTL_PROGRAM, "log", "verify", "--data-dir", "/no/such"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("/no/such is no directory"));
}

}  // namespace
}  // namespace iocctl

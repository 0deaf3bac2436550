// iocctl and a real daemon whose catalogue counts each reference once.
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using iocd::testing::ProgramResult;
using ::testing::HasSubstr;

constexpr char kCatalogue[] = R"(
territory: {code: here, name_vi: Đây, name_en: Here}
departments: [{code: stp, name_vi: Sở, name_en: Department, kind: so}]
indicators:
  - {code: received, name_vi: N, name_en: N, kind: flow, unit: dossier, direction: none,
     cadence: realtime, owner: stp, count_once_by: reference}
)";

TEST(CountOncePushTest, SaysWhichEventsWereCountedBefore) {
  const iocd::testing::TemporaryDirectory directory;
  std::ofstream(directory.File("catalogue.yaml")) << kCatalogue;
  std::ofstream(directory.File("iocd.yaml")) << "catalogue: [catalogue.yaml]\n";
  const iocd::testing::DaemonProcess daemon({.program = IOCD_PROGRAM,
                                             .config = directory.File("iocd.yaml"),
                                             .data_dir = directory.File("data")});
  const auto push = [&](bool json) {
    std::vector<std::string> command = {IOCCTL_PROGRAM, "--target",     daemon.grpc_address(),
                                        "push",         "--department", "stp",
                                        "--indicator",  "received",     "--time",
                                        "now",          "--value",      "1",
                                        "--reference",  "HS-1"};
    if (json) command.push_back("--json");
    return iocd::testing::RunProgram(command);
  };
  EXPECT_THAT(push(true).out, HasSubstr("\"accepted\":1"));
  const ProgramResult again = push(true);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("\"already_counted\":1"));
  EXPECT_THAT(again.out, HasSubstr("\"accepted\":0"));
  EXPECT_THAT(again.out, HasSubstr("\"refused\":0"));
  EXPECT_THAT(push(false).out, HasSubstr("1 of the duplicates"));
}

}  // namespace
}  // namespace iocctl

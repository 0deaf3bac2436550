// iocd and iocctl where the log holds a batch that arrived long after what the clock says.
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "base/posix_file_system.h"
#include "engine/engine.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"
#include "support/test_catalogue.h"

namespace iocctl {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::HasSubstr;

// No clock of a machine that runs this test says 2200.
const iocd::Timestamp kFarAhead = iocd::Timestamp::FromSeconds(7'258'118'400);

/// Leaves a log in `directory` whose one batch arrived then.
void WriteLog(const std::string& directory, iocd::Timestamp arrival) {
  iocd::engine::EngineObserver observer;
  iocd::engine::Engine engine({.data_directory = directory}, iocd::PosixFileSystem(),
                              iocd::testing::TestCatalogue(), observer);
  ASSERT_TRUE(engine.Recover().ok());
  iocd::engine::Batch batch;
  batch.department = engine.catalogue()->FindDepartment("a")->id;
  batch.producer = "p";
  batch.record =
      iocd::eventlog::BatchRecordBuilder(
          {arrival, batch.department, batch.producer, batch.key, batch.content, false}, 0)
          .Finish({});
  std::promise<absl::Status> taken;
  engine.Submit(std::move(batch), [&](const absl::StatusOr<iocd::engine::Answer>& answer) {
    taken.set_value(answer.status());
  });
  ASSERT_TRUE(taken.get_future().get().ok());
}

class ClockInDoubtTest : public ::testing::Test {
 protected:
  static std::string DirectoryWithLog(const std::string& directory) {
    WriteLog(directory, kFarAhead);
    return directory;
  }

  ProgramResult Ctl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {IOCCTL_PROGRAM, "--target", daemon_.grpc_address()});
    return RunProgram(arguments);
  }
  ProgramResult Push() {
    return Ctl({"push", "--department", "stp", "--indicator", "dossiers_received", "--value", "1"});
  }

  /// Whether grpc.health.v1 says SERVING: field 1 of its answer is 1.
  bool Serving() {
    grpc::GenericStub stub(ioc::client::Connect(daemon_.grpc_address()));
    grpc::ClientContext context;
    const grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(), &request,
                   &response, [&](grpc::Status status) { done.set_value(std::move(status)); });
    const grpc::Status status = done.get_future().get();
    EXPECT_TRUE(status.ok()) << status.error_message();
    grpc::Slice bytes;
    return response.DumpToSingleSlice(&bytes).ok() &&
           std::string(bytes.begin(), bytes.end()) == "\x08\x01";
  }

  const iocd::testing::TemporaryDirectory directory_;
  DaemonProcess daemon_{{.program = IOCD_PROGRAM,
                         .config = "config/iocd.yaml",
                         .data_dir = DirectoryWithLog(directory_.File("data"))}};
};

TEST_F(ClockInDoubtTest, TheDaemonTakesNothingUntilAnOperatorConfirmsItsClock) {
  EXPECT_FALSE(Serving());
  const ProgramResult unwell = Ctl({"health"});
  EXPECT_EQ(unwell.exit_code, 1) << unwell.out;
  EXPECT_THAT(unwell.err, HasSubstr("is there but takes no batches"));
  const ProgramResult unwell_json = Ctl({"--json", "health"});
  EXPECT_EQ(unwell_json.exit_code, 1);
  EXPECT_THAT(unwell_json.out, HasSubstr("\"NOT_SERVING\""));
  const ProgramResult refused = Push();
  EXPECT_EQ(refused.exit_code, 1) << refused.out;
  EXPECT_THAT(refused.out + refused.err, HasSubstr("the daemon's clock is in doubt"));
  const ProgramResult shown = Ctl({"clock"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("Newest batch in the log   2200-01-01 07:00:00+07:00\n"));
  EXPECT_THAT(shown.out, HasSubstr("iocctl clock confirm"));

  const ProgramResult confirmed = Ctl({"clock", "confirm"});
  EXPECT_EQ(confirmed.exit_code, 0) << confirmed.err;
  EXPECT_THAT(confirmed.out, HasSubstr("The clock is not in doubt."));
  EXPECT_EQ(Push().exit_code, 0);
  EXPECT_THAT(Ctl({"--json", "clock"}).out, HasSubstr("\"inDoubt\":false"));

  // Health follows within a second; each question takes a fraction of a millisecond.
  bool serving = false;
  for (int asked = 0; asked < 100'000 && !serving; ++asked) serving = Serving();
  EXPECT_TRUE(serving);
  EXPECT_EQ(Ctl({"health"}).exit_code, 0);
}

}  // namespace
}  // namespace iocctl

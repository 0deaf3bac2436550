// The client library and the programs against a real daemon.
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/parsed_json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "ioc/client/publisher.h"
#include "ioc/v1/query.grpc.pb.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFigures = "config/son_la_2024/figures.tsv";

/// The province's catalogue, a daemon and a directory of its own for each test.
class RealDaemonTest : public ::testing::Test {
 protected:
  RealDaemonTest() {
    daemon_ =
        std::make_unique<DaemonProcess>(DaemonProcess::Options{.program = IOCD_PROGRAM,
                                                               .config = "config/iocd.yaml",
                                                               .data_dir = directory_.File("data"),
                                                               .demo = true});
  }
  ProgramResult Ctl(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {IOCCTL_PROGRAM, "--target", daemon_->grpc_address()});
    return RunProgram(arguments, input);
  }

  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.File(name)) << content;
    return directory_.File(name);
  }

  /// The value and the number of events of one window.
  ioc::v1::WindowValue Window(const std::string& department, const std::string& indicator,
                              const std::string& window) {
    const auto stub = ioc::v1::QueryService::NewStub(ioc::client::Connect(daemon_->grpc_address()));
    grpc::ClientContext context;
    ioc::v1::GetSeriesRequest request;
    request.set_department(department);
    request.set_indicator(indicator);
    ioc::v1::GetSeriesResponse response;
    const grpc::Status status = stub->GetSeries(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& value : response.windows()) {
      if (value.window() == window) return value;
    }
    ADD_FAILURE() << "no window " << window;
    return {};
  }

  const iocd::testing::TemporaryDirectory directory_;
  std::unique_ptr<DaemonProcess> daemon_;
};

TEST_F(RealDaemonTest, PushesOnePercentAsPeopleWriteIt) {
  const auto result =
      Ctl({"push", "--department", "stttt", "--producer", "clerk", "--sequence", "1", "--indicator",
           "internet_users_pct", "--value", "47.82%", "--time", "2024"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(Window("stttt", "internet_users_pct", "latest").value(), 0.4782);
}

TEST_F(RealDaemonTest, CountsARepeatedPushOnceAndRefusesOtherContentUnderItsNumber) {
  const std::string now =
      absl::FormatTime(absl::RFC3339_sec, absl::Now(), absl::FixedTimeZone(7 * 3'600));
  std::vector<std::string> push = {
      "--json", "push",        "--department",      "stp",    "--producer", "clerk",   "--sequence",
      "1",      "--indicator", "dossiers_received", "--time", now,          "--value", "1"};
  EXPECT_EQ(Number(Ctl(push).out, "accepted"), 1);
  EXPECT_EQ(Number(Ctl(push).out, "duplicate"), 1);
  EXPECT_EQ(Window("stp", "dossiers_received", "30d").events(), 1u);
  push.back() = "2";
  const auto other = Ctl(push);
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_EQ(other.err.rfind("iocctl: ", 0), 0u) << other.err;
}

TEST_F(RealDaemonTest, NamesEachRefusedEventAndKeepsIt) {
  const std::string input =
      R"({"indicator":"internet_users_pct","value":46.32,"eventTime":"2024-05-04T00:00:00Z"})"
      "\n"
      R"({"indicator":"internet_users_pct","value":0.4632,"eventTime":"2024-05-04T00:00:00Z"})"
      "\n";
  const std::string kept = directory_.File("rejected.jsonl");
  const auto result =
      Ctl({"--json", "push", "--department", "stttt", "--file", "-", "--rejected", kept}, input);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(Number(result.out, "accepted"), 1);
  EXPECT_EQ(Number(result.out, "refused"), 1);
  std::string line;
  std::ifstream kept_file(kept);
  std::getline(kept_file, line);
  const auto letter = ParseJson(line);
  EXPECT_EQ(letter.fields().at("code").string_value(), "OUT_OF_RANGE");
  EXPECT_EQ(letter.fields().at("event").struct_value().fields().at("value").number_value(), 46.32);
}

TEST_F(RealDaemonTest, KeepsTheOneEventOfACallThatFailedAsAWhole) {
  const std::string kept = directory_.File("rejected.jsonl");
  const auto result = Ctl({"push", "--department", "nowhere", "--indicator", "dossiers_received",
                           "--value", "1", "--rejected", kept});
  EXPECT_EQ(result.exit_code, 1);
  std::string line;
  std::ifstream kept_file(kept);
  std::getline(kept_file, line);
  EXPECT_EQ(ParseJson(line).fields().at("code").string_value(), "INVALID_ARGUMENT");
}

TEST_F(RealDaemonTest, SaysThatRefusedEventsCouldNotBeKept) {
  const auto result = Ctl({"push", "--department", "stp", "--file", "-", "--rejected", "/dev/full"},
                          R"({"indicator":"no_such"})");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("--rejected could not be written"));
}

TEST_F(RealDaemonTest, RefusesADirectoryInPlaceOfAFile) {
  const auto result = Ctl({"push", "--department", "stp", "--file", directory_.path()});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err, "iocctl: " + directory_.path() + ": cannot be read: Is a directory\n");
}

TEST_F(RealDaemonTest, ChangesNothingWhenItOnlyValidates) {
  const auto result = Ctl({"push", "--department", "stp", "--indicator", "dossiers_received",
                           "--value", "1", "--validate-only"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Window("stp", "dossiers_received", "30d").events(), 0u);
}

TEST_F(RealDaemonTest, ImportsAFileOnceHoweverOftenItIsSent) {
  const auto dry = Ctl({"--json", "import", kFigures, "--dry-run"});
  EXPECT_EQ(dry.exit_code, 0) << dry.err << dry.out;
  EXPECT_FALSE(Window("stttt", "internet_users_pct", "latest").has_value());
  const auto first = Ctl({"--json", "import", kFigures});
  EXPECT_EQ(first.exit_code, 0) << first.err << first.out;
  EXPECT_GT(Number(first.out, "accepted"), 0);
  const auto second = Ctl({"--json", "import", kFigures});
  EXPECT_EQ(Number(second.out, "duplicate"), Number(first.out, "accepted"));
  EXPECT_EQ(Window("stttt", "internet_users_pct", "latest").value(), 0.4782);
}

TEST_F(RealDaemonTest, SendsNothingOfAFileWithMistakes) {
  const auto result = Ctl({"import", Write("bad.tsv",
                                           "indicator\tdate\tvalue\n"
                                           "internet_users_pct\t2024\t47.82%\n"
                                           "no_such\t2024\t1\n")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("bad.tsv:3: the daemon has no indicator 'no_such'"));
  EXPECT_FALSE(Window("stttt", "internet_users_pct", "latest").has_value());
}

TEST_F(RealDaemonTest, ShowsDepartmentsAndTargets) {
  Ctl({"import", kFigures});
  const auto text = Ctl({"status", "--all"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("38 đơn vị đã gửi đủ báo cáo đến hạn"));
  EXPECT_THAT(text.out, HasSubstr("47.82%"));
  EXPECT_THAT(text.out, HasSubstr("≥ 48.56%"));
  const auto shown = Ctl({"--json", "status"});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto json = ParseJson(shown.out);
  EXPECT_EQ(json.fields().at("departments").list_value().values_size(), 38);
  EXPECT_EQ(json.fields().at("targets").list_value().values_size(), 21);
  EXPECT_EQ(json.fields().at("reports").list_value().values_size(), 38);
}

TEST_F(RealDaemonTest, ShowsOfADepartmentTheTargetsThatItOwns) {
  for (const char* command : {"status", "targets"}) {
    const auto result = Ctl({command, "--lang", "en", "--scope", "stttt"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("Internet users"));
    EXPECT_THAT(result.out, Not(HasSubstr("no targets in this scope")));
    const auto unknown = Ctl({command, "--scope", "sttt"});
    EXPECT_EQ(unknown.exit_code, 2);
    EXPECT_THAT(unknown.err, HasSubstr("there is no department 'sttt'; did you mean 'stttt'?"));
  }
}

TEST_F(RealDaemonTest, CountsTheLateReportsOfAYear) {
  Write(
      "catalogue.yaml",
      "territory: {code: test, name_vi: thử, name_en: test}\n"
      "indicators:\n"
      "  - {code: flow, name_vi: Lượt, name_en: Visits, kind: flow, unit: piece, direction: none, "
      "cadence: monthly, reporters: all}\n"
      "departments:\n"
      "  - {code: one, name_vi: Sở Một, name_en: Department One, kind: so}\n");
  daemon_ = std::make_unique<DaemonProcess>(
      DaemonProcess::Options{.program = IOCD_PROGRAM,
                             .config = Write("iocd.yaml", "catalogue: [catalogue.yaml]\n"),
                             .data_dir = directory_.File("other")});
  const std::string year = absl::FormatTime("%Y", absl::Now(), absl::FixedTimeZone(7 * 3'600));
  const std::string last = std::to_string(std::stoi(year) - 1);  // all of it has come due
  const auto shown = Ctl({"--json", "reports", "--year", last, "--scope", "one", "--all"});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto json = ParseJson(shown.out);
  EXPECT_EQ(json.fields().at("reports").list_value().values_size(), 12);
  const auto& counts = json.fields().at("departments").list_value().values(0).struct_value();
  EXPECT_EQ(counts.fields().at("late").number_value(), 12);  // nothing was ever sent
  const auto text = Ctl({"reports", "--year", last, "--lang", "en"});
  EXPECT_THAT(text.out, HasSubstr("\nDepartment One        12        0    12           0.0%\n"));
  EXPECT_THAT(text.out, HasSubstr("12 reports came due, 0 on time, 12 late."));
  const auto of_all = Ctl({"reports", "--all"});
  EXPECT_EQ(of_all.exit_code, 2);
  EXPECT_THAT(of_all.err, HasSubstr("give its code as scope"));
  const auto older = Ctl({"reports", "--year", "2020"});
  EXPECT_EQ(older.exit_code, 2);
  EXPECT_THAT(older.err, HasSubstr("reports of 2020 are no longer at hand"));
}

TEST_F(RealDaemonTest, TellsAProducerWhereItGoesOn) {
  Ctl({"push", "--department", "stp", "--producer", "clerk", "--sequence", "3", "--indicator",
       "dossiers_received", "--value", "1"});
  const auto text = Ctl({"resume", "--department", "stp", "--producer", "clerk"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("go on with 4.\nNot taken, and may still be sent:\n  1 to 2\n"));
  const auto json =
      ParseJson(Ctl({"--json", "resume", "--department", "stp", "--producer", "clerk"}).out);
  EXPECT_EQ(json.fields().at("lastSequence").string_value(), "3");
  const auto nobody = Ctl({"resume", "--department", "nowhere"});
  EXPECT_EQ(nobody.exit_code, 1);
  EXPECT_THAT(nobody.err, HasSubstr("'nowhere' is not in the catalogue"));
}

TEST_F(RealDaemonTest, SaysInOneSentenceThatNoDaemonIsThere) {
  const auto result = RunProgram({IOCCTL_PROGRAM, "--target", "127.0.0.1:1", "status"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err,
            "iocctl: no daemon answers at 127.0.0.1:1; is iocd running there, and is --target "
            "right?\n");
}

TEST_F(RealDaemonTest, CountsEveryEventOnceAlthoughTheDaemonIsKilledTimeAndAgain) {
  constexpr int kEvents = 20'000;
  ioc::client::PublisherOptions options;
  options.department = "stp";
  options.producer = "killed";
  options.max_batch_events = 50;
  options.backoff = {.initial = absl::Milliseconds(5), .maximum = absl::Milliseconds(50)};
  std::uint64_t accepted = 0;
  options.on_answer = [&](const ioc::client::Answer& answer) {
    EXPECT_TRUE(answer.status.ok()) << answer.status;
    accepted += answer.response.accepted();
  };
  ioc::client::Publisher publisher(daemon_->grpc_address(), options);
  ioc::v1::Event event;
  event.set_indicator("dossiers_received");
  event.set_value(1);
  event.mutable_event_time()->set_seconds(absl::ToUnixSeconds(absl::Now()));
  for (int i = 0; i < kEvents; ++i) {
    if (i % 5'000 == 2'500) {
      daemon_->Kill();
      daemon_->Start();
    }
    ASSERT_TRUE(publisher.Publish(event).ok());
  }
  ASSERT_TRUE(publisher.Close().ok());
  EXPECT_EQ(accepted, static_cast<std::uint64_t>(kEvents));
  EXPECT_EQ(Window("stp", "dossiers_received", "30d").value(), kEvents);
}

TEST_F(RealDaemonTest, TakesALoadWithoutDuplicatesOrRefusals) {
  for (const std::string mode : {"--producers=2", "--unary"}) {
    const auto result = RunProgram(
        {IOCSIM_PROGRAM, "load", "--target", daemon_->grpc_address(), "--seconds", "0.3", mode});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_GT(Number(result.out, "acked_events"), 0);
    EXPECT_EQ(Number(result.out, "duplicates"), 0);
    EXPECT_EQ(Number(result.out, "rejected"), 0);
  }
}

TEST_F(RealDaemonTest, TakesTheFeedOfTheDemonstration) {
  const auto result =
      RunProgram({IOCSIM_PROGRAM, "departments", "--target", daemon_->grpc_address(), "--scenario",
                  "config/demo/scenario.yaml", "--once"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, Not(HasSubstr("refused")));
  EXPECT_GT(Window("stnmt", "dossiers_received", "30d").events(), 1'000u);
}

TEST(CommandLineTest, NamesTheNearestCommandForOneThatIsUnknown) {
  const auto unknown = RunProgram({IOCCTL_PROGRAM, "sttus"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err,
              ::testing::StartsWith("iocctl: there is no command 'sttus'; did you mean 'status'?; "
                                    "known: push, import, "));
  EXPECT_THAT(RunProgram({IOCCTL_PROGRAM, "clock", "confrim"}).err,
              HasSubstr("there is no command 'confrim'; did you mean 'confirm'?"));
  EXPECT_THAT(RunProgram({IOCCTL_PROGRAM, "--no-such-flag", "status"}).err,
              HasSubstr("--no-such-flag"));
}

TEST(CheckConfigTest, CountsWhatTheCatalogueHolds) {
  const auto result = RunProgram({IOCCTL_PROGRAM, "check-config", "config/iocd.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("38 departments, 42 indicators, 21 targets"));
}

TEST(CheckConfigTest, PassesEveryGeneratedCatalogue) {
  const iocd::testing::TemporaryDirectory directory;
  const std::string out = directory.File("generated");
  ASSERT_EQ(RunProgram({IOCSIM_PROGRAM, "catalogue", "--departments", "100", "--indicators", "30",
                        "--out", out})
                .exit_code,
            0);
  const auto result = RunProgram({IOCCTL_PROGRAM, "check-config", out + "/iocd.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("100 departments, 30 indicators, 0 targets"));
}

TEST(CheckConfigTest, NamesTheMissingFile) {
  const auto result = RunProgram({IOCCTL_PROGRAM, "check-config", "/no/such.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("/no/such.yaml"));
}

}  // namespace
}  // namespace iocctl

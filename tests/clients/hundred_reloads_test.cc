// A hundred reloads under load, by SIGHUP, HTTP and iocctl in turn: of changed, invalid and
// reverted configurations. No connection breaks, no event is refused that the catalogue has, and
// every acknowledged event counts exactly once, also after a SIGKILL.
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "changing_files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "http/http_client.h"
#include "ioc/client/channel.h"
#include "ioc/v1/query.grpc.pb.h"
#include "stream_sender.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace ioc::client {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::HttpClient;
using iocd::testing::RunProgram;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kReloads = 100;
constexpr std::uint64_t kBatchesBetween = 12;  // at least, of all senders together
constexpr std::uint32_t kSeed = 20'241'126;
constexpr const char* kDepartments[] = {"d0", "d1", "d2", "d3"};

/// The places of the events of a batch.
enum Place : std::uint32_t { kSteady, kComing, kSwing };

v1::PushRequest BatchOf(const std::string& department, std::uint64_t number) {
  static const std::int64_t kSeconds = std::chrono::duration_cast<std::chrono::seconds>(
                                           std::chrono::system_clock::now().time_since_epoch())
                                           .count();
  v1::PushRequest request;
  request.set_department(department);
  request.set_producer("sender");
  request.set_sequence(number);
  for (const char* indicator : {"steady", "coming", "swing"}) {
    v1::Event* event = request.add_events();
    event->set_indicator(indicator);
    event->mutable_event_time()->set_seconds(kSeconds);
    event->set_value(1);
  }
  // Of its own, so that a loss and a double cannot cancel out.
  request.mutable_events(kSteady)->set_value(static_cast<double>(number));
  return request;
}

class HundredReloadsTest : public ::testing::Test {
 protected:
  HundredReloadsTest()
      : daemon_({.program = IOCD_PROGRAM,
                 .config = WriteConfiguration(directory_.path(), at_work_),
                 .data_dir = directory_.File("data")}),
        http_(std::make_unique<HttpClient>(daemon_.http_port())) {
    std::uint32_t seed = kSeed;
    for (const char* department : kDepartments) {
      senders_.push_back(std::make_unique<StreamSender>(StreamSender::Options{
          .target = daemon_.grpc_address(),
          .department = department,
          .seed = ++seed,
          .batch = [=](std::uint64_t number) { return BatchOf(department, number); },
          .may_refuse =
              [](const v1::Rejection& rejection) {
                return rejection.index() == kComing && rejection.code() == v1::UNKNOWN_INDICATOR;
              }}));
    }
  }

  std::uint64_t Acknowledged() const {
    std::uint64_t sum = 0;
    for (const auto& sender : senders_) sum += sender->acknowledged();
    return sum;
  }
  void AwaitAcknowledged(std::uint64_t more) const {
    const std::uint64_t enough = Acknowledged() + more;
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (Acknowledged() < enough) {
      ASSERT_LT(std::chrono::steady_clock::now(), patience) << "the senders stand still";
      std::this_thread::yield();
    }
  }

  std::string Page() { return http_->Get("/metrics").body; }
  /// Of iocd_config_reloads_total.
  std::uint64_t Reloads(const std::string& result) {
    const std::string line = absl::StrCat("\niocd_config_reloads_total{result=\"", result, "\"} ");
    const std::string page = Page();
    const std::size_t at = page.find(line);
    EXPECT_NE(at, std::string::npos);
    return std::stoull(page.substr(at + line.size()));
  }

  /// Reloads in the `i`-th way; returns what was said about it, and whether it was done.
  bool Reload(int i, std::string* said) {
    if (i % 3 == 0) {
      const std::uint64_t done = Reloads("done"), refused = Reloads("refused");
      daemon_.Hup();
      const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
      while (std::chrono::steady_clock::now() < patience) {
        if (Reloads("done") > done) return true;
        if (Reloads("refused") > refused) return false;
      }
      ADD_FAILURE() << "nothing came of the signal";
      return false;
    }
    if (i % 3 == 1) {
      const auto reply = http_->Send("POST", "/-/reload");
      *said = reply.body;
      EXPECT_THAT(reply.status, AnyOf(200, 400)) << reply.body;
      return reply.status == 200;
    }
    const auto result = RunProgram({IOCCTL_PROGRAM, "--target", daemon_.grpc_address(), "reload"});
    *said = result.out + result.err;
    EXPECT_THAT(result.exit_code, AnyOf(0, 2)) << *said;
    return result.exit_code == 0;
  }

  void ReloadGood(int i, const Variation& next) {
    WriteConfiguration(directory_.path(), next);
    std::string said;
    ASSERT_TRUE(Reload(i, &said)) << said;
    ++done_;
    if (!said.empty()) {
      EXPECT_EQ(said.find("a new series") != std::string::npos, next.duration != at_work_.duration)
          << said;
      EXPECT_EQ(said.find("says what it said before") != std::string::npos, next == at_work_)
          << said;
    }
    at_work_ = next;
  }

  void ReloadBad(int i, Mistake mistake) {
    WriteConfiguration(directory_.path(), {.coming = !at_work_.coming}, mistake);
    std::string said;
    ASSERT_FALSE(Reload(i, &said)) << "there is a mistake in it";
    ++refused_;
    if (said.empty()) return;
    EXPECT_THAT(said,
                HasSubstr(mistake == Mistake::kUnknownKey ? "iocd.yaml:1:1: " : "catalogue.yaml:"));
    if (mistake == Mistake::kSeveral) {
      EXPECT_THAT(said, HasSubstr("feeds itself"));
    }
  }

  /// What the daemon shows and takes is what was loaded last.
  void ExpectAtWork() {
    const std::string page = Page();
    EXPECT_EQ(page.find("{indicator=\"coming\",name_vi") != std::string::npos, at_work_.coming);
    EXPECT_THAT(page,
                HasSubstr(absl::StrCat("{indicator=\"swing\",name_vi=\"N\",name_en=\"N\",kind=\"",
                                       at_work_.duration ? "duration" : "flow", "\"")));
    EXPECT_THAT(page, HasSubstr(absl::StrCat("name_en=\"",
                                             at_work_.renamed ? "Renamed" : "Department", "\"")));
    EXPECT_THAT(page, HasSubstr(absl::StrCat("target=\"2030\",owner=\"\"} ",
                                             at_work_.higher_target ? 2000 : 1000, "\n")));
    const auto reply = http_->Send("POST", "/api/v1/events", {},
                                   R"({"department":"d0","producer":"probe","validateOnly":true,)"
                                   R"("events":[{"indicator":"coming","value":1,)"
                                   R"("eventTime":"2026-11-01T00:00:00Z"}]})");
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.body.find("UNKNOWN_INDICATOR") == std::string::npos, at_work_.coming)
        << reply.body;
  }

  struct Figures {
    std::uint64_t events = 0;
    double value = 0;
  };
  Figures Read(const std::string& department, const std::string& indicator) {
    const auto stub = v1::QueryService::NewStub(Connect(daemon_.grpc_address()));
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::GetSeriesRequest request;
    request.set_department(department);
    request.set_indicator(indicator);
    v1::GetSeriesResponse response;
    const grpc::Status status = stub->GetSeries(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const v1::WindowValue& value : response.windows()) {
      if (value.window() == "30d") return {value.events(), value.value()};
    }
    return {};
  }

  /// Each event that was called accepted counts once, of "swing" in one of its two series.
  void ExpectExact() {
    ReloadGood(1, {.coming = true});
    std::vector<std::uint64_t> flows;
    for (const auto& sender : senders_) {
      const std::string department = kDepartments[flows.size()];
      std::uint64_t coming = 0, sum = 0;
      for (const auto& [number, answer] : sender->answers()) {
        coming += answer.rejected().empty() ? 1 : 0;
        sum += number;
      }
      const Figures steady = Read(department, "steady");
      EXPECT_EQ(steady.events, sender->answers().size()) << department;
      EXPECT_EQ(steady.value, static_cast<double>(sum)) << department;
      EXPECT_EQ(Read(department, "coming").events, coming) << department;
      flows.push_back(Read(department, "swing").events);
    }
    ReloadGood(1, {.coming = true, .duration = true});
    for (std::size_t i = 0; i < senders_.size(); ++i) {
      const std::uint64_t durations = Read(kDepartments[i], "swing").events;
      EXPECT_EQ(flows[i] + durations, senders_[i]->answers().size()) << kDepartments[i];
      EXPECT_GT(flows[i], 0u);
      EXPECT_GT(durations, 0u);
    }
  }

  void ExpectDuplicates() {
    for (std::size_t i = 0; i < senders_.size(); ++i) {
      const std::string department = kDepartments[i];
      const auto stub = v1::IngestService::NewStub(Connect(daemon_.grpc_address()));
      grpc::ClientContext context;
      context.set_wait_for_ready(true);
      const auto stream = stub->PushStream(&context);
      for (const auto& [number, then] : senders_[i]->answers()) {
        v1::PushResponse answer;
        ASSERT_TRUE(stream->Write(BatchOf(department, number)) && stream->Read(&answer));
        ASSERT_TRUE(answer.duplicate()) << answer.ShortDebugString();
        if (answer.answer_expired()) continue;
        ASSERT_EQ(answer.rejected_size(), then.rejected_size()) << number;
      }
      stream->WritesDone();
      EXPECT_TRUE(stream->Finish().ok());
    }
  }

  const iocd::testing::TemporaryDirectory directory_;
  Variation at_work_;
  DaemonProcess daemon_;
  std::unique_ptr<HttpClient> http_;  // one connection for all
  std::vector<std::unique_ptr<StreamSender>> senders_;
  std::uint64_t done_ = 0, refused_ = 0;
};

TEST_F(HundredReloadsTest, DropNoConnectionRefuseNoEventByMistakeAndLeaveFiguresExact) {
  std::mt19937 random(kSeed);
  for (int i = 0; i < kReloads && !HasFailure(); ++i) {
    AwaitAcknowledged(kBatchesBetween);
    switch (random() % 8) {
      case 0:
      case 1: {
        constexpr Mistake kMistakes[] = {Mistake::kBrokenYaml, Mistake::kUnknownKey,
                                         Mistake::kSeveral};
        ReloadBad(i, kMistakes[random() % 3]);
        break;
      }
      case 2:
        ReloadGood(i, {});  // as it was at the start
        break;
      default: {
        Variation next = at_work_;
        bool* const flags[] = {&next.coming, &next.duration, &next.renamed, &next.higher_target};
        for (bool* flag : flags) *flag ^= random() % 2 == 0;
        ReloadGood(i, next);
      }
    }
    ExpectAtWork();
  }
  ASSERT_FALSE(HasFailure());
  EXPECT_EQ(Reloads("done"), done_);
  EXPECT_EQ(Reloads("refused"), refused_);
  EXPECT_EQ(Reloads("failed"), 0u);
  EXPECT_GT(refused_, 10u);
  EXPECT_EQ(RunProgram({IOCCTL_PROGRAM, "--target", daemon_.grpc_address(), "backup",
                        directory_.File("backup")})
                .exit_code,
            0);

  for (const auto& sender : senders_) {
    sender->Finish();
    EXPECT_THAT(sender->violations(), IsEmpty());
    EXPECT_GT(sender->repeated(), 0u);
  }
  ExpectExact();

  http_.reset();
  daemon_.Kill();
  daemon_.Start();
  http_ = std::make_unique<HttpClient>(daemon_.http_port());
  ExpectDuplicates();
  ExpectExact();
}

}  // namespace
}  // namespace ioc::client

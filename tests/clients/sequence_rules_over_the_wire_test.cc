// The daemon as senders meet it, against the model of the contract: random calls over streams,
// while the daemon is killed and restarted. Every answer must be the model's.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/random_calls.h"
#include "engine/sequence_model.h"
#include "ioc/client/channel.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "ioc/v1/query.grpc.pb.h"
#include "support/daemon_process.h"
#include "support/temporary_directory.h"

namespace ioc::client {
namespace {

using iocd::testing::RandomCalls;
using iocd::testing::SentCall;
using iocd::testing::SequenceModel;
using v1::PushRequest;
using v1::PushResponse;
using Kind = SequenceModel::Kind;

constexpr int kCalls = 300'000;
constexpr int kKills = 20;
constexpr std::size_t kDepartments = 8;
constexpr char kIndicator[] = "dossiers_received";

/// A department and what the contract says of it. Departments know nothing of each other.
struct Sender {
  std::string department;
  RandomCalls calls;
  SequenceModel model;
  std::uint64_t events = 0;  // that were taken
};

struct Sent {
  Sender* sender;
  SentCall call;
};

bool IsAnswerOf(const SequenceModel::Verdict& verdict, const PushResponse& answer) {
  const int code = answer.error().code();
  switch (verdict.kind) {
    case Kind::kNew:
    case Kind::kRepeat:
      return code == 0 && answer.duplicate() == (verdict.kind == Kind::kRepeat) &&
             !answer.answer_expired() && answer.accepted() == 1 &&
             answer.rejected_size() == verdict.answer;
    case Kind::kExpired:
      return code == 0 && answer.duplicate() && answer.answer_expired() && answer.accepted() == 0 &&
             answer.rejected_size() == 0;
    case Kind::kReused:
      return code == grpc::StatusCode::ALREADY_EXISTS;
    case Kind::kClosed:
    case Kind::kTooFar:
    case Kind::kTooManyProducers:
      return code == grpc::StatusCode::FAILED_PRECONDITION;
  }
  return false;
}

bool HasKey(const SentCall& call) { return call.sequence != 0 || !call.batch_id.empty(); }

class SequenceRulesOverTheWireTest : public ::testing::Test {
 protected:
  SequenceRulesOverTheWireTest()
      : daemon_({.program = IOCD_PROGRAM,
                 .config = "config/iocd.yaml",
                 .data_dir = directory_.File("data")}),
        event_seconds_(absl::ToUnixSeconds(absl::Now())) {
    Connect();
    grpc::ClientContext context;
    v1::ListDepartmentsResponse listed;
    EXPECT_TRUE(query_->ListDepartments(&context, {}, &listed).ok());
    for (const v1::Department& department : listed.departments()) {
      // Others do not report kIndicator; and more would each send too little to meet every rule.
      if (department.kind() != "so" || senders_.size() == kDepartments) continue;
      senders_.push_back({department.code(), RandomCalls(senders_.size()), {}});
    }
  }

  void Connect() {
    const auto channel = client::Connect(daemon_.grpc_address());
    ingest_ = v1::IngestService::NewStub(channel);
    query_ = v1::QueryService::NewStub(channel);
    context_ = std::make_unique<grpc::ClientContext>();
    stream_ = ingest_->PushStream(context_.get());
  }

  /// Content 1 is one event; content 2 has one more, which is refused.
  PushRequest ToRequest(const Sent& sent) const {
    const SentCall& call = sent.call;
    PushRequest request;
    request.set_department(sent.sender->department);
    request.set_producer(call.producer);
    if (call.sequence != 0) request.set_sequence(call.sequence);
    if (!call.batch_id.empty()) request.set_batch_id(call.batch_id);
    request.set_validate_only(call.validate_only);
    for (std::uint64_t i = 0; i < call.content; ++i) {
      v1::Event* event = request.add_events();
      event->set_indicator(i == 0 ? kIndicator : "no_such");
      event->mutable_event_time()->set_seconds(event_seconds_);
      event->set_value(1);
    }
    return request;
  }

  /// Calls that will be in flight together: one of each department, and repeats of some of them. So
  /// the order in which the daemon judges them is their own.
  std::vector<Sent> SomeCalls() {
    std::vector<Sent> calls;
    for (Sender& sender : senders_) calls.push_back({&sender, sender.calls.Next(sender.model)});
    for (std::size_t i = 0; i < senders_.size(); ++i) {
      RandomCalls& random = senders_[i].calls;
      for (int copies = random.OneIn(6) ? 2 : 0; copies > 0; --copies) {
        calls.push_back({&senders_[i], random.Again(calls[i].call)});
      }
    }
    for (Sent& sent : calls) sent.call.answer = static_cast<int>(sent.call.content - 1);
    return calls;
  }

  void Exchange(const std::vector<Sent>& calls) {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const bool more = i + 1 < calls.size();
      auto options = grpc::WriteOptions();
      if (more) options.set_buffer_hint();
      ASSERT_TRUE(stream_->Write(ToRequest(calls[i]), options));
    }
    PushResponse answer;
    for (const Sent& sent : calls) {
      ASSERT_TRUE(stream_->Read(&answer));
      ASSERT_NO_FATAL_FAILURE(Check(sent, answer));
    }
  }

  void Check(const Sent& sent, const PushResponse& answer) {
    const SequenceModel::Verdict right = sent.sender->model.Judge(sent.call);
    ASSERT_TRUE(IsAnswerOf(right, answer)) << Describe(sent, right) << answer.ShortDebugString();
    ++met_[right.kind];
    if (right.kind == Kind::kNew && !sent.call.validate_only) Take(sent);
  }

  static void Take(const Sent& sent) {
    sent.sender->model.Take(sent.call, 0);
    ++sent.sender->events;
  }

  static std::string Describe(const Sent& sent, const SequenceModel::Verdict& right) {
    return "the model says " + std::to_string(static_cast<int>(right.kind)) + " of " +
           sent.sender->department + " " + sent.call.producer + " sequence " +
           std::to_string(sent.call.sequence) + " id '" + sent.call.batch_id + "' content " +
           std::to_string(sent.call.content) + ", the daemon: ";
  }

  /// The daemon is killed in the middle of these; what was not answered is repeated.
  void KillIn(std::vector<Sent> calls) {
    // Of a batch without a key nobody could say whether it was counted; of a trial nobody asks.
    std::erase_if(calls,
                  [](const Sent& sent) { return sent.call.validate_only || !HasKey(sent.call); });
    const std::size_t written = 1 + senders_.front().calls.Below(calls.size());
    for (std::size_t i = 0; i < written; ++i) ASSERT_TRUE(stream_->Write(ToRequest(calls[i])));
    std::size_t answered = 0;
    PushResponse answer;
    for (; answered < written / 2 && stream_->Read(&answer); ++answered) {
      ASSERT_NO_FATAL_FAILURE(Check(calls[answered], answer));
    }
    daemon_.Kill();
    const bool answers_arrive = senders_.front().calls.OneIn(2);
    for (; answers_arrive && stream_->Read(&answer); ++answered) {
      ASSERT_NO_FATAL_FAILURE(Check(calls[answered], answer));
    }
    context_->TryCancel();
    EXPECT_FALSE(stream_->Finish().ok());
    daemon_.Start();
    Connect();
    ASSERT_NO_FATAL_FAILURE(
        Repeat({calls.begin() + static_cast<std::ptrdiff_t>(answered), calls.end()}));
  }

  /// Whether these were taken is not known: each counts once either way.
  void Repeat(const std::vector<Sent>& calls) {
    for (const Sent& sent : calls) {
      PushResponse answer;
      ASSERT_TRUE(stream_->Write(ToRequest(sent)) && stream_->Read(&answer));
      const SequenceModel::Verdict right = sent.sender->model.Judge(sent.call);
      if (right.kind == Kind::kNew && IsAnswerOf({Kind::kRepeat, right.answer}, answer)) {
        Take(sent);
        ++taken_without_answer_;
      } else {
        ASSERT_NO_FATAL_FAILURE(Check(sent, answer));
      }
    }
  }

  void AskWhereToGoOn(Sender& sender) {
    v1::ResumeRequest request;
    request.set_department(sender.department);
    request.set_producer(sender.calls.Producer());
    v1::ResumeResponse response;
    grpc::ClientContext context;
    ASSERT_TRUE(ingest_->Resume(&context, request, &response).ok());
    SequenceModel::Progress answered{response.last_sequence(), response.closed_through(), {}};
    for (const auto& gap : response.gaps()) answered.gaps.emplace_back(gap.first(), gap.last());
    EXPECT_TRUE(answered == sender.model.Resume(request.producer())) << response.DebugString();
    ++resumed_;
  }

  std::uint64_t EventsCounted(const std::string& department) {
    grpc::ClientContext context;
    v1::GetSeriesRequest request;
    request.set_department(department);
    request.set_indicator(kIndicator);
    v1::GetSeriesResponse response;
    EXPECT_TRUE(query_->GetSeries(&context, request, &response).ok());
    for (const v1::WindowValue& window : response.windows()) {
      if (window.window() == "30d") return window.events();
    }
    return 0;
  }

  const iocd::testing::TemporaryDirectory directory_;
  iocd::testing::DaemonProcess daemon_;
  const std::int64_t event_seconds_;
  std::unique_ptr<v1::IngestService::Stub> ingest_;
  std::unique_ptr<v1::QueryService::Stub> query_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<PushRequest, PushResponse>> stream_;
  std::vector<Sender> senders_;
  std::map<Kind, int> met_;
  int resumed_ = 0, taken_without_answer_ = 0;
};

TEST_F(SequenceRulesOverTheWireTest, EveryAnswerIsTheContractsAlthoughTheDaemonIsKilled) {
  int kills = 0;
  for (int sent = 0; sent < kCalls;) {
    const std::vector<Sent> calls = SomeCalls();
    sent += static_cast<int>(calls.size());
    if (sent > kCalls / (kKills + 1) * (kills + 1)) {
      ++kills;
      ASSERT_NO_FATAL_FAILURE(KillIn(calls));
      for (Sender& sender : senders_) AskWhereToGoOn(sender);
    } else {
      ASSERT_NO_FATAL_FAILURE(Exchange(calls));
    }
  }
  for (const Sender& sender : senders_) {
    EXPECT_EQ(EventsCounted(sender.department), sender.events) << sender.department;
  }
  EXPECT_GE(kills, kKills);
  EXPECT_GE(taken_without_answer_, kKills);
  EXPECT_GE(resumed_, 100);
  for (const Kind kind :
       {Kind::kNew, Kind::kRepeat, Kind::kExpired, Kind::kReused, Kind::kClosed, Kind::kTooFar}) {
    EXPECT_GE(met_[kind], 100) << "of kind " << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace ioc::client

#include "stream_sender.h"

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ioc/client/channel.h"

namespace ioc::client {
namespace {

constexpr std::size_t kMostViolations = 10;     // one is enough to fail; some more to see why
constexpr std::uint64_t kRepeatedOneIn = 5;     // batches
constexpr std::uint64_t kRepeatedBack = 1'000;  // well within what the daemon remembers

}  // namespace

StreamSender::StreamSender(Options options)
    : options_(std::move(options)), thread_([this] { Run(); }) {}

void StreamSender::Finish() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void StreamSender::Run() {
  std::mt19937 random(options_.seed);
  const auto stub = v1::IngestService::NewStub(Connect(options_.target));
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  const auto stream = stub->PushStream(&context);
  bool whole = true;
  while (whole && !stop_) {
    const std::uint64_t number = answers_.size() + 1;
    whole = Send(*stream, number);
    if (whole && random() % kRepeatedOneIn == 0) {
      whole = Send(*stream, number - random() % std::min(number, kRepeatedBack));
    }
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  if (!whole || !status.ok()) {
    Violation(answers_.size(), absl::StrCat("the stream broke: ", status.error_message()));
  }
}

bool StreamSender::Send(Stream& stream, std::uint64_t number) {
  v1::PushResponse answer;
  if (!stream.Write(options_.batch(number)) || !stream.Read(&answer)) return false;
  Check(number, answer);
  return true;
}

void StreamSender::Check(std::uint64_t number, const v1::PushResponse& answer) {
  if (answer.has_error()) return Violation(number, answer.ShortDebugString());
  const auto before = answers_.find(number);
  if (before == answers_.end()) {
    if (answer.duplicate()) Violation(number, "was never sent, and is called a duplicate");
    for (const v1::Rejection& rejection : answer.rejected()) {
      if (!options_.may_refuse(rejection)) Violation(number, rejection.ShortDebugString());
    }
    answers_.emplace(number, answer);
    ++acknowledged_;
    return;
  }
  v1::PushResponse expected = before->second;
  expected.set_duplicate(true);
  *expected.mutable_server_time() = answer.server_time();
  if (answer.SerializeAsString() != expected.SerializeAsString()) {
    Violation(number, absl::StrCat("repeated, got ", answer.ShortDebugString(), " after ",
                                   before->second.ShortDebugString()));
  }
  ++repeated_;
}

void StreamSender::Violation(std::uint64_t number, const std::string& what) {
  if (violations_.size() == kMostViolations) return;
  violations_.push_back(absl::StrCat(options_.department, ", batch ", number, ": ", what));
}

}  // namespace ioc::client

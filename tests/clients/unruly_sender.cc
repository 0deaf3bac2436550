#include "unruly_sender.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "ioc/client/backoff.h"

namespace ioc::client {
namespace {

constexpr std::uint64_t kWindow = 32;
constexpr std::size_t kMostHeldBack = 12;
constexpr absl::Duration kPatience = absl::Seconds(30);

/// A connection that is shared with nobody and is tried again at once.
std::shared_ptr<grpc::Channel> ConnectAlone(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 10);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 20);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

bool OutcomeIsUnknown(const absl::Status& status) {
  // Cancelled: gRPC itself ends what comes in while the daemon stops.
  return absl::IsUnavailable(status) || absl::IsCancelled(status) ||
         absl::IsDeadlineExceeded(status);
}

}  // namespace

UnrulySender::UnrulySender(Options options) : options_(std::move(options)), random_(options_.seed) {
  for (int i = 0; i < options_.connections; ++i) {
    threads_.emplace_back(
        [this, seed = options_.seed + static_cast<std::uint32_t>(i)] { Work(seed); });
  }
}

UnrulySender::~UnrulySender() {
  if (!threads_.empty()) Finish();
}

void UnrulySender::Finish() {
  {
    std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

UnrulySender::Standing UnrulySender::standing() const {
  std::lock_guard lock(mutex_);
  return {promises_.size(), batches_.size()};
}

std::vector<std::string> UnrulySender::violations() const {
  std::lock_guard lock(mutex_);
  return violations_;
}

void UnrulySender::Work(std::uint32_t seed) {
  const auto channel = ConnectAlone(options_.target);
  std::mt19937 random(seed);
  Backoff backoff({.initial = absl::Milliseconds(5), .maximum = absl::Milliseconds(40)},
                  [&] { return static_cast<double>(random()) / 4294967296.0; });
  Call call;
  while (Choose(&call)) {
    const PushResult result = PushOnce(channel, options_.batch(call.number), kPatience);
    Judge(call, result);
    if (result.status.ok()) {
      backoff.Reset();
    } else {
      absl::SleepFor(backoff.Next());
    }
  }
}

bool UnrulySender::Choose(Call* call) {
  std::unique_lock lock(mutex_);
  // What other connections have in flight may yet come back without an answer.
  changed_.wait(lock, [&] {
    return !finishing_ || !window_.empty() || !held_back_.empty() || !unanswered_.empty() ||
           promises_.size() == batches_.size();
  });
  const bool done = window_.empty() && held_back_.empty() && unanswered_.empty();
  if (finishing_ && done) return false;
  call->number = ChooseNumber();
  call->was_acknowledged = promises_.count(call->number) > 0;
  Batch& batch = batches_[call->number];
  ++batch.calls;
  ++batch.in_flight;
  flying_.push_back(call->number);
  return true;
}

std::uint64_t UnrulySender::ChooseNumber() {
  const auto take_from = [&](auto& numbers) {
    const std::uint64_t number = numbers.back();
    numbers.pop_back();
    return number;
  };
  if (!flying_.empty() && OneIn(8)) return flying_[random_() % flying_.size()];
  if (!promises_.empty() && OneIn(8)) {
    // The numbers that are acknowledged are dense but for the newest.
    const auto known = promises_.lower_bound(1 + random_() % promises_.size());
    if (known != promises_.end()) return known->first;
  }
  if (!unanswered_.empty() && (finishing_ || OneIn(3))) {
    std::swap(unanswered_[random_() % unanswered_.size()], unanswered_.back());
    return take_from(unanswered_);
  }
  if (window_.empty()) FillWindow();
  return !window_.empty() ? take_from(window_) : take_from(unanswered_);
}

/// Numbers that follow and gaps of before, shuffled; a few are held back as gaps.
void UnrulySender::FillWindow() {
  while (held_back_.size() > (finishing_ ? 0 : kMostHeldBack)) {
    window_.push_back(held_back_.front());
    held_back_.pop_front();
  }
  for (std::uint64_t i = 0; i < kWindow && !finishing_; ++i, ++next_) {
    if (OneIn(8)) {
      held_back_.push_back(next_);
    } else {
      window_.push_back(next_);
    }
  }
  std::shuffle(window_.begin(), window_.end(), random_);
}

void UnrulySender::Judge(const Call& call, const PushResult& result) {
  bool is_first = false;
  {
    std::lock_guard lock(mutex_);
    flying_.erase(std::find(flying_.begin(), flying_.end(), call.number));
    Batch& batch = batches_[call.number];
    --batch.in_flight;
    is_first = result.status.ok() && batch.waiting;
    if (result.status.ok()) {
      JudgeAnswer(call, result.response);
    } else if (!OutcomeIsUnknown(result.status)) {
      Violation(call, result.status.ToString());
    }
    if (batch.waiting && batch.in_flight == 0) unanswered_.push_back(call.number);
  }
  changed_.notify_all();
  if (is_first) options_.on_acknowledged();
}

void UnrulySender::JudgeAnswer(const Call& call, const v1::PushResponse& answer) {
  Batch& batch = batches_[call.number];
  if (batch.waiting) {
    batch.waiting = false;
    unanswered_.erase(std::remove(unanswered_.begin(), unanswered_.end(), call.number),
                      unanswered_.end());
  }
  Promise& promise = promises_[call.number];
  if (answer.duplicate()) {
    ++duplicates_;
    expired_ += answer.answer_expired();
    if (batch.calls == 1) Violation(call, "a duplicate of nothing");
  } else {
    if (++batch.fresh > 1) Violation(call, "was counted twice");
    if (call.was_acknowledged) Violation(call, "was forgotten after its acknowledgement");
  }
  if (answer.answer_expired()) return;
  const Promise now{true, answer.accepted(), answer.already_counted(),
                    static_cast<std::uint32_t>(answer.rejected_size())};
  if (promise.answer_known &&
      (promise.accepted != now.accepted || promise.already_counted != now.already_counted ||
       promise.rejected != now.rejected)) {
    Violation(call, "got another answer than before: " + answer.ShortDebugString());
  }
  promise = now;
}

void UnrulySender::Violation(const Call& call, const std::string& what) {
  violations_.push_back(absl::StrCat("batch ", call.number, ": ", what));
}

}  // namespace ioc::client

#include "pipeline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "retry_info.h"

namespace ioc::client {

using ioc::v1::PushRequest;
using ioc::v1::PushResponse;

Pipeline::Pipeline(const PublisherOptions& options)
    : options_(options),
      backoff_(options.backoff, options.random),
      next_sequence_(options.first_sequence) {}

absl::Status Pipeline::Add(ioc::v1::Event event, absl::Time now) {
  constexpr std::size_t kFieldOverhead = 6;  // tag and length of one repeated element
  const std::size_t bytes = event.ByteSizeLong() + kFieldOverhead;
  if (bytes > options_.max_batch_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the event has ", bytes, " bytes, a batch at most ", options_.max_batch_bytes));
  }
  if (open_ != nullptr && open_bytes_ + bytes > options_.max_batch_bytes) CloseBatch();
  if (open_ == nullptr) OpenBatch(now);
  *open_->add_events() = std::move(event);
  open_bytes_ += bytes;
  if (static_cast<std::size_t>(open_->events_size()) >= options_.max_batch_events) CloseBatch();
  return absl::OkStatus();
}

void Pipeline::OpenBatch(absl::Time now) {
  open_ = std::make_unique<PushRequest>();
  open_->set_department(options_.department);
  open_->set_producer(options_.producer);
  open_->set_simulated(options_.simulated);
  open_->set_validate_only(options_.validate_only);
  if (options_.batch_id_prefix.empty()) {
    open_->set_sequence(next_sequence_);
  } else {
    open_->set_batch_id(absl::StrCat(options_.batch_id_prefix, "-", next_sequence_));
  }
  ++next_sequence_;
  open_bytes_ = 0;
  open_since_ = now;
}

void Pipeline::CloseBatch() {
  if (open_ == nullptr) return;
  Batch& batch = batches_.emplace_back();
  batch.request = std::move(open_);
}

void Pipeline::AddBatch(PushRequest request) {
  CloseBatch();
  batches_.emplace_back().request = std::make_shared<const PushRequest>(std::move(request));
}

std::shared_ptr<const PushRequest> Pipeline::TakeToSend(absl::Time now) {
  if (open_ != nullptr && HasRoom() && now >= open_since_ + options_.max_delay) CloseBatch();
  if (now < paused_until_) return nullptr;
  const auto next = std::find_if(batches_.begin(), batches_.end(),
                                 [](const Batch& b) { return b.state == State::kWaiting; });
  if (next == batches_.end()) return nullptr;
  next->state = State::kSent;
  silent_since_ = std::min(silent_since_, now);
  on_stream_.push_back(&*next);
  return next->request;
}

absl::Time Pipeline::WakeAt() const {
  absl::Time wake = absl::InfiniteFuture();
  if (open_ != nullptr && HasRoom()) wake = open_since_ + options_.max_delay;
  return HasWaiting() ? std::min(wake, paused_until_) : wake;
}

absl::Time Pipeline::GiveUpAt() const { return silent_since_ + options_.give_up_after; }

bool Pipeline::GiveUp(absl::Time now) {
  if (now < GiveUpAt()) return false;
  FailAll(last_failure_.ok() ? absl::UnavailableError("the daemon does not answer")
                             : last_failure_);
  return true;
}

bool Pipeline::Answers(const PushResponse& response, const PushRequest& request) const {
  return request.key_case() == PushRequest::kSequence ? response.sequence() == request.sequence()
                                                      : response.batch_id() == request.batch_id();
}

bool Pipeline::OnAnswer(PushResponse response, absl::Time now) {
  if (on_stream_.empty() || !Answers(response, *on_stream_.front()->request)) return false;
  Batch& batch = *on_stream_.front();
  on_stream_.pop_front();
  absl::Status status;
  if (response.has_error()) {
    status = absl::Status(static_cast<absl::StatusCode>(response.error().code()),
                          response.error().message());
  }
  if (MayRetry(status.code()) || RefusesSenderForNow(status.code())) {
    batch.state = State::kWaiting;
    HoldBack(status, RetryAfter(response.error()), now);
    return true;
  }
  backoff_.Reset();
  Settle(batch, std::move(status), std::move(response));
  silent_since_ = on_stream_.empty() && !HasWaiting() ? absl::InfiniteFuture() : now;
  last_failure_ = absl::OkStatus();
  return true;
}

void Pipeline::OnStreamLost(const absl::Status& status, std::optional<absl::Duration> retry_after,
                            absl::Time now) {
  for (Batch* batch : on_stream_) batch->state = State::kWaiting;
  on_stream_.clear();
  // Of a whole stream nothing else can be refused than its sender, or the daemon is another kind.
  if (!status.ok() && !MayRetry(status.code()) && !options_.outlast_refusal_of_sender) {
    FailAll(status);
    return;
  }
  // A stream that ends while nothing is unanswered has failed nobody.
  if (HasWaiting()) HoldBack(status, retry_after, now);
}

bool Pipeline::RefusesSenderForNow(absl::StatusCode code) const {
  return options_.outlast_refusal_of_sender && (code == absl::StatusCode::kUnauthenticated ||
                                                code == absl::StatusCode::kPermissionDenied);
}

bool Pipeline::HasWaiting() const {
  return std::any_of(batches_.begin(), batches_.end(),
                     [](const Batch& b) { return b.state == State::kWaiting; });
}

void Pipeline::HoldBack(const absl::Status& status, std::optional<absl::Duration> retry_after,
                        absl::Time now) {
  // A stream that was cancelled for its silence says nothing of the daemon.
  if (status.code() != absl::StatusCode::kCancelled) {
    last_failure_ = status.ok() ? absl::UnavailableError("the daemon ended the stream") : status;
  }
  if (on_stream_.empty() && GiveUp(now)) return;
  untold_failure_ = status.ok() ? last_failure_ : status;
  // Of a burst of refusals the first decides: the delay grows with each try, not with each batch.
  if (now >= paused_until_) paused_until_ = now + backoff_.Next();
  if (retry_after.has_value()) paused_until_ = std::max(paused_until_, now + *retry_after);
}

void Pipeline::FailAll(const absl::Status& status) {
  CloseBatch();
  for (Batch& batch : batches_) {
    if (batch.state != State::kAnswered) Settle(batch, status, PushResponse());
  }
  silent_since_ = absl::InfiniteFuture();
}

void Pipeline::Settle(Batch& batch, absl::Status status, PushResponse response) {
  batch.state = State::kAnswered;
  batch.outcome = {batch.request, std::move(status), std::move(response)};
}

std::vector<Outcome> Pipeline::TakeOutcomes() {
  std::vector<Outcome> outcomes;
  while (!batches_.empty() && batches_.front().state == State::kAnswered) {
    outcomes.push_back(std::move(batches_.front().outcome));
    batches_.pop_front();
  }
  return outcomes;
}

}  // namespace ioc::client

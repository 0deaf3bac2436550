#include "ioc/client/spool_sender.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ioc/client/channel.h"
#include "ioc/client/publisher.h"
#include "ioc/client/resume.h"
#include "retry_info.h"
#include "sender_place.h"

namespace ioc::client {
namespace {

constexpr std::size_t kMaxInFlight = 64;
constexpr std::int64_t kMaxBytesInFlight = 32 * 1024 * 1024;
/// How often an idle sender looks whether another process has put something in.
constexpr std::chrono::milliseconds kLookEvery(200);
constexpr absl::Duration kResumeTimeout = absl::Seconds(5);

/// Another program holds the file, or the disk is full: it may pass.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
}

absl::Status TooManyDeadLetters(const Spool& spool, const SpoolState& state) {
  return absl::FailedPreconditionError(
      absl::StrCat("the spool in ", spool.directory(), " keeps ", state.dead_letters,
                   " refused events of ", state.max_dead_letters,
                   " allowed; nothing more is sent, so that none is lost. Look at them: "
                   "'iocctl spool rejected --spool ",
                   spool.directory(), " --out FILE --clear'"));
}

}  // namespace

/// Run()'s thread alone uses the spool; the publisher's threads leave what comes in a list.
class SpoolSender::Impl {
 public:
  Impl(std::unique_ptr<Spool> spool, std::unique_ptr<SenderPlace> place, SpoolSenderOptions options)
      : options_(std::move(options)),
        channel_(options_.channel != nullptr ? options_.channel : Connect(options_.target)),
        place_(std::move(place)),
        spool_(std::move(spool)) {}

  absl::Status Run() {
    absl::Status status = LearnWhereToGoOn();
    if (!status.ok() || stopping()) return status;
    Publisher publisher(channel_, ForPublisher());
    status = Drain(publisher);
    // What is unanswered waits in the spool and is sent again by the next sender.
    publisher.Close(absl::ZeroDuration()).IgnoreError();
    TakeNews();
    absl::Status filed = File();
    return status.ok() && !MayPass(filed) ? filed : status;
  }

  void Stop() {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }

 private:
  bool stopping() {
    std::lock_guard lock(mutex_);
    return stopping_;
  }

  /// Waits, at most so long; true: to be stopped.
  bool Pause(absl::Duration duration) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, absl::ToChronoNanoseconds(duration), [&] { return stopping_; });
  }

  absl::Status LearnWhereToGoOn() {
    Backoff backoff(options_.backoff, SystemRandom());
    while (!stopping()) {
      const auto state = spool_->State();
      if (!state.ok()) return state.status();
      const auto answer =
          ioc::client::Resume(channel_, state->department, state->producer, kResumeTimeout);
      // A spool that has sent before can do without an answer.
      if (absl::IsUnimplemented(answer.status()) && !state->is_new) return absl::OkStatus();
      absl::Status status =
          answer.ok() ? GoOnAbove(answer->last_sequence(), *state) : CannotAsk(answer.status());
      if (answer.ok() && status.ok()) return status;
      if (!status.ok() && !MayPass(status)) return status;
      SpoolIsWell(status);
      Pause(backoff.Next());
    }
    return absl::OkStatus();
  }

  absl::Status CannotAsk(const absl::Status& failure) {
    const absl::Status told =
        absl::IsUnimplemented(failure)
            ? absl::UnimplementedError(
                  "it is older than this program and cannot say which numbers "
                  "are used up, and a new spool must know")
            : failure;
    LineIsLost(told);
    return spool_->NoteFailure(told, options_.now());
  }

  absl::Status GoOnAbove(std::uint64_t last, const SpoolState& state) {
    LineIsBack();
    if (last < static_cast<std::uint64_t>(state.last_answered_sequence)) {
      options_.log(absl::StrCat("alarm: the daemon at ", options_.target, " has batches of '",
                                state.department, "/", state.producer, "' up to ", last,
                                " only, but had answered for ", state.last_answered_sequence,
                                "; the centre has lost data, or was replaced"));
    }
    const auto left_out = spool_->Resume(last, options_.now());
    if (!left_out.ok()) return left_out.status();
    if (*left_out) {
      options_.log(absl::StrCat("the daemon at ", options_.target, " has batches of '",
                                state.department, "/", state.producer, "' up to ", last,
                                " that this spool did not send; it goes on above them"));
    }
    return absl::OkStatus();
  }

  PublisherOptions ForPublisher() {
    PublisherOptions options;
    options.max_in_flight = kMaxInFlight;
    options.backoff = options_.backoff;
    options.outlast_refusal_of_sender = true;
    options.on_answer = [this](const Answer& answer) {
      std::lock_guard lock(mutex_);
      came_.push_back(answer);
      came_failure_ = absl::OkStatus();  // it has passed
      changed_.notify_all();
    };
    options.on_failure = [this](const absl::Status& failure) {
      std::lock_guard lock(mutex_);
      came_failure_ = failure;
      changed_.notify_all();
    };
    return options;
  }

  absl::Status Drain(Publisher& publisher) {
    bool ended = false;
    while (!stopping() && !ended) {
      TakeNews();
      absl::Status status = File();
      if (status.ok()) {
        const auto is_over = SendMore(publisher);
        status = is_over.status();
        ended = is_over.ok() && *is_over;
      }
      if (!status.ok() && !MayPass(status)) return status;
      SpoolIsWell(status);
      if (!status.ok()) Pause(absl::Seconds(1));
      if (status.ok() && !ended) WaitForNews();
    }
    return absl::OkStatus();
  }

  /// True: nothing is left to do.
  absl::StatusOr<bool> SendMore(Publisher& publisher) {
    const auto state = spool_->State();
    if (!state.ok()) return state.status();
    if (state->waiting_batches == 0) return options_.until_empty;
    if (state->dead_letters >= state->max_dead_letters) {
      if (in_flight_.empty()) return TooManyDeadLetters(*spool_, *state);
      return false;
    }
    if (in_flight_.size() < kMaxInFlight && in_flight_bytes_ < kMaxBytesInFlight) {
      auto batches =
          spool_->TakeToSend(handed_through_, static_cast<int>(kMaxInFlight - in_flight_.size()),
                             kMaxBytesInFlight - in_flight_bytes_);
      if (!batches.ok()) return batches.status();
      for (ioc::v1::PushRequest& batch : *batches) {
        handed_through_ = static_cast<std::int64_t>(batch.sequence());
        in_flight_.push_back(static_cast<std::int64_t>(batch.ByteSizeLong()));
        in_flight_bytes_ += in_flight_.back();
        absl::Status status = publisher.PublishBatch(std::move(batch));
        if (!status.ok()) return status;
      }
    }
    return false;
  }

  void WaitForNews() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLookEvery,
                      [&] { return stopping_ || !came_.empty() || !came_failure_.ok(); });
  }

  void TakeNews() {
    std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < came_.size(); ++i) {  // answers keep the order
      in_flight_bytes_ -= in_flight_.front();
      in_flight_.pop_front();
    }
    to_file_.insert(to_file_.end(), std::make_move_iterator(came_.begin()),
                    std::make_move_iterator(came_.end()));
    came_.clear();
    if (!came_failure_.ok()) failure_ = std::exchange(came_failure_, absl::OkStatus());
  }

  /// Files answers and a failure that came after them. What cannot be filed now stays for later.
  absl::Status File() {
    if (!to_file_.empty()) {
      absl::Status status = spool_->Settle(to_file_, options_.now());
      if (!status.ok()) return status;
      LineIsBack();
      std::uint64_t events = 0;
      for (const Answer& answer : to_file_) events += answer.events;
      to_file_.clear();
      options_.on_filed(events);
    }
    if (failure_.ok()) return absl::OkStatus();
    LineIsLost(failure_);
    absl::Status status = spool_->NoteFailure(failure_, options_.now());
    if (status.ok()) failure_ = absl::OkStatus();
    return status;
  }

  void LineIsLost(const absl::Status& failure) {
    if (!line_.ok() && MayRetry(line_.code()) == MayRetry(failure.code())) return;
    line_ = failure;
    options_.log(absl::StrCat("the daemon at ", options_.target,
                              " takes nothing: ", absl::StatusCodeToString(failure.code()), ": ",
                              failure.message(), ". What waits is kept and sent once it does"));
  }

  void LineIsBack() {
    if (line_.ok()) return;
    line_ = absl::OkStatus();
    options_.log(absl::StrCat("the daemon at ", options_.target, " answers again"));
  }

  void SpoolIsWell(const absl::Status& status) {
    if (status.code() == spool_status_.code()) return;
    spool_status_ = status;
    options_.log(status.ok()
                     ? absl::StrCat("the spool in ", spool_->directory(), " can be written again")
                     : absl::StrCat(status.message(), "; trying again"));
  }

  const SpoolSenderOptions options_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<SenderPlace> place_;
  const std::unique_ptr<Spool> spool_;
  absl::Status line_, spool_status_;    // as told to the log
  std::int64_t handed_through_ = 0;     // the last sequence that the publisher was given
  std::deque<std::int64_t> in_flight_;  // bytes of each batch that the publisher has
  std::int64_t in_flight_bytes_ = 0;
  std::vector<Answer> to_file_;
  absl::Status failure_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<Answer> came_;
  absl::Status came_failure_;
};

SpoolSender::SpoolSender(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SpoolSender::~SpoolSender() = default;

absl::StatusOr<std::unique_ptr<SpoolSender>> SpoolSender::Make(std::unique_ptr<Spool> spool,
                                                               SpoolSenderOptions options) {
  auto place = SenderPlace::Take(spool->directory());
  if (!place.ok()) return place.status();
  return std::unique_ptr<SpoolSender>(new SpoolSender(
      std::make_unique<Impl>(std::move(spool), *std::move(place), std::move(options))));
}

absl::Status SpoolSender::Run() { return impl_->Run(); }
void SpoolSender::Stop() { impl_->Stop(); }

}  // namespace ioc::client

#include "ioc/client/publisher.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "ioc/client/channel.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "pipeline.h"
#include "poll_connection.h"
#include "retry_info.h"

namespace ioc::client {

using ioc::v1::PushRequest;
using ioc::v1::PushResponse;

namespace {

/// So long a stream is not begun for want of a connection; then the call says what is wrong.
constexpr absl::Duration kConnectPatience = absl::Milliseconds(500);

/// The pipeline's time. A wall clock that is set back would hold every batch back for as long.
absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

/// The same instant for a condition variable.
std::chrono::steady_clock::time_point ToSteady(absl::Time time) {
  return std::chrono::steady_clock::time_point(absl::ToChronoNanoseconds(time - absl::UnixEpoch()));
}

}  // namespace

/// One thread writes (and lives through every stream), one more reads answers while a stream is up,
/// and a third watches that the daemon is not silent for too long. The reader is joined before the
/// writer deals with the stream's end, so outcomes are told by one thread at a time.
class Publisher::Impl {
 public:
  Impl(std::shared_ptr<grpc::Channel> channel, PublisherOptions options)
      : options_(std::move(options)),
        channel_(std::move(channel)),
        stub_(ioc::v1::IngestService::NewStub(channel_)),
        pipeline_(options_),
        writer_([this] { Run(); }) {
    if (options_.give_up_after < absl::InfiniteDuration()) {
      watcher_ = std::thread([this] { CancelSilentStreams(); });
    }
  }

  ~Impl() {
    Stop();
    Join();
  }

  absl::Status Publish(ioc::v1::Event event) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || pipeline_.HasRoom(); });
    if (stopping_) return absl::FailedPreconditionError("the publisher is closed");
    const absl::Time wake_before = pipeline_.WakeAt();
    absl::Status status = pipeline_.Add(std::move(event), SteadyNow());
    if (pipeline_.WakeAt() < wake_before) changed_.notify_all();
    return status;
  }

  absl::Status PublishBatch(PushRequest request) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || pipeline_.HasRoom(); });
    if (stopping_) return absl::FailedPreconditionError("the publisher is closed");
    pipeline_.AddBatch(std::move(request));
    changed_.notify_all();
    return absl::OkStatus();
  }

  absl::Status Flush(absl::Duration timeout) {
    std::unique_lock lock(mutex_);
    pipeline_.CloseBatch();
    changed_.notify_all();
    const auto told = [&] { return pipeline_.IsIdle() && !telling_; };
    if (!WaitUntil(lock, SteadyNow() + timeout, told)) {
      return absl::DeadlineExceededError(
          absl::StrCat("not every batch was answered within ", absl::FormatDuration(timeout)));
    }
    return absl::OkStatus();
  }

  absl::Status Close(absl::Duration timeout) {
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return absl::OkStatus();
    }
    absl::Status status = Flush(timeout);
    Stop();
    Join();
    return status;
  }

  std::uint64_t next_sequence() {
    std::lock_guard lock(mutex_);
    return pipeline_.next_sequence();
  }

 private:
  using Stream = grpc::ClientReaderWriter<PushRequest, PushResponse>;

  template <typename Condition>
  bool WaitUntil(std::unique_lock<std::mutex>& lock, absl::Time deadline, Condition condition) {
    if (deadline == absl::InfiniteFuture()) {
      changed_.wait(lock, condition);
      return true;
    }
    return changed_.wait_until(lock, ToSteady(deadline), condition);
  }

  void Stop() {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    if (context_ != nullptr && !pipeline_.IsIdle()) context_->TryCancel();
    changed_.notify_all();
  }

  void Join() {
    std::lock_guard lock(join_mutex_);
    if (writer_.joinable()) writer_.join();
    if (watcher_.joinable()) watcher_.join();
  }

  void Run() {
    while (std::shared_ptr<const PushRequest> first = NextBatch(nullptr)) RunStream(first);
  }

  /// The next batch to write; nullptr: the publisher stops, or `broken` became true. Without a
  /// stream (`broken` is nullptr) it is also this thread that gives up.
  std::shared_ptr<const PushRequest> NextBatch(const bool* broken) {
    std::unique_lock lock(mutex_);
    while (!stopping_ && (broken == nullptr || !*broken)) {
      if (broken == nullptr && pipeline_.GiveUp(SteadyNow())) Tell(lock);
      const absl::Time give_up_before = pipeline_.GiveUpAt();
      if (auto batch = pipeline_.TakeToSend(SteadyNow())) {
        if (pipeline_.GiveUpAt() < give_up_before) changed_.notify_all();
        return batch;
      }
      absl::Time wake = pipeline_.WakeAt();
      if (broken == nullptr) wake = std::min(wake, pipeline_.GiveUpAt());
      WaitForChange(lock, wake);
    }
    return nullptr;
  }

  void WaitForChange(std::unique_lock<std::mutex>& lock, absl::Time deadline) {
    if (deadline == absl::InfiniteFuture()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, ToSteady(deadline));
    }
  }

  /// A daemon that is connected but silent lets Write() and Read() wait for ever; this thread ends
  /// the stream under them.
  void CancelSilentStreams() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const bool silent = context_ != nullptr && SteadyNow() >= pipeline_.GiveUpAt();
      if (silent) context_->TryCancel();
      // Once cancelled, or without a stream, the next change decides.
      WaitForChange(lock,
                    silent || context_ == nullptr ? absl::InfiniteFuture() : pipeline_.GiveUpAt());
    }
  }

  void RunStream(std::shared_ptr<const PushRequest> batch) {
    PollConnection(*channel_, kConnectPatience);
    grpc::ClientContext context;
    SetContext(&context);
    const std::unique_ptr<Stream> stream = stub_->PushStream(&context);
    bool broken = false;  // guarded by mutex_
    std::thread reader([&] { ReadAnswers(*stream, context, broken); });
    while (batch != nullptr && stream->Write(*batch)) batch = NextBatch(&broken);
    stream->WritesDone();
    reader.join();
    const grpc::Status status = stream->Finish();
    SetContext(nullptr);
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    pipeline_.OnStreamLost(ToAbslStatus(status), RetryAfter(status), SteadyNow());
    Tell(lock);
  }

  void SetContext(grpc::ClientContext* context) {
    std::lock_guard lock(mutex_);
    context_ = context;
    changed_.notify_all();
    if (context != nullptr && stopping_ && !pipeline_.IsIdle()) context->TryCancel();
  }

  void ReadAnswers(Stream& stream, grpc::ClientContext& context, bool& broken) {
    PushResponse response;
    while (stream.Read(&response)) {
      std::unique_lock lock(mutex_);
      if (!pipeline_.OnAnswer(std::move(response), SteadyNow())) context.TryCancel();
      Tell(lock);
    }
    std::lock_guard lock(mutex_);
    broken = true;
    changed_.notify_all();
  }

  /// Calls the callbacks for what is settled, without the lock.
  void Tell(std::unique_lock<std::mutex>& lock) {
    const std::vector<Outcome> outcomes = pipeline_.TakeOutcomes();
    const absl::Status failure = pipeline_.TakeFailure();
    telling_ = true;
    lock.unlock();
    for (const Outcome& outcome : outcomes) TellOne(outcome);
    if (!failure.ok() && options_.on_failure) options_.on_failure(failure);
    lock.lock();
    telling_ = false;
    changed_.notify_all();
  }

  void TellOne(const Outcome& outcome) {
    const PushRequest& request = *outcome.request;
    if (options_.on_dead_letter) {
      for (const DeadLetter& letter :
           DeadLettersOf(request, outcome.status, outcome.response, told_events_)) {
        options_.on_dead_letter(letter);
      }
    }
    told_events_ += static_cast<std::uint64_t>(request.events_size());
    if (!options_.on_answer) return;
    options_.on_answer({.sequence = request.sequence(),
                        .batch_id = request.batch_id(),
                        .events = static_cast<std::size_t>(request.events_size()),
                        .status = outcome.status,
                        .response = outcome.response});
  }

  const PublisherOptions options_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<ioc::v1::IngestService::Stub> stub_;
  std::uint64_t told_events_ = 0;  // of the batches before the one that is told
  std::mutex mutex_;               // guards what follows
  std::condition_variable changed_;
  Pipeline pipeline_;
  bool stopping_ = false;
  bool telling_ = false;                    // callbacks are running
  grpc::ClientContext* context_ = nullptr;  // of the current stream
  std::mutex join_mutex_;                   // guards the joining of writer_; taken without mutex_
  std::thread watcher_;                     // where there is a time to give up; starts last
  std::thread writer_;                      // starts with all else in place
};

Publisher::Publisher(const std::string& target, PublisherOptions options)
    : Publisher(Connect(target), std::move(options)) {}
Publisher::Publisher(std::shared_ptr<grpc::Channel> channel, PublisherOptions options)
    : impl_(std::make_unique<Impl>(std::move(channel), std::move(options))) {}
Publisher::~Publisher() = default;
absl::Status Publisher::Publish(ioc::v1::Event event) { return impl_->Publish(std::move(event)); }
absl::Status Publisher::PublishBatch(PushRequest request) {
  return impl_->PublishBatch(std::move(request));
}
absl::Status Publisher::Flush(absl::Duration timeout) { return impl_->Flush(timeout); }
absl::Status Publisher::Close(absl::Duration timeout) { return impl_->Close(timeout); }
std::uint64_t Publisher::next_sequence() const { return impl_->next_sequence(); }

}  // namespace ioc::client

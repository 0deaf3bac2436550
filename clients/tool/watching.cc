#include "tool/watching.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tool/daemon_query.h"

namespace ioc::tool {
namespace {

/// Whether the same call may go well later.
bool MayPass(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:        // gone, stopping, starting, or watched long enough
    case absl::StatusCode::kResourceExhausted:  // too many watch
    case absl::StatusCode::kCancelled:          // it gave the connection up
      return true;
    default:
      return false;
  }
}

}  // namespace

Watching::Watching(Options options)
    : options_(std::move(options)), stub_(v1::QueryService::NewStub(options_.channel)) {}

absl::Status Watching::Run() {
  client::Backoff backoff(options_.backoff, client::SystemRandom());
  bool away = false, began = false;
  while (!stopped()) {
    std::size_t messages = 0;
    absl::Status status = Call(&messages);
    if (stopped()) break;
    if (messages > 0) {
      began = true;
      away = false;
      backoff.Reset();
    }
    if (!began || !MayPass(status)) return status;
    if (!std::exchange(away, true)) {
      options_.log(absl::StrCat("the daemon at ", options_.target, " is away (", status.message(),
                                "); trying again until it is there"));
    }
    if (!Pause(backoff.Next())) break;
  }
  return absl::OkStatus();
}

absl::Status Watching::Call(std::size_t* messages) {
  grpc::ClientContext context;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopped_) return absl::CancelledError("stopped");
    context_ = &context;
  }
  v1::WatchRequest request;
  request.set_scope(options_.scope);
  const auto reader = stub_->Watch(&context, request);
  v1::WatchResponse message;
  while (reader->Read(&message)) {
    ++*messages;
    options_.on_message(message);
  }
  const grpc::Status status = reader->Finish();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    context_ = nullptr;
  }
  if (status.ok()) return absl::UnavailableError("the daemon has ended the watch");
  return ForPeople(
      absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()),
      options_.target);
}

bool Watching::Pause(absl::Duration pause) {
  std::unique_lock<std::mutex> lock(mutex_);
  return !changed_.wait_for(lock, absl::ToChronoNanoseconds(pause), [this] { return stopped_; });
}

bool Watching::stopped() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopped_;
}

void Watching::Stop() {
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
  if (context_ != nullptr) context_->TryCancel();
  changed_.notify_all();
}

}  // namespace ioc::tool

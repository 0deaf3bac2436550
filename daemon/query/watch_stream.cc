#include "query/watch_stream.h"

#include <utility>

#include "door/doorkeeper.h"

namespace iocd::query {

// StartWrite is called under the mutex: gRPC never runs its reaction inside it. Finish is called
// without it and last, since the stream may be gone when it returns.

WatchStream::WatchStream(grpc::CallbackServerContext& context, std::shared_ptr<Watch> watch)
    : context_(context), watch_(std::move(watch)) {}

grpc::ServerWriteReactor<ioc::v1::WatchResponse>* WatchStream::Start(
    grpc::CallbackServerContext& context, const std::shared_ptr<Watch>& watch) {
  const std::shared_ptr<WatchStream> stream(new WatchStream(context, watch));
  stream->self_ = stream;
  watch->Start(stream);
  return stream.get();
}

void WatchStream::Wake() {
  grpc::Status end = grpc::Status::CANCELLED;
  {
    MutexLock lock(mutex_);
    if (message_ != nullptr || finished_) return;
    if (!broken_) {
      Watch::Step step = watch_->Next();
      if (step.message != nullptr) {
        message_ = std::move(step.message);
        StartWrite(message_.get());
        return;
      }
      if (step.end.ok()) return;
      end = door::ToGrpcStatus(step.end);
    }
    finished_ = true;
  }
  Finish(end);
}

void WatchStream::OnWriteDone(bool ok) {
  {
    MutexLock lock(mutex_);
    message_ = nullptr;
    broken_ = broken_ || !ok;
  }
  Wake();
}

void WatchStream::OnCancel() {
  {
    MutexLock lock(mutex_);
    broken_ = true;
  }
  Wake();
}

// gRPC reacts to this on other threads, never inside it.
void WatchStream::BreakOff() {
  MutexLock lock(mutex_);
  if (watch_ != nullptr) context_.TryCancel();
}

void WatchStream::OnDone() {
  std::shared_ptr<Watch> watch;
  {
    MutexLock lock(mutex_);
    watch = std::move(watch_);
  }
  watch.reset();  // counts no more
  self_.reset();
}

}  // namespace iocd::query

#include "iocsim/stream_load.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "iocsim/pacer.h"

namespace iocsim {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr std::chrono::milliseconds kLookAfter(100);

/// One PushStream. Each of its operations has a tag of its own in the completion queue.
class Stream {
 public:
  enum class Op { kStart, kWrite, kRead, kWritesDone, kFinish };
  struct Tag {
    Stream* stream;
    Op op;
  };

  Stream(grpc::GenericStub& stub, grpc::CompletionQueue& queue, Sender sender)
      : sender_(std::move(sender)),
        call_(stub.PrepareCall(&context_, "/ioc.v1.IngestService/PushStream", &queue)) {
    call_->StartCall(&start_);
  }

  bool CanWrite(std::size_t in_flight) const {
    return open_ && !writing_ && due_.size() < in_flight;
  }
  bool IsOpen() const { return open_; }
  bool IsFinished() const { return finished_; }

  void Write(LoadTemplates& templates, SteadyTime due, std::int64_t unix_seconds) {
    writing_ = true;
    due_.push_back(due);
    call_->Write(sender_.NextRequest(templates, unix_seconds), &write_);
  }

  /// No more batches; the stream finishes after its last answer.
  void End() {
    ending_ = true;
    if (open_ && !writing_ && !done_sent_) {
      done_sent_ = true;
      call_->WritesDone(&writes_done_);
    }
  }

  void OnEvent(Op op, bool ok, LoadResult& result) {
    switch (op) {
      case Op::kStart:
        if (!ok) return Finish();
        open_ = true;
        return call_->Read(&answer_, &read_);
      case Op::kWrite:
        writing_ = false;
        if (!ok) open_ = false;  // the pending read fails too, and ends the stream
        return;
      case Op::kRead:
        if (!ok) return Finish();
        if (!due_.empty()) {
          result.AddAnswer(answer_, steady_clock::now() - due_.front());
          due_.pop_front();
        }
        return call_->Read(&answer_, &read_);
      case Op::kWritesDone:
        return;
      case Op::kFinish:
        finished_ = true;
        if (!status_.ok()) {
          result.AddFailure(status_.error_message());
        } else if (!due_.empty()) {
          result.AddFailure("the daemon ended the stream before it had answered every batch");
        }
        return;
    }
  }

 private:
  void Finish() {
    open_ = false;
    call_->Finish(&status_, &finish_);
  }

  Sender sender_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::ByteBuffer answer_;
  grpc::Status status_;
  std::deque<SteadyTime> due_;  // of the batches in flight, oldest first
  bool open_ = false, writing_ = false, ending_ = false, done_sent_ = false, finished_ = false;
  Tag start_{this, Op::kStart}, write_{this, Op::kWrite}, read_{this, Op::kRead},
      writes_done_{this, Op::kWritesDone}, finish_{this, Op::kFinish};
};

/// Waits until `deadline` for what a stream's operation has come to, and hands it to the stream.
void TakeEvent(grpc::CompletionQueue& queue, system_clock::time_point deadline,
               LoadResult& result) {
  void* tag = nullptr;
  bool ok = false;
  if (queue.AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) return;
  const auto* event = static_cast<Stream::Tag*>(tag);
  event->stream->OnEvent(event->op, ok, result);
}

/// Writes on the first stream that has room, beginning after the one that had the last turn.
bool WriteOne(std::vector<std::unique_ptr<Stream>>& streams, std::size_t& turn,
              std::size_t in_flight, LoadTemplates& templates, SteadyTime due) {
  for (std::size_t i = 0; i < streams.size(); ++i) {
    Stream& stream = *streams[(turn + i) % streams.size()];
    if (!stream.CanWrite(in_flight)) continue;
    turn = (turn + i + 1) % streams.size();
    stream.Write(templates, due, system_clock::to_time_t(system_clock::now()));
    return true;
  }
  return false;
}

}  // namespace

std::chrono::duration<double> RunStreamLoad(const std::shared_ptr<grpc::Channel>& channel,
                                            const LoadOptions& options, std::vector<Sender> senders,
                                            LoadTemplates& templates, LoadResult& result) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const std::size_t in_flight = std::max<std::size_t>(1, options.in_flight / senders.size());
  std::vector<std::unique_ptr<Stream>> streams;
  for (Sender& sender : senders) {
    streams.push_back(std::make_unique<Stream>(stub, queue, std::move(sender)));
  }
  // To connect is no part of what is measured.
  const auto is_settled = [](const auto& stream) {
    return stream->IsOpen() || stream->IsFinished();
  };
  while (!std::all_of(streams.begin(), streams.end(), is_settled)) {
    TakeEvent(queue, system_clock::now() + kLookAfter, result);
  }
  const SteadyTime start = steady_clock::now();
  Pacer pacer(options, start);
  std::size_t turn = 0;
  const auto is_finished = [](const auto& stream) { return stream->IsFinished(); };
  while (!std::all_of(streams.begin(), streams.end(), is_finished)) {
    SteadyTime wake = steady_clock::now();
    std::optional<SteadyTime> due = pacer.NextDue(wake);
    while (due.has_value() && *due <= wake && WriteOne(streams, turn, in_flight, templates, *due)) {
      pacer.CountSent();
      due = pacer.NextDue(wake);
    }
    if (!due.has_value()) {
      for (const auto& stream : streams) stream->End();
    }
    // A batch that is due but finds no room waits for an event; the end of the test is a deadline
    // too.
    wake = due.has_value() && *due > wake ? *due : wake + kLookAfter;
    TakeEvent(queue,
              system_clock::now() +
                  std::chrono::duration_cast<system_clock::duration>(wake - steady_clock::now()),
              result);
  }
  return steady_clock::now() - start;
}

}  // namespace iocsim

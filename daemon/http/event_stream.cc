#include "http/event_stream.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "http/answer_fields.h"
#include "http/http_limits.h"
#include "http/json.h"

namespace iocd::http {
namespace {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;

// A browser comes again after so long when the connection ends.
constexpr char kRetry[] = "retry: 2000\n\n";
// A comment: nothing new, but the connection lives.
constexpr char kHeartbeat[] = ":\n\n";

std::string HeaderText(const Response& response) {
  bhttp::response<bhttp::empty_body> message;
  SetFields(response, /*keep_alive=*/false, &message);
  message.erase(bhttp::field::content_length);
  std::ostringstream text;
  text << message.base();
  return text.str();
}

std::string EndText(const absl::Status& why) {
  return absl::StrCat("event: end\ndata: ", JsonError(why).body, "\n");
}

}  // namespace

/// Rung on any thread, perhaps when core and stream are gone.
class EventStream::Bell final : public query::WatchReader {
 public:
  Bell(std::weak_ptr<Core> core, std::weak_ptr<EventStream> stream)
      : core_(std::move(core)), stream_(std::move(stream)) {}

  void Wake() override { Post(&EventStream::Look); }
  void BreakOff() override { Post(&EventStream::Leave); }

 private:
  void Post(void (EventStream::*call)()) {
    const std::shared_ptr<Core> core = core_.lock();
    if (core == nullptr) return;
    // The stream is held on the I/O thread alone, so that it also ends there.
    asio::post(core->io, [stream = stream_, call] {
      if (const auto found = stream.lock()) (*found.*call)();
    });
  }

  const std::weak_ptr<Core> core_;
  const std::weak_ptr<EventStream> stream_;
};

EventStream::EventStream(Core& core, Connection& connection, std::shared_ptr<query::Watch> watch,
                         absl::AnyInvocable<void() &&> finish)
    : core_(core),
      connection_(connection),
      watch_(std::move(watch)),
      finish_(std::move(finish)),
      hurry_(core.io),
      written_at_(core.clock.SinceBoot()) {}

void EventStream::Start(const Response& response) {
  connection_.NeverExpire();
  bell_ = std::make_shared<Bell>(core_.weak_from_this(), weak_from_this());
  Listen();
  busy_ = true;
  Write(absl::StrCat(HeaderText(response), kRetry));
  watch_->Start(bell_);
}

// What is being written has perhaps been read already, and only its end has not been heard of.
void EventStream::Stop() {
  if (!writing_) return Look();
  again_ = true;
  hurry_.expires_after(kLinger);
  hurry_.async_wait([stream = weak_from_this()](const ErrorCode& cancelled) {
    const auto found = stream.lock();
    if (!cancelled && found != nullptr && found->writing_) found->Leave();
  });
}

void EventStream::Look() {
  if (left_ || ended_) return;
  if (busy_) {
    again_ = true;
    if (writing_) HoldAgainstPatience();
    return;
  }
  busy_ = true;
  again_ = false;
  asio::post(core_.workers, [&core = core_, self = shared_from_this()]() mutable {
    Piece piece = NextPiece(*self->watch_);
    asio::post(core.io, [self = std::move(self), piece = std::move(piece)]() mutable {
      self->OnPiece(std::move(piece));
    });
  });
}

EventStream::Piece EventStream::NextPiece(query::Watch& watch) {
  const query::Watch::Step step = watch.Next();
  if (!step.end.ok()) return {EndText(step.end), /*last=*/true};
  if (step.message == nullptr) return {};
  return {absl::StrCat("data: ", JsonResponse(*step.message).body, "\n")};
}

// Counted from when it was first found under way: its end may only not have been heard of yet.
void EventStream::HoldAgainstPatience() {
  constexpr Duration kMost = {std::chrono::nanoseconds(kPatience).count()};
  const Duration now = core_.clock.SinceBoot();
  if (!found_writing_) found_writing_ = now;
  if (now.nanos - found_writing_->nanos >= kMost.nanos) Leave();
}

void EventStream::OnPiece(Piece piece) {
  if (left_) return;
  if (core_.stopping && !piece.last) {
    piece = {EndText(absl::UnavailableError("the daemon is stopping: call again in a moment")),
             /*last=*/true};
  }
  const Duration silent = {core_.clock.SinceBoot().nanos - written_at_.nanos};
  if (piece.text.empty() && silent >= kHeartbeatEvery) piece.text = kHeartbeat;
  if (!piece.text.empty()) {
    ended_ = piece.last;
    return Write(std::move(piece.text));
  }
  busy_ = false;
  if (again_) Look();
}

void EventStream::Write(std::string text) {
  text_ = std::move(text);
  writing_ = true;
  found_writing_.reset();
  written_at_ = core_.clock.SinceBoot();
  asio::async_write(
      connection_, asio::buffer(text_),
      [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->OnWritten(error); });
}

void EventStream::OnWritten(const ErrorCode& error) {
  busy_ = writing_ = false;
  if (error) core_.metrics.CountDropped(exposition::kUnreadAnswer);
  if (error || ended_ || left_) return Leave();
  if (again_) Look();
}

void EventStream::Listen() {
  connection_.async_read_some(
      asio::buffer(heard_), [self = shared_from_this()](const ErrorCode& error, std::size_t bytes) {
        self->OnHeard(error, bytes);
      });
}

void EventStream::OnHeard(const ErrorCode& error, std::size_t bytes) {
  heard_bytes_ += bytes;
  // Nothing need be said by who asked to be told.
  if (!error && !left_ && heard_bytes_ <= kMaxHeaderBytes) return Listen();
  if (!left_) return Leave();
  // Reading was the last that was under way, and said all that there was to say.
  if (ended_ && !busy_ && finish_) std::move(finish_)();
}

void EventStream::Leave() {
  left_ = true;
  connection_.Cancel();
}

}  // namespace iocd::http

#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "base/timestamp.h"
#include "http/connection.h"
#include "http/core.h"
#include "http/message.h"
#include "query/watch.h"

namespace iocd::http {

/// The answer to GET /api/v1/watch: server-sent events for as long as somebody watches, delimited
/// by the end of the connection. Each event is a WatchResponse; the last, named "end", says why
/// nothing follows. Lives as long as something is under way for it. I/O thread only.
class EventStream final : public std::enable_shared_from_this<EventStream> {
 public:
  /// `finish` ends the connection when all was said; it also keeps the connection alive.
  EventStream(Core& core, Connection& connection, std::shared_ptr<query::Watch> watch,
              absl::AnyInvocable<void() &&> finish);

  /// Sends the header of `response`, and then what there is to say.
  void Start(const Response& response);

  /// The server stops: says so, or ends after kLinger where the client does not take what was said
  /// before.
  void Stop();

 private:
  using ErrorCode = boost::system::error_code;
  class Bell;

  /// What the client gets next.
  struct Piece {
    std::string text;  // empty: nothing now
    bool last = false;
  };
  static Piece NextPiece(query::Watch& watch);

  /// Sends what there is to say, if nothing is under way.
  void Look();
  /// Lets a client go that takes too long for what is being written.
  void HoldAgainstPatience();
  void OnPiece(Piece piece);
  void Write(std::string text);
  void OnWritten(const ErrorCode& error);
  /// Reads, to learn when the client leaves; what it sends is left.
  void Listen();
  void OnHeard(const ErrorCode& error, std::size_t bytes);
  /// Lets the client go.
  void Leave();

  Core& core_;
  Connection& connection_;
  const std::shared_ptr<query::Watch> watch_;
  absl::AnyInvocable<void() &&> finish_;
  std::shared_ptr<Bell> bell_;  // that the watch rings
  std::string text_;            // that is being written
  char heard_[512] = {};
  std::size_t heard_bytes_ = 0;
  boost::asio::steady_timer hurry_;        // until Stop() waits for a write no longer
  Duration written_at_;                    // since boot: when a write last began
  std::optional<Duration> found_writing_;  // since boot: when Look() first found it under way
  bool busy_ = false;                      // something is being made or written
  bool writing_ = false;                   // it is being written
  bool again_ = false;                     // there may be more once that is done
  bool ended_ = false;                     // the last piece is being written, or was
  bool left_ = false;
};

}  // namespace iocd::http

#pragma once

#include <openssl/types.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

#include "http/connection.h"
#include "http/core.h"
#include "http/event_stream.h"
#include "http/message.h"

namespace iocd::http {

/// One connection: agrees on TLS if the server has it, reads the header of a request, has it
/// admitted, reads the body, has it answered, writes the answer, and again while the client keeps
/// the connection. Lives as long as something is under way for it. I/O thread only.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// `core` outlives the session. `context`: of the server's TLS; nullptr: plain.
  Session(Core& core, boost::asio::ip::tcp::socket socket, SSL_CTX* context);
  ~Session();

  void Start();
  /// Ends now if no request is under way, otherwise after its answer; events have no end but this.
  void Stop();

 private:
  using ErrorCode = boost::system::error_code;

  bool IsOld() const;
  void Handshake();
  void OnHandshake(const ErrorCode& error);
  /// Tells a client that speaks HTTP without TLS what this server speaks.
  void RefusePlainHttp();
  void ReadHeader();
  void OnHeader(const ErrorCode& error);
  void OnAdmission(std::variant<Admitted, Response> admission);
  /// False: there is no room for the body.
  bool ReserveBody();
  void ReleaseBody();
  void ReadBody();
  void OnBody(const ErrorCode& error);
  void Dispatch();
  void Write(Response response);
  void StreamEvents(Response response);
  void OnWritten(const ErrorCode& error);
  /// Answers what could not be read, or closes where no one would read the answer.
  void Refuse(const ErrorCode& error);
  void RefuseWith(Response response);
  /// Answers a request whose body stays unread, and ends the connection.
  void TurnAway(Response response);
  /// Ends the connection; after a refusal only when the client has had time to read it.
  void Finish();
  void EndSending();
  void DiscardInput();

  Core& core_;
  Connection stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  Core::Peer& peer_;
  const Duration opened_;  // since boot
  tls::ShownCertificate certificate_;
  Request request_;                    // without its body
  std::optional<Admitted> admitted_;   // between its header and its end
  std::weak_ptr<EventStream> events_;  // while it streams them
  std::uint64_t reserved_ = 0;         // for the body of this request
  bool busy_ = false;                  // from the header of a request to the end of its answer
  bool head_ = false;                  // the answer goes without its body
  bool keep_alive_ = false;            // another request may follow
  bool refused_ = false;               // part of the request may still be on its way
};

}  // namespace iocd::http

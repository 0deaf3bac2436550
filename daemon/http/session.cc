#include "http/session.h"

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "http/answer_fields.h"
#include "http/json.h"
#include "http/retry_after.h"

namespace iocd::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

constexpr std::size_t kDiscardBytes = 64 * 1024;  // at a time
constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr char kNeedsTls[] =
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 52\r\n\r\n"
    "this server speaks TLS alone: ask it with https://.\n";

std::string Text(boost::string_view text) { return std::string(text.data(), text.size()); }

Response TooLarge(int status, absl::string_view what, std::uint64_t limit) {
  return PlainText(status, absl::StrCat(what, " is larger than ", limit, " bytes."));
}

}  // namespace

Session::Session(Core& core, asio::ip::tcp::socket socket, SSL_CTX* context)
    : core_(core),
      stream_(std::move(socket), context),
      peer_(core.peers[stream_.peer_address()]),
      opened_(core.clock.SinceBoot()) {
  core_.sessions.insert(this);
  ++peer_.sessions;
}

Session::~Session() {
  ReleaseBody();
  core_.sessions.erase(this);
  if (--peer_.sessions == 0) core_.peers.erase(stream_.peer_address());
  if (core_.stopping && core_.sessions.empty()) core_.drained.set_value();
}

void Session::Start() { stream_.over_tls() ? Handshake() : ReadHeader(); }

void Session::Stop() {
  if (const auto events = events_.lock()) return events->Stop();
  if (!busy_) stream_.Cancel();
}

bool Session::IsOld() const {
  return core_.clock.SinceBoot().nanos - opened_.nanos >= kMaxConnectionAge.nanos;
}

void Session::Handshake() {
  stream_.ExpireAfter(kHandshakePatience);
  stream_.AsyncHandshake(
      [self = shared_from_this()](const ErrorCode& error) { self->OnHandshake(error); });
}

void Session::OnHandshake(const ErrorCode& error) {
  if (!error) {
    certificate_ = stream_.ShownCertificate();
    return ReadHeader();
  }
  if (core_.stopping) return;
  core_.metrics.CountDropped(exposition::kFailedHandshake);
  const bool is_http =
      error.category() == asio::error::get_ssl_category() &&
      ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
  if (is_http) RefusePlainHttp();
}

void Session::RefusePlainHttp() {
  refused_ = true;
  stream_.ExpireAfter(kLinger);
  asio::async_write(stream_.raw(), asio::buffer(kNeedsTls, sizeof kNeedsTls - 1),
                    [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                      if (!error) self->EndSending();
                    });
}

void Session::ReadHeader() {
  if (core_.stopping) return Finish();
  busy_ = false;
  head_ = false;
  parser_.emplace();
  parser_->header_limit(kMaxHeaderBytes);
  parser_->body_limit(kMaxBodyBytes);
  stream_.ExpireAfter(kPatience);
  bhttp::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](ErrorCode error, std::size_t) { self->OnHeader(error); });
}

void Session::OnHeader(const ErrorCode& error) {
  if (error) return Refuse(error);
  busy_ = true;
  const auto& message = parser_->get();
  keep_alive_ = message.keep_alive();
  head_ = message.method() == bhttp::verb::head;
  Request request{Text(message.method_string()),
                  Text(message.target()),
                  "",
                  Text(message[bhttp::field::accept]),
                  Text(message[bhttp::field::accept_encoding]),
                  Text(message[bhttp::field::if_none_match]),
                  Text(message[bhttp::field::host]),
                  Text(message[bhttp::field::origin]),
                  Text(message[bhttp::field::authorization]),
                  stream_.peer_address(),
                  certificate_,
                  core_.plain_loopback};
  asio::post(core_.workers,
             [&core = core_, self = shared_from_this(), request = std::move(request)]() mutable {
               auto admission = core.router.Admit(request);
               asio::post(core.io, [self = std::move(self), request = std::move(request),
                                    admission = std::move(admission)]() mutable {
                 self->request_ = std::move(request);
                 self->OnAdmission(std::move(admission));
               });
             });
}

// Only now the body is given memory: whom the doorkeeper does not know has none of it.
void Session::OnAdmission(std::variant<Admitted, Response> admission) {
  const bool has_body = !parser_->is_done();
  if (auto* refusal = std::get_if<Response>(&admission)) {
    return has_body ? TurnAway(std::move(*refusal)) : Write(std::move(*refusal));
  }
  admitted_ = std::get<Admitted>(std::move(admission));
  if (!has_body) return Dispatch();
  if (!admitted_->gate->takes_body) {
    return RefuseWith(PlainText(413, absl::StrCat(admitted_->gate->call, " takes no body.")));
  }
  if (!ReserveBody()) {
    return RefuseWith(
        NoRoom("the daemon has no room for the body of this request now; send it again."));
  }
  if (!beast::iequals(parser_->get()[bhttp::field::expect], "100-continue")) return ReadBody();
  asio::async_write(stream_, asio::buffer(kContinue, sizeof kContinue - 1),
                    [self = shared_from_this()](ErrorCode write_error, std::size_t) {
                      if (write_error) return self->Refuse(write_error);
                      self->ReadBody();
                    });
}

// Memory for bodies is bounded over all connections: who sends slowly would otherwise hold as much
// of it as there are connections. And over those of one address: it leaves room for others.
bool Session::ReserveBody() {
  const std::uint64_t most = parser_->content_length().value_or(kMaxBodyBytes);
  if (core_.body_bytes + most > kMaxBodiesBytes ||
      peer_.body_bytes + most > kMaxBodiesBytesOfAddress) {
    return false;
  }
  reserved_ = most;
  core_.body_bytes += most;
  peer_.body_bytes += most;
  return true;
}

void Session::ReleaseBody() {
  core_.body_bytes -= reserved_;
  peer_.body_bytes -= reserved_;
  reserved_ = 0;
}

void Session::ReadBody() {
  bhttp::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](ErrorCode error, std::size_t) { self->OnBody(error); });
}

void Session::OnBody(const ErrorCode& error) {
  if (error) return Refuse(error);
  request_.body = std::move(parser_->get().body());
  Dispatch();
}

void Session::Dispatch() {
  // The core is named first, so that it is destroyed after the session that stands on it.
  struct Reply {
    std::shared_ptr<Core> core;
    std::shared_ptr<Session> session;
    void operator()(Response response) && {
      asio::post(core->io,
                 [session = std::move(session), response = std::move(response)]() mutable {
                   session->Write(std::move(response));
                 });
    }
  };
  Reply reply{core_.shared_from_this(), shared_from_this()};
  asio::post(core_.workers, [&core = core_, request = std::move(request_),
                             admitted = *std::move(admitted_), reply = std::move(reply)]() mutable {
    core.router.Answer(request, std::move(admitted), std::move(reply));
  });
}

void Session::Write(Response response) {
  ReleaseBody();
  if (response.watch != nullptr) return StreamEvents(std::move(response));
  if (core_.stopping || IsOld()) keep_alive_ = false;
  stream_.ExpireAfter(kPatience);
  const auto write = [this](auto message) {
    auto& out = *message;
    bhttp::async_write(stream_, out,
                       [self = shared_from_this(), message](ErrorCode error, std::size_t) {
                         self->OnWritten(error);
                       });
  };
  if (head_) {
    auto message = std::make_shared<bhttp::response<bhttp::empty_body>>();
    SetFields(response, keep_alive_, message.get());
    return write(std::move(message));
  }
  auto message = std::make_shared<bhttp::response<bhttp::string_body>>();
  SetFields(response, keep_alive_, message.get());
  message->body() = std::move(response.body);
  write(std::move(message));
}

void Session::StreamEvents(Response response) {
  const auto events = std::make_shared<EventStream>(
      core_, stream_, std::move(response.watch), [self = shared_from_this()] { self->Finish(); });
  events_ = events;
  events->Start(response);
}

void Session::OnWritten(const ErrorCode& error) {
  if (error) return core_.metrics.CountDropped(exposition::kUnreadAnswer);
  if (keep_alive_) return ReadHeader();
  Finish();
}

void Session::Refuse(const ErrorCode& error) {
  const bool begun = std::exchange(busy_, true) || error == bhttp::error::partial_message;
  if (error == bhttp::error::header_limit) {
    return RefuseWith(TooLarge(431, "the header of the request", kMaxHeaderBytes));
  }
  if (error == bhttp::error::body_limit) {
    return RefuseWith(TooLarge(413, "the body of the request", kMaxBodyBytes));
  }
  const bool malformed =
      error.category() == bhttp::make_error_code(bhttp::error::bad_method).category();
  if (malformed && error != bhttp::error::end_of_stream && error != bhttp::error::partial_message) {
    return RefuseWith(PlainText(400, absl::StrCat("this is not HTTP/1.1: ", error.message(), ".")));
  }
  // The client has gone, or was silent for too long: no one reads an answer.
  if (begun) core_.metrics.CountDropped(exposition::kUnfinishedRequest);
}

void Session::RefuseWith(Response response) {
  core_.metrics.CountDropped(exposition::kRefusedRequest);
  TurnAway(std::move(response));
}

void Session::TurnAway(Response response) {
  refused_ = true;
  keep_alive_ = false;
  Write(std::move(response));
}

void Session::Finish() {
  if (!stream_.over_tls()) return EndSending();
  stream_.ExpireAfter(kLinger);
  stream_.AsyncFarewell([self = shared_from_this()](const ErrorCode&) { self->EndSending(); });
}

void Session::EndSending() {
  stream_.EndSending();
  if (!refused_) return;
  // Closing while the client still sends would reset the connection and lose the answer.
  stream_.ExpireAfter(kLinger);
  buffer_.clear();
  DiscardInput();
}

void Session::DiscardInput() {
  stream_.raw().async_read_some(buffer_.prepare(kDiscardBytes),
                                [self = shared_from_this()](ErrorCode error, std::size_t) {
                                  if (!error) self->DiscardInput();
                                });
}

}  // namespace iocd::http

#include "http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http.hpp>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/listen_address.h"
#include "http/answer_fields.h"
#include "http/core.h"
#include "http/retry_after.h"
#include "http/session.h"

namespace iocd::http {
namespace {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

// After a failed accept (no file descriptors left) trying again at once would only burn time.
constexpr std::chrono::milliseconds kAcceptPause{100};

absl::Status CannotListen(const std::string& listen, const ErrorCode& error) {
  std::string message = absl::StrCat("cannot listen for HTTP on ", listen, ": ", error.message());
  if (error == asio::error::address_in_use) {
    absl::StrAppend(&message, " (another program, perhaps another iocd, listens there)");
  }
  return absl::UnavailableError(absl::StrCat(message, "; choose another with --http-listen."));
}

/// What is sent into a line that has died without a word fills the kernel's buffer for a quarter of
/// an hour, and a watcher who lost power would hold a place for as long.
void GiveUpDeadLines(tcp::socket& socket) {
  const int patience = static_cast<int>(std::chrono::milliseconds(kPatience).count());
  setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
}

}  // namespace

/// The listening socket and the threads.
class Server::Listener {
 public:
  Listener(const Dependencies& dependencies, const tls::TlsStore* tls)
      : core_(std::make_shared<Core>(dependencies)),
        tls_(tls),
        acceptor_(core_->io),
        pause_(core_->io) {}

  absl::Status Start(const std::string& listen);
  void Stop();
  int port() const { return port_; }
  Router& router() { return core_->router; }

 private:
  ErrorCode Bind(const std::string& host, std::uint16_t port);
  void Accept();
  void OnAccepted(const ErrorCode& error, tcp::socket socket);
  /// Ends a connection beyond the most that are served.
  void Refuse(tcp::socket socket);
  void StopOnIoThread();

  const std::shared_ptr<Core> core_;
  const tls::TlsStore* const tls_;  // nullptr: plain
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::thread io_thread_;
  int port_ = 0;
};

absl::Status Server::Listener::Start(const std::string& listen) {
  const auto address = ParseListenAddress(listen);
  if (!address.ok()) return address.status();
  if (const ErrorCode error = Bind(address->host, address->port)) {
    return CannotListen(listen, error);
  }
  Accept();
  io_thread_ = std::thread([core = core_] {
    // Work without end: the server runs until it is stopped, also with no socket open.
    const auto guard = asio::make_work_guard(core->io);
    core->io.run();
  });
  return absl::OkStatus();
}

ErrorCode Server::Listener::Bind(const std::string& host, std::uint16_t port) {
  ErrorCode error;
  tcp::resolver resolver(core_->io);
  const auto found = resolver.resolve(host, absl::StrCat(port), tcp::resolver::passive, error);
  if (error) return error;
  const tcp::endpoint endpoint = found.begin()->endpoint();
  if (acceptor_.open(endpoint.protocol(), error)) return error;
  if (acceptor_.set_option(tcp::acceptor::reuse_address(true), error)) return error;
  if (acceptor_.bind(endpoint, error)) return error;
  if (acceptor_.listen(tcp::acceptor::max_listen_connections, error)) return error;
  port_ = acceptor_.local_endpoint(error).port();
  core_->plain_loopback = tls_ == nullptr && endpoint.address().is_loopback();
  return error;
}

void Server::Listener::Accept() {
  acceptor_.async_accept(
      [this](const ErrorCode& error, tcp::socket socket) { OnAccepted(error, std::move(socket)); });
}

void Server::Listener::OnAccepted(const ErrorCode& error, tcp::socket socket) {
  if (core_->stopping) return;
  if (error) {
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](const ErrorCode& cancelled) {
      if (!cancelled) Accept();
    });
    return;
  }
  const auto peer = core_->peers.find(AddressOf(socket));
  const bool full =
      core_->sessions.size() >= kMaxConnections ||
      (peer != core_->peers.end() && peer->second.sessions >= kMaxConnectionsOfAddress);
  if (full) {
    Refuse(std::move(socket));
  } else {
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    GiveUpDeadLines(socket);
    const auto material = tls_ == nullptr ? nullptr : tls_->Current();
    SSL_CTX* context = material == nullptr ? nullptr : material->context.get();
    std::make_shared<Session>(*core_, std::move(socket), context)->Start();
  }
  Accept();
}

void Server::Listener::Refuse(tcp::socket socket) {
  core_->metrics.CountDropped(exposition::kDroppedConnection);
  if (tls_ != nullptr) return;  // before a handshake no words would be understood
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  Response response = NoRoom("too many connections now.");
  bhttp::response<bhttp::string_body> message;
  SetFields(response, /*keep_alive=*/false, &message);
  message.body() = std::move(response.body);
  bhttp::write(socket, message, ignored);
}

void Server::Listener::Stop() {
  if (!io_thread_.joinable()) return;
  core_->router.SetReady(false);
  std::future<void> drained = core_->drained.get_future();
  asio::post(core_->io, [this] { StopOnIoThread(); });
  drained.wait_for(kStopPatience);
  core_->io.stop();
  io_thread_.join();
  core_->workers.join();
}

void Server::Listener::StopOnIoThread() {
  ErrorCode ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  core_->stopping = true;
  if (core_->sessions.empty()) return core_->drained.set_value();
  for (Session* session : core_->sessions) session->Stop();
}

Server::Server(const Options& options, const Dependencies& dependencies)
    : options_(options), listener_(std::make_unique<Listener>(dependencies, options.tls)) {}

Server::~Server() { Stop(); }

absl::Status Server::Start() { return listener_->Start(options_.listen); }

int Server::port() const { return listener_->port(); }

void Server::SetReady(bool ready) { listener_->router().SetReady(ready); }

void Server::Stop() { listener_->Stop(); }

}  // namespace iocd::http

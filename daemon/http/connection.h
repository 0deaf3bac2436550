#pragma once

#include <openssl/types.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "tls/peer_certificate.h"

namespace iocd::http {

/// The address of who is at the other end, without the port; of IPv4 in the form of IPv4 also where
/// the server listens for both. Empty: they have gone.
std::string AddressOf(const boost::asio::ip::tcp::socket& socket);

/// The bytes of one connection, plain or over TLS; which one is settled when it is made. A stream
/// in the sense of Asio. I/O thread only.
class Connection {
 public:
  using ErrorCode = boost::system::error_code;
  using executor_type = boost::beast::tcp_stream::executor_type;

  /// `context`: of the server's TLS; nullptr: plain.
  Connection(boost::asio::ip::tcp::socket socket, SSL_CTX* context);

  executor_type get_executor() { return tcp_.get_executor(); }
  bool over_tls() const { return tls_.has_value(); }
  /// The client's, see AddressOf().
  const std::string& peer_address() const { return peer_address_; }

  /// What is begun from now on ends with an error after so long.
  void ExpireAfter(std::chrono::steady_clock::duration patience) { tcp_.expires_after(patience); }
  /// What is begun from now on may take as long as it likes; nothing is under way.
  void NeverExpire() { tcp_.expires_never(); }
  /// Ends what is under way with an error.
  void Cancel() { tcp_.cancel(); }

  /// Over TLS only, before anything else. `handler` takes an ErrorCode.
  template <typename Handler>
  void AsyncHandshake(Handler&& handler) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
  }
  /// After the handshake.
  tls::ShownCertificate ShownCertificate();

  /// Over TLS tells the peer that nothing follows and waits until it says the same; its error does
  /// not matter. `handler` takes an ErrorCode.
  template <typename Handler>
  void AsyncFarewell(Handler&& handler) {
    tls_->async_shutdown(std::forward<Handler>(handler));
  }
  /// Sends the end of the connection; the peer may still send.
  void EndSending();
  /// The bytes below TLS.
  boost::beast::tcp_stream& raw() { return tcp_; }

  template <typename Buffers, typename Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) return tls_->async_read_some(buffers, std::forward<Handler>(handler));
    tcp_.async_read_some(buffers, std::forward<Handler>(handler));
  }
  template <typename Buffers, typename Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) return tls_->async_write_some(buffers, std::forward<Handler>(handler));
    tcp_.async_write_some(buffers, std::forward<Handler>(handler));
  }

 private:
  boost::beast::tcp_stream tcp_;
  std::optional<boost::beast::ssl_stream<boost::beast::tcp_stream&>> tls_;
  std::string peer_address_;
};

}  // namespace iocd::http

#include "http/connection.h"

#include <openssl/ssl.h>

#include "tls/openssl_handles.h"

namespace iocd::http {
namespace asio = boost::asio;

std::string AddressOf(const asio::ip::tcp::socket& socket) {
  boost::system::error_code gone;
  const asio::ip::address address = socket.remote_endpoint(gone).address();
  if (gone) return "";
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

Connection::Connection(asio::ip::tcp::socket socket, SSL_CTX* context)
    : tcp_(std::move(socket)), peer_address_(AddressOf(tcp_.socket())) {
  if (context == nullptr) return;
  // Asio's wrapper gives its reference back; what is made from it has one of its own.
  SSL_CTX_up_ref(context);
  asio::ssl::context wrapper(context);
  tls_.emplace(tcp_, wrapper);
}

tls::ShownCertificate Connection::ShownCertificate() {
  if (!tls_) return std::nullopt;
  const tls::Certificate certificate(SSL_get1_peer_certificate(tls_->native_handle()));
  if (certificate == nullptr) return std::nullopt;
  return tls::Read(*certificate);
}

void Connection::EndSending() {
  ErrorCode ignored;
  tcp_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace iocd::http

#include "support/tls_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

#include "tls/openssl_handles.h"

namespace iocd::testing {
namespace {

tls::Bio Reading(const std::string& pem) {
  return tls::Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

void UseAuthority(SSL_CTX* context, const std::string& pem) {
  const tls::Certificate authority(
      PEM_read_bio_X509(Reading(pem).get(), nullptr, nullptr, nullptr));
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

void UseOwn(SSL_CTX* context, const IssuedCertificate& own) {
  if (own.certificate.empty()) return;
  const tls::Certificate certificate(
      PEM_read_bio_X509(Reading(own.certificate).get(), nullptr, nullptr, nullptr));
  const tls::PrivateKey key(
      PEM_read_bio_PrivateKey(Reading(own.key).get(), nullptr, nullptr, nullptr));
  EXPECT_EQ(SSL_CTX_use_certificate(context, certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context, key.get()), 1);
}

}  // namespace

TlsClient::TlsClient(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

TlsClient::TlsClient(int port, const Options& options) : TlsClient(port) {
  ERR_clear_error();
  context_ = SSL_CTX_new(TLS_client_method());
  UseAuthority(context_, options.authority);
  UseOwn(context_, options.own);
  if (options.newest_version != 0) {
    SSL_CTX_set_security_level(context_, 0);  // otherwise OpenSSL would not even offer old ones
    SSL_CTX_set_max_proto_version(context_, options.newest_version);
  }
  tls_ = SSL_new(context_);
  constexpr unsigned char kHttp2[] = {2, 'h', '2'};  // gRPC talks to nobody who does not say so
  SSL_set_alpn_protos(tls_, kHttp2, sizeof kHttp2);
  SSL_set_fd(tls_, socket_);
  if (SSL_connect(tls_) != 1) NoteError();
}

TlsClient::~TlsClient() {
  SSL_free(tls_);
  SSL_CTX_free(context_);
  close(socket_);
}

void TlsClient::Send(const std::string& bytes) {
  if (tls_ == nullptr) {
    EXPECT_EQ(send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  } else if (SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())) <= 0) {
    NoteError();
  }
}

std::string TlsClient::ReadUntil(const std::string& end) {
  std::string all;
  char bytes[4096];
  while (end.empty() || all.find(end) == std::string::npos) {
    const int size = ReadSome(bytes, sizeof bytes);
    if (size <= 0) break;
    all.append(bytes, static_cast<std::size_t>(size));
  }
  return all;
}

int TlsClient::ReadSome(char* bytes, int size) {
  if (tls_ == nullptr) {
    return static_cast<int>(recv(socket_, bytes, static_cast<std::size_t>(size), 0));
  }
  const int got = SSL_read(tls_, bytes, size);
  if (got <= 0 && SSL_get_error(tls_, got) != SSL_ERROR_ZERO_RETURN) NoteError();
  return got;
}

void TlsClient::NoteError() {
  char words[256];
  ERR_error_string_n(ERR_get_error(), words, sizeof words);
  if (error_.empty()) error_ = words;
  ERR_clear_error();
}

}  // namespace iocd::testing

#include "tls/server_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tls/openssl_handles.h"

namespace iocd::tls {
namespace {

/// Of TLS 1.2; those of 1.3 are all of this sort.
constexpr char kCiphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr auto kOptions = SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                          SSL_OP_CIPHER_SERVER_PREFERENCE;

absl::Status Refused(absl::string_view what) {
  std::array<char, 256> words{};
  ERR_error_string_n(ERR_peek_last_error(), words.data(), words.size());
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat("OpenSSL refuses ", what, ": ", words.data()));
}

Certificate NextCertificate(const Bio& text) {
  return Certificate(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
}

bool UseCertificates(SSL_CTX* context, const std::string& pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificate holder = NextCertificate(text);
  if (holder == nullptr || SSL_CTX_use_certificate(context, holder.get()) != 1) return false;
  while (const Certificate between = NextCertificate(text)) {
    if (SSL_CTX_add1_chain_cert(context, between.get()) != 1) return false;
  }
  ERR_clear_error();  // the end of the text is one
  return true;
}

bool UseKey(SSL_CTX* context, const std::string& pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const PrivateKey key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  return key != nullptr && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

bool AskForClientCertificates(SSL_CTX* context, const std::string& authorities) {
  const Bio text(BIO_new_mem_buf(authorities.data(), static_cast<int>(authorities.size())));
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  while (const Certificate authority = NextCertificate(text)) {
    if (X509_STORE_add_cert(store, authority.get()) != 1) return false;
    if (SSL_CTX_add_client_CA(context, authority.get()) != 1) return false;
  }
  ERR_clear_error();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return true;
}

}  // namespace

absl::StatusOr<std::shared_ptr<SSL_CTX>> MakeServerContext(const CertifiedKey& own,
                                                           const std::string& client_ca) {
  ERR_clear_error();
  ContextHandle context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(context.get(), kCiphers) != 1) {
    return Refused("the choice of protocols and ciphers");
  }
  SSL_CTX_set_options(context.get(), kOptions);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // idle connections hold less memory
  if (!UseCertificates(context.get(), own.certificate)) return Refused("the server's certificate");
  if (!UseKey(context.get(), own.key)) return Refused("the server's key");
  if (!client_ca.empty() && !AskForClientCertificates(context.get(), client_ca)) {
    return Refused("the authorities of the clients");
  }
  return std::shared_ptr<SSL_CTX>(std::move(context));
}

}  // namespace iocd::tls

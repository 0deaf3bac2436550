#include "ingest/grpc_tls.h"

#include <grpc/grpc_security.h>

#include <string>

namespace iocd::ingest {
namespace {

/// gRPC's C++ credentials read their certificates once. Its C interface asks for them at each
/// handshake, one at a time, and keeps what it has if there is nothing new.
class StoreCredentials final : public grpc::ServerCredentials {
 public:
  explicit StoreCredentials(const tls::TlsStore& store) : store_(store) {
    grpc_ssl_server_credentials_options* options =
        grpc_ssl_server_credentials_create_options_using_config_fetcher(
            store.Current()->client_ca.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                               : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY,
            &StoreCredentials::Fetch, this);
    credentials_ = grpc_ssl_server_credentials_create_with_options(options);
  }
  ~StoreCredentials() override { grpc_server_credentials_release(credentials_); }
  StoreCredentials(const StoreCredentials&) = delete;
  StoreCredentials& operator=(const StoreCredentials&) = delete;

  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<StoreCredentials*>(self)->FetchNewest(config);
  }

  /// Called by gRPC with a lock of its own held, so by one thread at a time.
  grpc_ssl_certificate_config_reload_status FetchNewest(
      grpc_ssl_server_certificate_config** config) {
    auto newest = store_.Current();
    if (newest == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair{newest->own.key.c_str(), newest->own.certificate.c_str()};
    // gRPC aborts without authorities, though it looks at none where it asks for no certificates.
    const std::string& authorities =
        newest->client_ca.empty() ? newest->own.certificate : newest->client_ca;
    *config = grpc_ssl_server_certificate_config_create(authorities.c_str(), &pair, 1);
    given_ = std::move(newest);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  const tls::TlsStore& store_;
  grpc_server_credentials* credentials_;
  std::shared_ptr<const tls::TlsMaterial> given_;  // under gRPC's lock
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const tls::TlsStore& store) {
  return std::make_shared<StoreCredentials>(store);
}

}  // namespace iocd::ingest

#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "tls/material.h"

namespace iocd::ingest {

/// Credentials of a gRPC server whose connections are TLS, each made from what the store holds at
/// that moment. Clients are asked for a certificate if the store's first material names
/// authorities; one that these did not sign ends the handshake, none does not. `store` outlives
/// these, and these the server: gRPC itself does not keep them.
std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const tls::TlsStore& store);

}  // namespace iocd::ingest

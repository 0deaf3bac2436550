#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tls/certificate_files.h"

namespace iocd::tls {

/// What a server's connections are made from: TLS 1.2 and 1.3, forward secrecy and authenticated
/// encryption alone, no compression, no renegotiation, no resumption (so that every connection is
/// judged by the authorities of its day). If `client_ca` (PEM) is not empty, clients are asked for
/// a certificate: one that those authorities did not sign ends the handshake, none does not.
/// InvalidArgument: OpenSSL refuses the certificate or key, e.g. because it is too weak, in its own
/// words. The context may be used by several threads.
absl::StatusOr<std::shared_ptr<SSL_CTX>> MakeServerContext(const CertifiedKey& own,
                                                           const std::string& client_ca);

}  // namespace iocd::tls

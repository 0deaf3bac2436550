#pragma once

#include <grpcpp/security/auth_context.h>

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "tls/peer_certificate.h"

namespace iocd::door {

/// Reads the certificates that gRPC's clients show. gRPC hands each call the PEM text anew, so what
/// was read is kept: many calls on one connection cost a look-up each. Thread-safe.
class ShownCertificates {
 public:
  /// What the client of a call has shown on its connection.
  tls::ShownCertificate Of(const grpc::AuthContext& context);

 private:
  Mutex mutex_;
  /// By the whole PEM text: a hash alone could be met by another certificate.
  absl::flat_hash_map<std::string, absl::StatusOr<tls::PeerCertificate>> read_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::door

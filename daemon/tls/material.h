#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "base/timestamp.h"
#include "tls/certificate_files.h"

namespace iocd::tls {

/// What a server needs to be spoken to over TLS: paths of PEM files.
struct TlsFiles {
  std::string certificate;  // of the server, and of the authorities between it and the clients' one
  std::string key;          // of the certificate; readable by owner and group at most
  std::string client_ca;    // who signs clients' certificates; empty: clients are asked for none
};

/// The same, read and checked. Immutable; shared by connections.
struct TlsMaterial {
  CertifiedKey own;
  std::string client_ca;             // PEM; empty: clients are asked for no certificate
  std::shared_ptr<SSL_CTX> context;  // ready for connections (tls/server_context.h)
};

/// Reads the files; errors as of LoadCertifiedKey(), or what OpenSSL has against them. What stands
/// in `at_work` too (nullptr: nothing) may have ended since.
absl::StatusOr<std::shared_ptr<const TlsMaterial>> LoadMaterial(
    const TlsFiles& files, Timestamp now, const TlsMaterial* at_work = nullptr);

/// The material that new connections are made from; those that are there go on with theirs.
/// Thread-safe.
class TlsStore {
 public:
  explicit TlsStore(std::shared_ptr<const TlsMaterial> material) : material_(std::move(material)) {}

  std::shared_ptr<const TlsMaterial> Current() const {
    const MutexLock lock(mutex_);
    return material_;
  }
  /// What the files say now.
  struct Next {
    std::shared_ptr<const TlsMaterial> material;  // for Replace()
    absl::Status objection;  // why a start would refuse it: it is at work already, but has ended
  };
  /// Reads the files again. A certificate that is at work and has merely ended is no error: it
  /// keeps new clients away, and must not keep a revocation out. Whether clients are asked for
  /// certificates gRPC settles when its server starts: where `client_ca` was put in or taken out,
  /// the one at work stays. Changes nothing; errors as of LoadMaterial().
  absl::StatusOr<Next> LoadNext(const TlsFiles& files, Timestamp now) const;
  /// `material` asks clients for certificates if the one before did.
  void Replace(std::shared_ptr<const TlsMaterial> material);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const TlsMaterial> material_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace iocd::tls

#pragma once

#include <openssl/types.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::tls {

/// What a certificate says of its holder. Whether it may be believed (who signed it, whether it is
/// valid now) has been checked by the handshake in which it was shown, not here.
struct PeerCertificate {
  std::vector<std::string> uris;  // of the subject's alternative names, in order; printable ASCII
  std::string fingerprint;        // SHA-256 of the DER form, 64 hex digits in lower case
  Timestamp not_before, not_after;
  std::string subject;  // for people: "CN=stp,O=...", in RFC 2253's form
};

/// What a client has shown on its connection: nullopt, no certificate; an error, one that cannot be
/// read, with the sentence to tell.
using ShownCertificate = std::optional<absl::StatusOr<PeerCertificate>>;

/// InvalidArgument: a URI holds bytes that are not printable ASCII (an embedded NUL among them), or
/// the certificate's names or times cannot be read. Nothing is cut or passed over.
absl::StatusOr<PeerCertificate> Read(const X509& certificate);

/// The first certificate of a PEM text. InvalidArgument: there is none, or as above.
absl::StatusOr<PeerCertificate> ParsePem(absl::string_view pem);

}  // namespace iocd::tls

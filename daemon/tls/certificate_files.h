#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::tls {

/// A certificate and the key to it, as PEM texts.
struct CertifiedKey {
  std::string certificate;  // first that of the holder, then those of the authorities between
  std::string key;          // secret: never to be shown
  Timestamp not_after;      // the end of the holder's certificate
};

/// Reads both files and checks that they can be used at `now`. The error is a sentence that names
/// the file; it never holds what stands in the key's. NotFound, PermissionDenied: it cannot be
/// read. InvalidArgument: no PEM, a key that is encrypted, belongs to another certificate or may be
/// read by every user of the machine, a certificate that is not valid at `now`, unless it is the
/// one `at_work` (PEM).
absl::StatusOr<CertifiedKey> LoadCertifiedKey(const std::string& certificate_file,
                                              const std::string& key_file, Timestamp now,
                                              absl::string_view at_work = {});

/// The certificates of one or several authorities, as a PEM text. Errors as above; of several
/// certificates one has to be valid at `now`, so that an old one may stand beside a new one.
absl::StatusOr<std::string> LoadAuthorities(const std::string& file, Timestamp now,
                                            absl::string_view at_work = {});

}  // namespace iocd::tls

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocd::access {

/// Whom a client certificate names, by the one subject alternative name of type URI that it must
/// have with the scheme "ioc":
///
///     ioc://TERRITORY/department/CODE    the identity CODE, which is that department's own
///     ioc://TERRITORY/name/NAME          the identity NAME: a person, a wall, a second system
///
/// TERRITORY is the catalogue's. Codes and names: see IsName().
struct CertificateName {
  std::string territory;
  std::string name;
  bool of_department = false;
};

/// 1 to 64 lower-case letters, digits, '_', '-' and '.', the first a letter or digit.
bool IsName(absl::string_view text);

/// InvalidArgument says what is wrong with the URI.
absl::StatusOr<CertificateName> ParseCertificateName(absl::string_view uri);

}  // namespace iocd::access

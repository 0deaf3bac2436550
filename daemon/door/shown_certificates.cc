#include "door/shown_certificates.h"

#include <grpc/grpc_security_constants.h>

#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace iocd::door {
namespace {

/// Certificates of 2 KiB each, several for each department.
constexpr std::size_t kMostKept = 1'024;

}  // namespace

tls::ShownCertificate ShownCertificates::Of(const grpc::AuthContext& context) {
  const std::vector<grpc::string_ref> shown =
      context.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (shown.empty()) return std::nullopt;
  const absl::string_view pem(shown.front().data(), shown.front().size());
  {
    const MutexLock lock(mutex_);
    const auto found = read_.find(pem);
    if (found != read_.end()) return found->second;
  }
  absl::StatusOr<tls::PeerCertificate> certificate = tls::ParsePem(pem);
  const MutexLock lock(mutex_);
  if (read_.size() >= kMostKept) read_.clear();
  read_.insert_or_assign(std::string(pem), certificate);
  return certificate;
}

}  // namespace iocd::door

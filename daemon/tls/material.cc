#include "tls/material.h"

#include "absl/strings/str_cat.h"
#include "tls/server_context.h"

namespace iocd::tls {

absl::StatusOr<std::shared_ptr<const TlsMaterial>> LoadMaterial(const TlsFiles& files,
                                                                Timestamp now) {
  TlsMaterial material;
  auto own = LoadCertifiedKey(files.certificate, files.key, now);
  if (!own.ok()) return own.status();
  material.own = *std::move(own);
  if (!files.client_ca.empty()) {
    auto authorities = LoadAuthorities(files.client_ca, now);
    if (!authorities.ok()) return authorities.status();
    material.client_ca = *std::move(authorities);
  }
  auto context = MakeServerContext(material.own, material.client_ca);
  if (!context.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(context.status().message(), " (files '",
                                                   files.certificate, "', '", files.key, "', '",
                                                   files.client_ca, "')"));
  }
  material.context = *std::move(context);
  return std::make_shared<const TlsMaterial>(std::move(material));
}

absl::Status TlsStore::Replace(std::shared_ptr<const TlsMaterial> material) {
  const MutexLock lock(mutex_);
  if (material->client_ca.empty() != material_->client_ca.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("'client_ca' was ", material->client_ca.empty() ? "taken out" : "put in",
                     "; restart iocd for that"));
  }
  material_ = std::move(material);
  return absl::OkStatus();
}

}  // namespace iocd::tls

#include "tls/material.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tls/server_context.h"

namespace iocd::tls {
namespace {

absl::StatusOr<std::shared_ptr<const TlsMaterial>> MakeMaterial(CertifiedKey own,
                                                                std::string client_ca,
                                                                const TlsFiles& files) {
  TlsMaterial material{std::move(own), std::move(client_ca), nullptr};
  auto context = MakeServerContext(material.own, material.client_ca);
  if (!context.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(context.status().message(), " (files '",
                                                   files.certificate, "', '", files.key, "', '",
                                                   files.client_ca, "')"));
  }
  material.context = *std::move(context);
  return std::make_shared<const TlsMaterial>(std::move(material));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TlsMaterial>> LoadMaterial(const TlsFiles& files,
                                                                Timestamp now) {
  auto own = LoadCertifiedKey(files.certificate, files.key, now);
  if (!own.ok()) return own.status();
  if (files.client_ca.empty()) return MakeMaterial(*std::move(own), "", files);
  auto authorities = LoadAuthorities(files.client_ca, now);
  if (!authorities.ok()) return authorities.status();
  return MakeMaterial(*std::move(own), *std::move(authorities), files);
}

absl::StatusOr<std::shared_ptr<const TlsMaterial>> TlsStore::LoadNext(const TlsFiles& files,
                                                                      Timestamp now) const {
  auto next = LoadMaterial(files, now);
  if (!next.ok()) return next;
  const std::string& client_ca = Current()->client_ca;
  if ((*next)->client_ca.empty() == client_ca.empty()) return next;
  return MakeMaterial((*next)->own, client_ca, files);
}

void TlsStore::Replace(std::shared_ptr<const TlsMaterial> material) {
  const MutexLock lock(mutex_);
  material_ = std::move(material);
}

}  // namespace iocd::tls

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
                                                                Timestamp now,
                                                                const TlsMaterial* at_work) {
  auto own = LoadCertifiedKey(files.certificate, files.key, now,
                              at_work ? absl::string_view(at_work->own.certificate) : "");
  if (!own.ok()) return own.status();
  if (files.client_ca.empty()) return MakeMaterial(*std::move(own), "", files);
  auto authorities =
      LoadAuthorities(files.client_ca, now, at_work ? absl::string_view(at_work->client_ca) : "");
  if (!authorities.ok()) return authorities.status();
  return MakeMaterial(*std::move(own), *std::move(authorities), files);
}

absl::StatusOr<TlsStore::Next> TlsStore::LoadNext(const TlsFiles& files, Timestamp now) const {
  const auto at_work = Current();
  auto material = LoadMaterial(files, now);
  Next next{nullptr, material.status()};
  if (!material.ok()) material = LoadMaterial(files, now, at_work.get());
  if (material.ok() && (*material)->client_ca.empty() != at_work->client_ca.empty()) {
    material = MakeMaterial((*material)->own, at_work->client_ca, files);
  }
  if (!material.ok()) return material.status();
  next.material = *std::move(material);
  return next;
}

void TlsStore::Replace(std::shared_ptr<const TlsMaterial> material) {
  const MutexLock lock(mutex_);
  material_ = std::move(material);
}

}  // namespace iocd::tls

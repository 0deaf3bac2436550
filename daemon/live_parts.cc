#include "live_parts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/changes.h"

namespace iocd {
namespace {

Reloader::Ready Nothing() {
  return {.adopt = [] {}};
}

}  // namespace

Reloader::Part SnapshotPart(Caretaker& caretaker) {
  return [&caretaker](const config::Configuration& next) {
    const Duration every = next.settings.snapshot_every;
    return Reloader::Ready{.adopt = [&caretaker, every] { caretaker.ChangeSnapshotEvery(every); }};
  };
}

Reloader::Part QuotaPart(access::QuotaKeeper& quotas) {
  return [&quotas](const config::Configuration& next) {
    return Reloader::Ready{.adopt = [&quotas, changed = next.settings.quotas]() mutable {
      quotas.Replace(std::move(changed));
    }};
  };
}

Reloader::Part AccessPart(access::AccessControl& access) {
  return [&access](const config::Configuration& next) {
    const auto before = access.InForce();
    if (before == nullptr || next.access == nullptr) return Nothing();
    return Reloader::Ready{.adopt = [&access, rules = next.access] { access.Replace(rules); },
                           .access_changes = config::AccessChanges(*before, *next.access)};
  };
}

Reloader::Part TlsPart(tls::TlsStore* store, const Clock& clock,
                       exposition::DaemonMetrics& metrics) {
  return [store, &clock,
          &metrics](const config::Configuration& next) -> absl::StatusOr<Reloader::Ready> {
    if (store == nullptr || !next.settings.tls) return Nothing();
    auto loaded = store->LoadNext(*next.settings.tls, clock.Now());
    if (!loaded.ok()) return loaded.status();
    const auto before = store->Current();
    const auto& material = *loaded->material;
    Reloader::Ready ready = Nothing();
    if (!loaded->objection.ok()) {
      ready.changes.push_back(absl::StrCat(loaded->objection.message(),
                                           "; it stays at work, but the next start refuses it"));
    }
    if (material.own.certificate != before->own.certificate) {
      ready.changes.push_back(absl::StrCat("tls.certificate is another one, valid until ",
                                           ToLocalText(material.own.not_after),
                                           ": for new connections"));
    }
    if (material.client_ca != before->client_ca) {
      ready.access_changes.emplace_back("tls.client_ca has changed: for new connections");
    }
    ready.adopt = [store, &metrics, taken = loaded->material] {
      store->Replace(taken);
      metrics.SetCertificateEnd(taken->own.not_after);
    };
    return ready;
  };
}

}  // namespace iocd

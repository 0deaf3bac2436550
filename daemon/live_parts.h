#pragma once

#include "access/access_control.h"
#include "access/quota_keeper.h"
#include "base/clock.h"
#include "caretaker.h"
#include "exposition/daemon_metrics.h"
#include "reloader.h"
#include "tls/material.h"

namespace iocd {

/// The parts of the daemon that take over a changed configuration while it runs. What each is given
/// outlives the reloader.

Reloader::Part SnapshotPart(Caretaker& caretaker);
Reloader::Part QuotaPart(access::QuotaKeeper& quotas);
/// Between open mode and identities there is only a restart.
Reloader::Part AccessPart(access::AccessControl& access);
/// Reads certificate, key and authorities again, also where the configuration names the same files.
/// `store` is nullptr where the daemon was started without TLS: only a restart brings it.
Reloader::Part TlsPart(tls::TlsStore* store, const Clock& clock,
                       exposition::DaemonMetrics& metrics);

}  // namespace iocd

#pragma once

#include "door/caller.h"
#include "exposition/daemon_metrics.h"
#include "http/message.h"
#include "http/target.h"
#include "ingest/ingestor.h"

namespace iocd::http {

/// POST /api/v1/events: a PushRequest in JSON to a PushResponse in JSON, by the same way as gRPC.
/// The request is hashed as its protobuf bytes, so spaces and the order of fields do not tell a
/// repeat from a reuse of its sequence. `respond` may run on the engine's thread.
void PushEvents(ingest::Ingestor& ingestor, exposition::DaemonMetrics& metrics,
                const Request& request, door::CallerPtr caller, Respond respond);

/// GET /api/v1/resume: where a producer may go on. `respond` as above.
void ResumeProducer(ingest::Ingestor& ingestor, const Target& target, door::CallerPtr caller,
                    Respond respond);

}  // namespace iocd::http

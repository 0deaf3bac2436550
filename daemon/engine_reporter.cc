#include "engine_reporter.h"

#include <spdlog/spdlog.h>

namespace iocd {

void EngineReporter::RecoveryEnds(const engine::Recovery& recovery) {
  metrics_.RecoveryEnds(recovery);
  for (const std::string& damaged : recovery.snapshot.damaged) {
    spdlog::error("set aside a damaged snapshot, going on from an older one: {}", damaged);
  }
  const eventlog::EventLog::Replayed& log = recovery.log;
  if (log.torn_bytes > 0) {
    spdlog::warn("cut {} bytes, never acknowledged, from the end of {}", log.torn_bytes,
                 log.torn_file);
  }
  if (log.abandoned_bytes > 0) {
    spdlog::info("left out {} bytes, never acknowledged, that failed writes have left behind",
                 log.abandoned_bytes);
  }
  if (log.lost_bytes > 0) {
    spdlog::error("{} bytes of acknowledged data were given up as lost with iocctl log mend",
                  log.lost_bytes);
  }
}

void EngineReporter::LogFailed(const std::string& why) {
  metrics_.LogFailed(why);
  spdlog::critical("the event log takes no batches: {}", why);
}

void EngineReporter::LogRecovered() {
  metrics_.LogRecovered();
  spdlog::warn("the event log takes batches again");
}

void EngineReporter::AnswerDamaged(const std::string& why) {
  metrics_.CountDropped(exposition::kDamagedRefusals);
  spdlog::error(
      "the event log is damaged; a repeat was answered without its refusals, which stood there: {}",
      why);
}

void EngineReporter::SnapshotEnds(const engine::SnapshotOutcome& outcome) {
  metrics_.SnapshotEnds(outcome);
  if (outcome.status.ok()) {
    spdlog::info("took a snapshot of {} bytes at position {}", outcome.bytes, outcome.start);
  } else if (absl::IsCancelled(outcome.status)) {
    spdlog::info("gave up a snapshot in order to stop; the next start reads more of the log");
  } else {
    spdlog::error("could not take a snapshot, the log goes on: {}",
                  std::string(outcome.status.message()));
  }
}

void EngineReporter::SegmentsForgotten(std::size_t segments) {
  metrics_.SegmentsForgotten(segments);
  spdlog::info("removing {} old segments of the event log", segments);
}

void EngineReporter::RemovalFailed(const std::string& why) {
  metrics_.RemovalFailed(why);
  spdlog::error(
      "could not remove an old segment; it takes room, and is tried again with the next: {}", why);
}

}  // namespace iocd

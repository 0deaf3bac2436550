#include "reload_reporter.h"

#include <spdlog/spdlog.h>

namespace iocd {

void ReloadReporter::ReloadBegins(const std::string& asked_by) {
  spdlog::info("reading the configuration again, as asked by {}", asked_by);
}

void ReloadReporter::ReloadEnds(const ingest::ReloadOutcome& outcome) {
  metrics_.CountReload(outcome.status, clock_.Now());
  for (const std::string& mistake : outcome.mistakes) spdlog::error("{}", mistake);
  if (!outcome.status.ok()) {
    spdlog::error("nothing was reloaded: {}", std::string(outcome.status.message()));
    return;
  }
  for (const std::string& change : outcome.changes) spdlog::info("reloaded: {}", change);
  if (outcome.changes.empty()) spdlog::info("reloaded: the configuration says what it said before");
}

}  // namespace iocd

#include "ledger_reporter.h"

#include <spdlog/spdlog.h>

namespace iocd {

void LedgerReporter::UpdateEnds(const bookkeeper::UpdateOutcome& outcome) {
  metrics_.CountLedgerUpdate(outcome.status, Timestamp{outcome.took.nanos}.ToSeconds());
  if (outcome.status.ok()) metrics_.LedgerStands(outcome.at, outcome.ledger_bytes);
}

void LedgerReporter::LedgerFailed(const std::string& why) {
  spdlog::error("the ledger is not written; what it lacks waits, and the daemon goes on: {}", why);
}

void LedgerReporter::LedgerRecovered() { spdlog::warn("the ledger is written again"); }

void LedgerReporter::LedgerIsAhead(std::uint64_t ledger, std::uint64_t log) {
  spdlog::warn(
      "the ledger was written at position {} of a log that now ends at {}: what had come behind "
      "it stands in the ledger until newer figures restate it",
      ledger, log);
}

}  // namespace iocd

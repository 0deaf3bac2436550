#include "audit_reporter.h"

#include <spdlog/spdlog.h>

namespace iocd {

void AuditReporter::LogOpened(const audit::Head& head) { metrics_.CountAudited(head.seq); }

void AuditReporter::ChainBroken(const std::string& why) {
  metrics_.AuditChainBroken();
  spdlog::error("the audit log was changed or damaged; iocctl audit verify says more: {}", why);
}

void AuditReporter::TailCut(std::uint64_t bytes, const std::string& file) {
  spdlog::warn("cut {} bytes of an unfinished entry from the end of {}", bytes, file);
}

void AuditReporter::EntriesWritten(std::uint64_t entries) { metrics_.CountAudited(entries); }

void AuditReporter::LogFailed(const std::string& why) {
  metrics_.SetAuditFailed(true);
  spdlog::error("the audit log cannot be written; entries wait, and the daemon goes on: {}", why);
}

void AuditReporter::LogRecovered() {
  metrics_.SetAuditFailed(false);
  spdlog::warn("the audit log is written again, and holds what waited");
}

void AuditReporter::EntriesDropped(std::uint64_t entries) { metrics_.CountAuditDropped(entries); }

void AuditReporter::HeadStands(const audit::Head& head) {
  if (head.seq == 0) return spdlog::info("audit log: begins with this run");
  spdlog::info(
      "audit log: entry {} has the hash {}; to check that nothing before it was changed: iocctl "
      "audit verify --head {}",
      head.seq, head.hash, head.hash);
}

}  // namespace iocd

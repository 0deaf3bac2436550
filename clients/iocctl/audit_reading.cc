#include "iocctl/audit_reading.h"

#include "base/posix_file_system.h"

namespace iocctl {

void ProgressingVisitor::OnProgress(std::uint64_t done, std::uint64_t of) {
  if (!progress_) progress_.emplace(what_ + ", bytes read", of);
  progress_->Show(done);
}

absl::StatusOr<iocd::audit::ChainSummary> WalkAudit(const std::string& data_dir,
                                                    ProgressingVisitor& visitor) {
  iocd::FileSystem& file_system = iocd::PosixFileSystem();
  const auto files =
      iocd::audit::ListAuditFiles(file_system, iocd::audit::AuditDirectory(data_dir));
  if (!files.ok()) return files.status();
  auto summary = iocd::audit::WalkChain(file_system, *files, /*from_start=*/true, visitor);
  visitor.EndProgress();
  return summary;
}

}  // namespace iocctl

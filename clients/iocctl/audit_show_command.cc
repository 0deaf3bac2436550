#include <cerrno>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "audit/line.h"
#include "iocctl/audit_commands.h"
#include "iocctl/audit_filter.h"
#include "iocctl/audit_reading.h"
#include "iocctl/audit_view.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/table.h"
#include "iocctl/terminal.h"

namespace iocctl {
namespace {

/// Prints the entries that are asked for as they come.
class Shower final : public ProgressingVisitor {
 public:
  Shower(const AuditFilter& filter, bool json)
      : ProgressingVisitor("read"), filter_(filter), json_(json) {}

  void OnLine(const iocd::audit::Link& /*link*/, absl::string_view line) override {
    const auto logged = iocd::audit::ParseEntry(line);
    if (!logged || !filter_.Takes(*logged)) return;
    ++shown_;
    if (json_) {
      std::cout << (shown_ == 1 ? "" : ",") << line;
      return;
    }
    if (!table_) table_.emplace(AuditColumns());
    table_->AddRow(AuditRow(*logged));
    if (shown_ % kRowsOfATable == 0) Flush();
  }
  void OnBreak(const iocd::audit::Break& at) override {
    EndProgress();
    std::cerr << "iocctl: " << at.ToText() << "\n";
  }

  void Flush() {
    EndProgress();
    if (table_) std::cout << table_->ToText(WantsColor());
    table_.reset();
  }
  std::uint64_t shown() const { return shown_; }

 private:
  // Then the titles come again: however long the log is, it need not fit into memory.
  static constexpr std::uint64_t kRowsOfATable = 1'000;

  const AuditFilter& filter_;
  const bool json_;
  std::optional<Table> table_;
  std::uint64_t shown_ = 0;
};

}  // namespace

int RunAuditShow(const CommonOptions& common, const std::string& data_dir,
                 const AuditShowOptions& options) {
  const auto filter = AuditFilter::Make(options, absl::Now());
  if (!filter.ok()) return Fail(kBadUsage, filter.status().message());
  Shower shower(*filter, common.json);
  if (const absl::Status found = FindAudit(data_dir); !found.ok()) {
    return Fail(kBadUsage, found.message());
  }
  if (common.json) std::cout << "{\"entries\":[";
  const auto summary = WalkAudit(data_dir, shower);
  if (!summary.ok()) return Fail(kFailed, summary.status().message());
  shower.Flush();
  if (common.json) std::cout << "],\"broken\":" << summary->breaks << "}\n";
  std::cout << std::flush;
  if (!std::cout) {
    return Fail(kFailed, absl::StrCat("standard output cannot be written: ", std::strerror(errno)));
  }
  if (shower.shown() == 0) std::cerr << "iocctl: no entry matches\n";
  return summary->breaks == 0 ? kDone : kFailed;
}

}  // namespace iocctl

#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "audit/line.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/audit_commands.h"
#include "iocctl/audit_reading.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

using iocd::audit::Break;
using iocd::audit::ChainSummary;
using iocd::audit::Link;

constexpr std::size_t kMostBreaks = 20;  // told one by one

class Verifier final : public ProgressingVisitor {
 public:
  explicit Verifier(std::string head) : ProgressingVisitor("verify"), head_(std::move(head)) {}

  void OnLine(const Link& link, absl::string_view /*line*/) override {
    if (link.hash_fits && link.hash == head_) head_seq_ = link.seq;
  }
  void OnBreak(const Break& at) override {
    if (breaks_.size() < kMostBreaks) breaks_.push_back(at);
  }

  const std::string& head() const { return head_; }
  /// The entry that has the hash that was asked for.
  const std::optional<std::uint64_t>& head_seq() const { return head_seq_; }
  const std::vector<Break>& breaks() const { return breaks_; }
  bool HeadIsMissing() const { return !head_.empty() && !head_seq_; }

 private:
  const std::string head_;
  std::optional<std::uint64_t> head_seq_;
  std::vector<Break> breaks_;
};

bool IsSound(const ChainSummary& summary, const Verifier& verifier) {
  // A daemon writes that it starts before anything else: an empty log was emptied.
  return summary.breaks == 0 && summary.lines > 0 && !verifier.HeadIsMissing();
}

std::string Verdict(const ChainSummary& summary, const Verifier& verifier) {
  if (summary.breaks > 0) return Counted(summary.breaks, "broken place: ", "broken places: ");
  if (summary.lines == 0) return "empty, although each start of a daemon writes an entry: ";
  return verifier.HeadIsMissing() ? "what is there fits together, but not all is there: "
                                  : "sound: ";
}

void PrintJson(const ChainSummary& summary, const Verifier& verifier) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  const auto number = [&](const char* name, std::uint64_t value) {
    fields[name].set_number_value(static_cast<double>(value));
  };
  fields["sound"].set_bool_value(IsSound(summary, verifier));
  number("files", summary.files);
  number("bytes", summary.bytes);
  number("entries", summary.lines);
  number("last", summary.head.seq);
  fields["head"].set_string_value(summary.head.hash);
  number("torn_bytes", summary.torn_bytes);
  if (!verifier.head().empty()) fields["head_found"].set_bool_value(!verifier.HeadIsMissing());
  number("broken", summary.breaks);
  auto* breaks = fields["breaks"].mutable_list_value();
  for (const Break& at : verifier.breaks()) {
    auto& item = *breaks->add_values()->mutable_struct_value()->mutable_fields();
    item["file"].set_string_value(at.file);
    item["line"].set_number_value(static_cast<double>(at.line));
    item["what"].set_string_value(at.what);
  }
  std::cout << ToJson(object) << "\n";
}

void PrintHead(const ChainSummary& summary, const Verifier& verifier) {
  if (verifier.HeadIsMissing()) {
    std::cout << "no entry has the hash " << verifier.head()
              << ": the end of the log was cut, or the log was written anew.\n";
  } else if (verifier.head_seq()) {
    std::cout << "entry " << *verifier.head_seq() << " has the hash that was asked for; "
              << Counted(summary.head.seq - *verifier.head_seq(), "entry", "entries")
              << " came after it.\n";
  }
}

void PrintForPeople(const ChainSummary& summary, const Verifier& verifier, bool daemon_holds_it) {
  for (const Break& at : verifier.breaks()) std::cout << at.ToText() << ".\n";
  if (summary.breaks > verifier.breaks().size()) {
    std::cout << "and " << summary.breaks - verifier.breaks().size() << " more.\n";
  }
  std::cout << Verdict(summary, verifier) << Counted(summary.files, "file", "files") << " of "
            << summary.bytes << " bytes, " << Counted(summary.lines, "entry", "entries");
  if (summary.lines > 0) {
    std::cout << "; the last is entry " << summary.head.seq << " with the hash "
              << summary.head.hash;
  }
  std::cout << "\n";
  PrintHead(summary, verifier);
  if (summary.torn_bytes > 0) {
    std::cout << summary.torn_bytes << " bytes at the end are "
              << (daemon_holds_it ? "being written by the daemon, or an unfinished entry.\n"
                                  : "an unfinished entry; the next start cuts them.\n");
  }
}

}  // namespace

int RunAuditVerify(const CommonOptions& common, const std::string& data_dir,
                   const std::string& head) {
  if (!head.empty() && !iocd::audit::IsHash(absl::AsciiStrToLower(head))) {
    return Fail(kBadUsage, absl::StrCat("--head: '", head,
                                        "' is no hash: it has 64 hex digits, as the daemon's log "
                                        "shows them"));
  }
  if (const absl::Status found = FindAudit(data_dir); !found.ok()) {
    return Fail(kBadUsage, found.message());
  }
  const bool daemon_holds_it = DaemonHolds(data_dir);
  Verifier verifier(absl::AsciiStrToLower(head));
  const auto summary = WalkAudit(data_dir, verifier);
  if (!summary.ok()) return Fail(kFailed, summary.status().message());
  if (common.json) {
    PrintJson(*summary, verifier);
  } else {
    PrintForPeople(*summary, verifier, daemon_holds_it);
  }
  return IsSound(*summary, verifier) ? kDone : kFailed;
}

}  // namespace iocctl

#include "ingest/reload_entry.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/limits.h"

namespace iocd::ingest {
namespace {

constexpr absl::string_view kGoesOn = " …", kWentOn = "… ";

audit::Entry EntryOf(const audit::Caller& caller, const ReloadOutcome& outcome) {
  audit::Entry entry = audit::EntryOf(caller, audit::kReload);
  entry.what = absl::StrJoin(outcome.changes, "; ");
  if (outcome.status.ok()) return entry;
  entry.outcome = absl::IsFailedPrecondition(outcome.status) ? audit::Outcome::kRefused
                                                             : audit::Outcome::kFailed;
  entry.why = absl::StrCat(outcome.status.message(), outcome.mistakes.empty() ? "" : ": ",
                           absl::StrJoin(outcome.mistakes, "; "));
  return entry;
}

/// The sentence in parts that the audit log does not cut. Lists make it long, and those have
/// spaces.
std::vector<std::string> InParts(absl::string_view sentence) {
  constexpr std::size_t kMost = limits::kMaxAuditSentenceBytes;
  std::vector<std::string> parts;
  std::string part;
  while (part.size() + sentence.size() > kMost) {
    const absl::string_view fitting = sentence.substr(0, kMost - part.size() - kGoesOn.size());
    const std::size_t space = fitting.rfind(' ');
    const std::size_t end = space == absl::string_view::npos ? fitting.size() : space;
    parts.push_back(absl::StrCat(part, sentence.substr(0, end), kGoesOn));
    sentence.remove_prefix(space == absl::string_view::npos ? end : end + 1);
    part = std::string(kWentOn);
  }
  parts.push_back(absl::StrCat(part, sentence));
  return parts;
}

}  // namespace

void RecordReload(const audit::Caller& caller, const ReloadOutcome& outcome,
                  audit::Recorder& recorder) {
  recorder.Record(EntryOf(caller, outcome));
  for (std::size_t i = 0; i < outcome.access_changes; ++i) {
    for (std::string& part : InParts(outcome.changes[i])) {
      audit::Entry entry = audit::EntryOf(caller, audit::kAccessChange);
      entry.what = std::move(part);
      recorder.Record(std::move(entry));
    }
  }
}

}  // namespace iocd::ingest

#include "ingest/reload_entry.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace iocd::ingest {

audit::Entry ReloadEntry(const audit::Caller& caller, const ReloadOutcome& outcome) {
  audit::Entry entry = audit::EntryOf(caller, audit::kReload);
  entry.what = absl::StrJoin(outcome.changes, "; ");
  if (outcome.status.ok()) return entry;
  entry.outcome = absl::IsFailedPrecondition(outcome.status) ? audit::Outcome::kRefused
                                                             : audit::Outcome::kFailed;
  entry.why = absl::StrCat(outcome.status.message(), outcome.mistakes.empty() ? "" : ": ",
                           absl::StrJoin(outcome.mistakes, "; "));
  return entry;
}

}  // namespace iocd::ingest

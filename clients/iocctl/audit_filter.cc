#include "iocctl/audit_filter.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/nearest.h"
#include "iocctl/time_flag.h"

namespace iocctl {
namespace {

absl::Status CheckAction(const std::string& action) {
  const std::vector<absl::string_view> known(std::begin(iocd::audit::kAllActions),
                                             std::end(iocd::audit::kAllActions));
  if (action.empty() || std::find(known.begin(), known.end(), action) != known.end()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("--action: there is no '", action, "'",
                                                 iocd::DidYouMean(action, known),
                                                 "; known: ", absl::StrJoin(known, ", ")));
}

}  // namespace

absl::StatusOr<AuditFilter> AuditFilter::Make(const AuditShowOptions& options, absl::Time now) {
  const auto since = ParseTimeFlag("--since", options.since, now);
  if (!since.ok()) return since.status();
  const auto until = ParseTimeFlag("--until", options.until, now);
  if (!until.ok()) return until.status();
  if (absl::Status known = CheckAction(options.action); !known.ok()) return known;
  AuditFilter filter;
  filter.since_ = *since;
  filter.until_ = *until;
  filter.who_ = options.who;
  filter.action_ = options.action;
  filter.refused_ = options.refused;
  return filter;
}

bool AuditFilter::Takes(const iocd::audit::Logged& logged) const {
  const iocd::audit::Entry& entry = logged.entry;
  return (!since_ || logged.time >= *since_) && (!until_ || logged.time < *until_) &&
         (!who_ || entry.who == *who_) && (action_.empty() || entry.action == action_) &&
         (!refused_ || entry.outcome == iocd::audit::Outcome::kRefused);
}

}  // namespace iocctl

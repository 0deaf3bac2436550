#include "ingest/clock_confirmation.h"

#include "absl/strings/str_cat.h"

namespace iocd::ingest {

audit::Entry ConfirmClock(ClockGuard& clock_guard, const ClockReading& now,
                          const audit::Caller& caller) {
  const absl::Status doubt = clock_guard.Check(now);
  clock_guard.Confirm(now);
  audit::Entry entry = audit::EntryOf(caller, audit::kClockConfirm);
  entry.what = doubt.ok() ? absl::StrCat("it was not in doubt; it said ", ToLocalText(now.wall))
                          : std::string(doubt.message());
  return entry;
}

}  // namespace iocd::ingest

#include "http/reload_route.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "http/json.h"
#include "ingest/reload_entry.h"

namespace iocd::http {
namespace {

Response ToResponse(const ingest::ReloadOutcome& outcome) {
  if (outcome.status.ok()) {
    if (outcome.changes.empty()) {
      return PlainText(200, "reloaded; the configuration says what it said before.");
    }
    return PlainText(200, absl::StrCat("reloaded:\n", absl::StrJoin(outcome.changes, "\n")));
  }
  if (absl::IsFailedPrecondition(outcome.status)) {
    return PlainText(
        400, absl::StrCat(outcome.status.message(), ":\n", absl::StrJoin(outcome.mistakes, "\n")));
  }
  return PlainText(503, absl::StrCat(outcome.status.message(), "."));
}

}  // namespace

void ReloadConfiguration(ingest::Reloading& reloading, audit::Recorder& recorder,
                         door::CallerPtr caller, Respond respond) {
  reloading.Request("HTTP", [&recorder, caller = std::move(caller), respond = std::move(respond)](
                                const ingest::ReloadOutcome& outcome) mutable {
    ingest::RecordReload(*caller, outcome, recorder);
    std::move(respond)(ToResponse(outcome));
  });
}

}  // namespace iocd::http

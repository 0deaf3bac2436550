#include "ingest/push_witness.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "audit/refusal_action.h"

namespace iocd::ingest {
namespace {

audit::Entry EntryOf(const PushWitness::Sender& sender, absl::string_view action) {
  audit::Entry entry = audit::EntryOf(*sender.caller, action);
  entry.department = sender.department;
  entry.producer = sender.producer;
  return entry;
}

}  // namespace

PushWitness::Sender PushWitness::Meet(audit::CallerPtr caller, absl::string_view department,
                                      absl::string_view producer) const {
  const audit::SeenSenders::Key key = seen_.KeyOf(caller->who, caller->from, department, producer);
  return {std::move(caller), std::string(department), std::string(producer), key, seen_.Knows(key)};
}

void PushWitness::Taken(const Sender& sender) {
  if (sender.known || !seen_.Remember(sender.key)) return;
  recorder_.Record(EntryOf(sender, audit::kFirstPush));
}

void PushWitness::Refused(const Sender& sender, const absl::Status& why) {
  audit::Entry entry = EntryOf(sender, audit::RefusalAction(why.code()));
  entry.outcome = audit::Outcome::kRefused;
  entry.why = absl::StrCat(absl::StatusCodeToString(why.code()), ": ", why.message());
  recorder_.Record(std::move(entry));
}

}  // namespace iocd::ingest

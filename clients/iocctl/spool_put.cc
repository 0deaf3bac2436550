#include "iocctl/spool_put.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"

namespace iocctl {
namespace {

using ioc::client::SpoolState;

void PrintJson(std::size_t events, const absl::StatusOr<SpoolState>& state) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["spooled_events"].set_number_value(static_cast<double>(events));
  if (state.ok()) {
    fields["waiting_batches"].set_number_value(static_cast<double>(state->waiting_batches));
    fields["waiting_events"].set_number_value(static_cast<double>(state->waiting_events));
  }
  std::cout << ToJson(object) << "\n";
}

void PrintForPeople(std::size_t events, const absl::StatusOr<SpoolState>& state,
                    const std::string& directory) {
  std::cout << "Put in: " << events << " events, safe on this machine.";
  if (state.ok()) {
    std::cout << " Waiting in " << directory << ": " << state->waiting_batches << " batches, "
              << state->waiting_events << " events.";
  }
  std::cout << "\n";
}

}  // namespace

int PutIntoSpool(const ioc::client::SpoolOptions& options, const std::string& name,
                 const std::vector<ioc::v1::Event>& events, bool json) {
  const auto spool = ioc::client::Spool::OpenOrMake(options, absl::Now());
  if (!spool.ok()) return Fail(ExitCodeOf(spool.status()), spool.status().message());
  const absl::Status status = name.empty() ? (*spool)->Append(events, absl::Now())
                                           : (*spool)->AppendOnce(name, events, absl::Now());
  const bool repeated = absl::IsAlreadyExists(status);
  if (!status.ok() && !repeated) return Fail(ExitCodeOf(status), status.message());
  const std::size_t added = repeated ? 0 : events.size();
  // Done whatever becomes of this question: after a failure the events would be put in again.
  const auto state = (*spool)->State();
  if (!state.ok()) std::cerr << "iocctl: " << state.status().message() << "\n";
  if (json) {
    PrintJson(added, state);
    return kDone;
  }
  if (repeated) std::cout << status.message() << "; it is not put in again.\n";
  PrintForPeople(added, state, options.directory);
  return kDone;
}

}  // namespace iocctl

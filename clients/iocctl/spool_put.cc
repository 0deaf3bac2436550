#include "iocctl/spool_put.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"

namespace iocctl {
namespace {

void PrintJson(std::size_t events, const ioc::client::SpoolState& state) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["spooled_events"].set_number_value(static_cast<double>(events));
  fields["waiting_batches"].set_number_value(static_cast<double>(state.waiting_batches));
  fields["waiting_events"].set_number_value(static_cast<double>(state.waiting_events));
  std::cout << ToJson(object) << "\n";
}

}  // namespace

int PutIntoSpool(const ioc::client::SpoolOptions& options, const std::string& name,
                 const std::vector<ioc::v1::Event>& events, bool json) {
  const auto spool = ioc::client::Spool::OpenOrMake(options, absl::Now());
  if (!spool.ok()) return Fail(kFailed, spool.status().message());
  const absl::Status status = name.empty() ? (*spool)->Append(events, absl::Now())
                                           : (*spool)->AppendOnce(name, events, absl::Now());
  const bool repeated = absl::IsAlreadyExists(status);
  if (!status.ok() && !repeated) return Fail(kFailed, status.message());
  const auto state = (*spool)->State();
  if (!state.ok()) return Fail(kFailed, state.status().message());
  const std::size_t added = repeated ? 0 : events.size();
  if (json) {
    PrintJson(added, *state);
    return kDone;
  }
  if (repeated) std::cout << status.message() << "; it is not put in again.\n";
  std::cout << "Put in: " << added << " events, safe on this machine. Waiting in "
            << options.directory << ": " << state->waiting_batches << " batches, "
            << state->waiting_events << " events.\n";
  return kDone;
}

}  // namespace iocctl

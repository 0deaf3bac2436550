#include "support/faults.h"

#include "absl/strings/str_cat.h"

namespace iocd::testing {

absl::string_view Name(Fault fault) {
  switch (fault) {
    case Fault::kIoError:
      return "input/output error";
    case Fault::kNoSpace:
      return "no space left on device";
    case Fault::kShortWrite:
      return "short write";
    case Fault::kCrash:
    case Fault::kPowerOff:
      return "loss of power";
  }
  return "unknown fault";
}

absl::string_view Name(Call call) {
  static constexpr absl::string_view kNames[] = {
      "CreateDirectory", "List",    "OpenForAppend", "OpenForRead",   "Overwrite",
      "Rename",          "Remove",  "SyncDirectory", "LockDirectory", "Append",
      "SyncData",        "Reserve", "Read",          "Size"};
  return kNames[static_cast<int>(call)];
}

absl::Status ErrorOf(Fault fault, absl::string_view what) {
  const std::string text = absl::StrCat("cannot do ", what, ": ", Name(fault));
  return fault == Fault::kNoSpace ? absl::ResourceExhaustedError(text)
                                  : absl::UnavailableError(text);
}

void Faults::Plan(int n, Fault fault, std::optional<Call> only) {
  planned_.push_back({n, fault, only});
}

std::optional<Fault> Faults::Enter(Call call, const std::string& path) {
  if (power_off_) return Fault::kPowerOff;
  ++calls_;
  std::optional<Fault> hit;
  for (Planned& planned : planned_) {
    if (planned.only && *planned.only != call) continue;
    if (--planned.countdown == 0) hit = planned.fault;
  }
  if (!hit) return hit;
  power_off_ = *hit == Fault::kCrash;
  failed_call_ = absl::StrCat(Name(call), " ", path);
  return hit;
}

}  // namespace iocd::testing

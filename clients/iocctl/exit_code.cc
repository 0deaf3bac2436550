#include "iocctl/exit_code.h"

#include <iostream>

namespace iocctl {

int ExitCodeOf(const absl::Status& status) {
  const bool asked_wrongly =
      absl::IsAlreadyExists(status) || absl::IsNotFound(status) || absl::IsInvalidArgument(status);
  return asked_wrongly ? kBadUsage : kFailed;
}

int Fail(int code, absl::string_view message) {
  std::cerr << "iocctl: " << message << "\n";
  return code;
}

}  // namespace iocctl

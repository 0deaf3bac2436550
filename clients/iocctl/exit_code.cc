#include "iocctl/exit_code.h"

#include <iostream>

namespace iocctl {

int ExitCodeOf(const absl::Status& status) {
  return absl::IsAlreadyExists(status) || absl::IsNotFound(status) ? kBadUsage : kFailed;
}

int Fail(int code, absl::string_view message) {
  std::cerr << "iocctl: " << message << "\n";
  return code;
}

}  // namespace iocctl

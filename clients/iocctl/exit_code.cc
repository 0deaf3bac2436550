#include "iocctl/exit_code.h"

#include <iostream>

namespace iocctl {

int Fail(int code, absl::string_view message) {
  std::cerr << "iocctl: " << message << "\n";
  return code;
}

}  // namespace iocctl

#include "tool/quiet_grpc.h"

#include "grpc/support/log.h"

namespace ioc::tool {

void KeepGrpcQuiet() {
  gpr_set_log_function([](gpr_log_func_args* /*said*/) {});
}

}  // namespace ioc::tool

#include "http/caller.h"

#include <memory>

namespace iocd::http {

audit::CallerPtr CallerOf(const Request& request, absl::string_view call) {
  return std::make_shared<const audit::Caller>(
      audit::Caller{.from = request.peer_address, .call = call});
}

}  // namespace iocd::http

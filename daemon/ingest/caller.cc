#include "ingest/caller.h"

#include <memory>

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace iocd::ingest {

audit::CallerPtr CallerOf(const grpc::ServerContextBase& context, absl::string_view call) {
  return std::make_shared<const audit::Caller>(
      audit::Caller{.from = PeerAddress(context.peer()), .call = call});
}

std::string PeerAddress(absl::string_view peer) {
  absl::string_view rest = peer;
  if (!absl::ConsumePrefix(&rest, "ipv4:") && !absl::ConsumePrefix(&rest, "ipv6:")) {
    return std::string(peer);
  }
  rest = rest.substr(0, rest.rfind(':'));  // the port
  return absl::StrReplaceAll(rest, {{"%5B", ""}, {"%5D", ""}, {"[", ""}, {"]", ""}});
}

}  // namespace iocd::ingest

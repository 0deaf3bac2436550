#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/strings/string_view.h"
#include "audit/caller.h"

namespace iocd::ingest {

/// Who stands behind a call over gRPC; `call` is its method, a literal.
audit::CallerPtr CallerOf(const grpc::ServerContextBase& context, absl::string_view call);

/// The IP address in gRPC's name of a peer: "10.1.2.3" of "ipv4:10.1.2.3:40000", "::1" of
/// "ipv6:%5B::1%5D:40000". A name of another sort stays as it is.
std::string PeerAddress(absl::string_view peer);

}  // namespace iocd::ingest

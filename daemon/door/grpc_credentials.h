#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/strings/string_view.h"
#include "access/access_control.h"
#include "door/shown_certificates.h"

namespace iocd::door {

/// What the caller of a gRPC call shows of themselves.
access::Credentials CredentialsOf(const grpc::ServerContextBase& context,
                                  ShownCertificates& certificates);

/// The IP address in gRPC's name of a peer: "10.1.2.3" of "ipv4:10.1.2.3:40000", "::1" of
/// "ipv6:%5B::1%5D:40000". A name of another sort stays as it is.
std::string PeerAddress(absl::string_view peer);

}  // namespace iocd::door

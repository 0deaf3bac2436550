#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/credentials.h"

namespace ioc::client {

/// The token in a file: one line of visible ASCII, at most 4 KiB. Errors name the file and never
/// what stands in it.
absl::StatusOr<std::string> ReadToken(const std::string& file);

/// Sends the token with every call, as "authorization: Bearer TOKEN". `least`: what the connection
/// has to offer before the token leaves.
std::shared_ptr<grpc::CallCredentials> TokenCredentials(const std::string& token,
                                                        grpc_security_level least);

}  // namespace ioc::client

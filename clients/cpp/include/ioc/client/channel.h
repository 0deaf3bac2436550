#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace ioc::client {

/// A channel to a daemon ("HOST:PORT") that notices a dead peer within half a minute and reconnects
/// within two seconds after a restart. Connects with the first call; thread-safe. Plain: without
/// TLS, and without saying who asks.
std::shared_ptr<grpc::Channel> Connect(const std::string& target);

/// Whom to trust and who asks, as paths of files. All empty: plain.
struct ChannelSecurity {
  std::string ca_file;           // PEM: who signs the daemon's certificate; if named, TLS is spoken
  std::string certificate_file;  // PEM: who asks; with key_file and ca_file
  std::string key_file;
  std::string token_file;  // who asks, as one line; sent over TLS, or to this machine alone
};

/// The same with security. The files are read now and not again: a renewed certificate needs a new
/// channel. NotFound, PermissionDenied, InvalidArgument: a sentence that names the file and what is
/// wrong with it, or what is missing beside it.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& target,
                                                       const ChannelSecurity& security);

}  // namespace ioc::client

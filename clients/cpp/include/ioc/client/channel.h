#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"

namespace ioc::client {

/// A channel to a daemon ("HOST:PORT") that notices a dead peer within half a minute and reconnects
/// within two seconds after a restart. Connects with the first call; thread-safe.
std::shared_ptr<grpc::Channel> Connect(const std::string& target);

}  // namespace ioc::client

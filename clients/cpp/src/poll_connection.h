#pragma once

#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace ioc::client {

/// Waits until the channel is connected or an attempt to connect has failed, at most so long. gRPC
/// moves a connection on only while some thread waits in a call; between tries none does, and it
/// would look by itself every five seconds only. Without this a call that follows a failed one
/// fails at once, whether a daemon has come meanwhile or not.
void PollConnection(grpc::Channel& channel, absl::Duration patience);

}  // namespace ioc::client

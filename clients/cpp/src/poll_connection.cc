#include "poll_connection.h"

#include "absl/time/clock.h"

namespace ioc::client {

void PollConnection(grpc::Channel& channel, absl::Duration patience) {
  const auto deadline = absl::ToChronoTime(absl::Now() + patience);
  grpc_connectivity_state state = channel.GetState(/*try_to_connect=*/true);
  while (state != GRPC_CHANNEL_READY && channel.WaitForStateChange(state, deadline)) {
    state = channel.GetState(/*try_to_connect=*/true);
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE) return;
  }
}

}  // namespace ioc::client

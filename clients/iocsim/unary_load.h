#pragma once

#include <memory>
#include <vector>

#include "grpcpp/channel.h"
#include "iocsim/load_result.h"
#include "iocsim/sender.h"

namespace iocsim {

/// Sends unary Push calls, options.in_flight of them at a time, until the time is over; waits for
/// the last answers, and returns how long all that took. One thread does everything.
std::chrono::duration<double> RunUnaryLoad(const std::shared_ptr<grpc::Channel>& channel,
                                           const LoadOptions& options, std::vector<Sender> senders,
                                           LoadTemplates& templates, LoadResult& result);

}  // namespace iocsim

#pragma once

#include <memory>
#include <vector>

#include "grpcpp/channel.h"
#include "iocsim/load_result.h"
#include "iocsim/sender.h"

namespace iocsim {

/// Sends batches over one PushStream per sender until the time is over, waits for the last answers,
/// and returns how long all that took. One thread does everything, so that the daemon keeps the
/// rest of the machine.
std::chrono::duration<double> RunStreamLoad(const std::shared_ptr<grpc::Channel>& channel,
                                            const LoadOptions& options, std::vector<Sender> senders,
                                            LoadTemplates& templates, LoadResult& result);

}  // namespace iocsim

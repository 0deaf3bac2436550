#pragma once

#include <chrono>

#include "engine/engine.h"
#include "ingest/grpc_server.h"

/// The daemon ends within 10 s of the signal, whoever holds on to it.
namespace iocd {

/// Ends the gRPC server. False: it has not ended in time, because a peer holds a connection on
/// which nothing moves, and gRPC waits for that to break. It uses what it was given until the
/// process ends.
bool StopInTime(ingest::GrpcServer& server);

/// Lets the engine take its last snapshot, but not for longer than until `deadline`.
void StopInTime(engine::Engine& engine, std::chrono::steady_clock::time_point deadline);

}  // namespace iocd

#pragma once

namespace iocd {

/// From now on what gRPC says by itself (a handshake that failed, …) goes to the daemon's log: one
/// line a second, for anybody who reaches the port can cause as many as he likes. What is left out
/// is counted in the next line. Call once, before gRPC is used.
void ReportGrpcErrors();

}  // namespace iocd

#pragma once

namespace ioc::tool {

/// Keeps gRPC from writing lines of its own on standard error: what fails is told by its status.
void KeepGrpcQuiet();

}  // namespace ioc::tool

#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/listen_address.h"
#include "base/timestamp.h"

namespace iocd::ingest {

/// The daemon's gRPC server: the services given, health (grpc.health.v1) and reflection.
class GrpcServer {
 public:
  struct Options {
    ListenAddress address;
    std::vector<grpc::Service*> services;    // outlive the server
    std::vector<std::string> service_names;  // that health knows, beside the server as a whole
    std::shared_ptr<grpc::ServerCredentials> credentials = nullptr;  // nullptr: plain, without TLS
  };

  /// Listens and serves; health says NOT_SERVING until SetServing(true). Unavailable: the address
  /// cannot be had.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(const Options& options);
  /// Stops at once if Stop() has not been called.
  ~GrpcServer();

  /// The port in use, also where any was asked for.
  int port() const { return port_; }

  /// What health answers, for the server as a whole and for each service.
  void SetServing(bool serving);

  /// Takes no new calls, waits up to `patience` for those under way, then cancels them. Not to be
  /// called on a thread of gRPC.
  void Stop(Duration patience);

 private:
  GrpcServer() = default;

  std::shared_ptr<grpc::ServerCredentials> credentials_;  // gRPC asks them, but keeps them not
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::string> service_names_;
  int port_ = 0;
};

}  // namespace iocd::ingest

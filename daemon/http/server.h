#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "http/router.h"
#include "tls/material.h"

namespace iocd::http {

/// The daemon's HTTP server (docs/http.md). One thread serves the sockets, a few render the
/// answers.
class Server {
 public:
  struct Options {
    std::string listen;                  // HOST:PORT; port 0: any free one
    const tls::TlsStore* tls = nullptr;  // outlives the server; nullptr: plain, without TLS
  };

  /// What `dependencies` names outlives the server.
  Server(const Options& options, const Dependencies& dependencies);
  /// Stops if Stop() has not been called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and serves; /-/ready says no until SetReady(true). Called once. InvalidArgument: the
  /// address is none. Unavailable: it cannot be had, e.g. another program listens there.
  absl::Status Start();

  /// The port in use, also where any was asked for; 0 before Start().
  int port() const;

  void SetReady(bool ready);

  /// Takes no new connections, ends those without a request, waits up to kStopPatience for the
  /// others and joins the threads. To be called before the engine stops, so that batches under way
  /// are answered. Idempotent; not to be called on a thread of the engine.
  void Stop();

 private:
  class Listener;

  const Options options_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace iocd::http

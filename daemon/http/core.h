#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/clock.h"
#include "http/http_limits.h"
#include "http/router.h"

namespace iocd::http {

class Session;

/// What the sessions of one server share. One thread runs `io`: sockets, timers and everything of a
/// session but its requests' handling, which is on `workers`. A request that the engine still holds
/// keeps the core alive through its Respond, so a late answer finds it, even after the server.
struct Core : std::enable_shared_from_this<Core> {
  explicit Core(const Dependencies& dependencies)
      : clock(dependencies.clock), metrics(dependencies.metrics), router(dependencies) {}

  const Clock& clock;
  exposition::DaemonMetrics& metrics;
  Router router;
  bool plain_loopback = false;  // the server listens there, without TLS; set before `io` runs

  /// What the connections from one address have of it.
  struct Peer {
    std::size_t sessions = 0;
    std::uint64_t body_bytes = 0;
  };

  // I/O thread only.
  std::unordered_set<Session*> sessions;
  std::unordered_map<std::string, Peer> peers;  // by address; while they have sessions
  std::uint64_t body_bytes = 0;                 // of requests that arrive or are being answered
  bool stopping = false;
  std::promise<void> drained;  // set once, when stopping and the last session has gone

  // Last, for they are destroyed first, and with them the sessions that wait in their queues.
  boost::asio::io_context io{1};
  boost::asio::thread_pool workers{kWorkers};
};

}  // namespace iocd::http

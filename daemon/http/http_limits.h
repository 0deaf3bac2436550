#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/limits.h"
#include "base/timestamp.h"

/// Limits of the HTTP server, each with its unit.
namespace iocd::http {

inline constexpr std::size_t kMaxConnections = 1'024;
inline constexpr std::size_t kMaxConnectionsOfAddress = 512;  // one address leaves room for others
inline constexpr std::uint32_t kMaxHeaderBytes = 16 * 1024;
inline constexpr std::uint64_t kMaxBodyBytes = limits::kMaxTransportMessageBytes;
inline constexpr std::uint64_t kMaxBodiesBytes = 128 * 1024 * 1024;  // of all connections together
inline constexpr std::uint64_t kMaxBodiesBytesOfAddress = kMaxBodiesBytes / 2;

/// For a client to agree on TLS, from its connection on.
inline constexpr std::chrono::seconds kHandshakePatience{10};
/// For a whole request to arrive, from the end of the one before; and for an answer to leave.
inline constexpr std::chrono::seconds kPatience{60};
/// For what a refused client still sends, so that it gets to read why; and for the end of TLS.
inline constexpr std::chrono::seconds kLinger{2};
/// Of a connection: the answer after it is the last. A client that keeps one connects anew then,
/// with a certificate that the authorities of that day have signed.
inline constexpr Duration kMaxConnectionAge = Duration::Seconds(12 * 3'600);
/// Of a stream of events that has nothing to say: a sign of life after so long.
inline constexpr Duration kHeartbeatEvery = Duration::Seconds(15);
/// For requests under way when the server stops.
inline constexpr std::chrono::seconds kStopPatience{5};
/// After which someone for whom there was no room may come again.
inline constexpr Duration kRetryAfter = Duration::Seconds(1);

/// Threads that parse requests and render answers.
inline constexpr std::size_t kWorkers = 2;

}  // namespace iocd::http

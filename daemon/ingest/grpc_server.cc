#include "ingest/grpc_server.h"

#include <grpc/support/time.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server_builder.h>

#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd::ingest {
namespace {

// A sender whose machine vanished is noticed within these times, and its calls end.
constexpr int kKeepaliveTimeMillis = 60'000;
constexpr int kKeepaliveTimeoutMillis = 20'000;
// Senders may probe this often to keep a firewall from forgetting them.
constexpr int kMinSenderPingMillis = 10'000;
// For TLS and for the first words of HTTP/2; gRPC alone would give a silent peer two minutes.
constexpr int kHandshakeMillis = 10'000;
// Of messages that arrive or leave, of all connections together; beyond it gRPC ends calls with
// RESOURCE_EXHAUSTED. Anyone may open a call and send the most of a large message, before it is
// known who calls.
constexpr std::size_t kTransportBytes = 512 * 1024 * 1024;
// Of one connection at a time; more wait at the client.
constexpr int kMaxCalls = 256;
// Who is silent for so long is let go, and opens a connection anew.
constexpr int kMaxIdleMillis = 15 * 60'000;
// After so long a connection takes no new calls, so that nobody lives on by a certificate whose
// authority is no longer trusted; its streams go on to their end.
constexpr int kMaxAgeMillis = 12 * 3'600'000;

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(const Options& options) {
  // gRPC alone would tell a port in use in many lines of its own.
  if (absl::Status free = CheckFree(options.address); !free.ok()) return free;

  // Both act on builders made afterwards; calling them again changes nothing.
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  std::unique_ptr<GrpcServer> server(new GrpcServer);
  server->service_names_ = options.service_names;
  grpc::ServerBuilder builder;
  // A second daemon on the same port must fail, not share it.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMillis);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMillis);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinSenderPingMillis);
  builder.SetMaxReceiveMessageSize(static_cast<int>(limits::kMaxTransportMessageBytes));
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMillis);
  grpc::ResourceQuota memory;
  memory.Resize(kTransportBytes);
  builder.SetResourceQuota(memory);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxCalls);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, kMaxIdleMillis);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kMaxAgeMillis);
  server->credentials_ =
      options.credentials != nullptr ? options.credentials : grpc::InsecureServerCredentials();
  builder.AddListeningPort(options.address.ToText(), server->credentials_, &server->port_);
  for (grpc::Service* service : options.services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options.address.ToText(),
                                               ": is another program using the port?"));
  }
  server->SetServing(false);
  return server;
}

GrpcServer::~GrpcServer() { Stop(Duration{}); }

void GrpcServer::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  health->SetServingStatus("", serving);
  for (const std::string& name : service_names_) health->SetServingStatus(name, serving);
}

void GrpcServer::Stop(Duration patience) {
  if (server_ == nullptr) return;
  server_->Shutdown(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                 gpr_time_from_nanos(patience.nanos, GPR_TIMESPAN)));
  server_->Wait();
  server_.reset();
}

}  // namespace iocd::ingest

#include "ioc/client/channel.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/listen_address.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "tls/certificate_files.h"
#include "token.h"

namespace ioc::client {
namespace {

// gRPC's own limit of 4 MiB is too small for the list of a catalogue with a million reporters, and
// for the refusals of a batch that quote its texts.
constexpr int kMaxAnswerBytes = 64 * 1024 * 1024;

using Credentials = std::shared_ptr<grpc::ChannelCredentials>;

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target,
                                         const Credentials& credentials) {
  grpc::ChannelArguments arguments;
  // gRPC's own defaults wait up to two minutes before the next attempt to connect.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  // Against its name: how long one attempt may take.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5'000);
  // A peer that vanished without closing the connection is found out by pings.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  return grpc::CreateCustomChannel(target, credentials, arguments);
}

/// What is named without what it needs.
absl::Status CheckComplete(const std::string& target, const ChannelSecurity& security) {
  if (security.certificate_file.empty() != security.key_file.empty()) {
    const bool has_key = security.certificate_file.empty();
    return absl::InvalidArgumentError(absl::StrCat(
        "'", has_key ? security.key_file : security.certificate_file, "' is named without its ",
        has_key ? "certificate (--cert, IOC_CERT)" : "key (--key, IOC_KEY)"));
  }
  if (!security.ca_file.empty()) return absl::OkStatus();
  constexpr char kNameCa[] =
      "; name the file with the certificate of who signs the daemon's (--ca, IOC_CA)";
  if (!security.certificate_file.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("the certificate '", security.certificate_file,
                                                   "' can be shown over TLS only", kNameCa));
  }
  const auto address = iocd::ParseListenAddress(target);
  if (!security.token_file.empty() && !(address.ok() && address->IsLoopback())) {
    return absl::InvalidArgumentError(absl::StrCat("the token in '", security.token_file,
                                                   "' could be read by everyone on the "
                                                   "way to ",
                                                   target, kNameCa));
  }
  return absl::OkStatus();
}

absl::StatusOr<Credentials> Tls(const ChannelSecurity& security) {
  const iocd::Timestamp now{absl::ToUnixNanos(absl::Now())};
  auto authorities = iocd::tls::LoadAuthorities(security.ca_file, now);
  if (!authorities.ok()) return authorities.status();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = *std::move(authorities);
  if (!security.certificate_file.empty()) {
    auto own = iocd::tls::LoadCertifiedKey(security.certificate_file, security.key_file, now);
    if (!own.ok()) return own.status();
    options.pem_private_key = std::move(own->key);
    options.pem_cert_chain = std::move(own->certificate);
  }
  return grpc::SslCredentials(options);
}

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const std::string& target) {
  return ChannelTo(target, grpc::InsecureChannelCredentials());
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& target,
                                                       const ChannelSecurity& security) {
  if (absl::Status complete = CheckComplete(target, security); !complete.ok()) return complete;
  absl::StatusOr<Credentials> credentials = grpc::InsecureChannelCredentials();
  if (!security.ca_file.empty()) credentials = Tls(security);
  if (!credentials.ok()) return credentials.status();
  if (security.token_file.empty()) return ChannelTo(target, *credentials);

  auto token = ReadToken(security.token_file);
  if (!token.ok()) return token.status();
  grpc_security_level least = GRPC_PRIVACY_AND_INTEGRITY;
  if (security.ca_file.empty()) {
    // These look at the connection itself: whatever the target's name leads to, it is this machine.
    credentials = grpc::experimental::LocalCredentials(LOCAL_TCP);
    least = GRPC_SECURITY_NONE;
  }
  return ChannelTo(
      target, grpc::CompositeChannelCredentials(*credentials, TokenCredentials(*token, least)));
}

}  // namespace ioc::client

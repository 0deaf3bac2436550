#include "door/grpc_credentials.h"

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace iocd::door {

access::Credentials CredentialsOf(const grpc::ServerContextBase& context,
                                  ShownCertificates& certificates) {
  access::Credentials credentials;
  credentials.address = PeerAddress(context.peer());
  const auto& metadata = context.client_metadata();
  if (const auto sent = metadata.find("authorization"); sent != metadata.end()) {
    credentials.authorization = std::string(sent->second.data(), sent->second.size());
  }
  const auto authentication = context.auth_context();
  if (authentication != nullptr) credentials.certificate = certificates.Of(*authentication);
  return credentials;
}

std::string PeerAddress(absl::string_view peer) {
  absl::string_view rest = peer;
  if (!absl::ConsumePrefix(&rest, "ipv4:") && !absl::ConsumePrefix(&rest, "ipv6:")) {
    return std::string(peer);
  }
  rest = rest.substr(0, rest.rfind(':'));  // the port
  return absl::StrReplaceAll(rest, {{"%5B", ""}, {"%5D", ""}, {"[", ""}, {"]", ""}});
}

}  // namespace iocd::door

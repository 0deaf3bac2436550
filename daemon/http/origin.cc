#include "http/origin.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace iocd::http {
namespace {

absl::string_view WithoutPort(absl::string_view host) {
  const std::size_t colon = host.rfind(':');
  // Those of an IPv6 address stand in brackets.
  if (colon == host.npos || absl::EndsWith(host, "]")) return host;
  return host.substr(0, colon);
}

bool IsIpAddress(absl::string_view name) {
  in6_addr address{};  // also large enough for IPv4
  const bool v6 = absl::ConsumePrefix(&name, "[") && absl::ConsumeSuffix(&name, "]");
  return inet_pton(v6 ? AF_INET6 : AF_INET, std::string(name).c_str(), &address) == 1;
}

}  // namespace

bool FromAnotherSite(const Request& request) {
  if (request.origin.empty()) return false;
  absl::string_view site = request.origin;
  if (!absl::ConsumePrefix(&site, "http://")) absl::ConsumePrefix(&site, "https://");
  return !absl::EqualsIgnoreCase(site, request.host);
}

bool HostIsAddressOrLocalhost(absl::string_view host) {
  const absl::string_view name = WithoutPort(host);
  return name.empty() || absl::EqualsIgnoreCase(name, "localhost") || IsIpAddress(name);
}

}  // namespace iocd::http

#pragma once

#include "absl/strings/string_view.h"
#include "http/message.h"

namespace iocd::http {

/// Whether a browser sends the request for a page of another site. A browser names the page that
/// sends; programs do not. What changes something refuses such requests: otherwise any page
/// that someone opens on the daemon's machine could use an open daemon.
bool FromAnotherSite(const Request& request);

/// Whether the Host of a request names a place that nobody can name anew: an IP address or
/// "localhost", with any port or none. The owner of evil.example can have that name lead to
/// 127.0.0.1 while a page of it is open (DNS rebinding); the browser then takes the daemon for the
/// page's own site, shows it all answers, and says the same in Origin and Host. An empty Host is
/// well: every browser sends one.
bool HostIsAddressOrLocalhost(absl::string_view host);

}  // namespace iocd::http

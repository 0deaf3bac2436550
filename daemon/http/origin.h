#pragma once

#include "http/message.h"

namespace iocd::http {

/// Whether a browser sends the request for a page of another site. A browser names the page that
/// sends; programs do not. What changes something refuses such requests: otherwise any page
/// that someone opens on the daemon's machine could use an open daemon.
bool FromAnotherSite(const Request& request);

}  // namespace iocd::http

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "query/watch.h"
#include "tls/peer_certificate.h"

namespace iocd::http {

/// One request, as far as the routes look at it. Header fields that were not sent are empty.
struct Request {
  std::string method;  // "GET"
  std::string target;  // "/api/v1/series?indicator=x", still percent-encoded
  std::string body;
  std::string accept;
  std::string accept_encoding;
  std::string if_none_match;
  std::string host;
  std::string origin;
  std::string authorization;
  std::string peer_address;           // of the client, without its port: "10.1.2.3"
  tls::ShownCertificate certificate;  // by the client, for its connection
  bool plain_loopback = false;        // it came to a server on loopback, without TLS
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // beside those of every answer
  std::shared_ptr<query::Watch> watch;  // in place of a body: events for as long as this goes on
};

/// Takes the answer to a request. Called exactly once, on any thread.
using Respond = absl::AnyInvocable<void(Response) &&>;

}  // namespace iocd::http

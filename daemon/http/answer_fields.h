#pragma once

#include <boost/beast/http/field.hpp>

#include "http/message.h"

namespace iocd::http {

/// Sets the status and the header of an answer, and what belongs to every answer. `message` is a
/// response of Beast's, which may go without the body.
template <typename Message>
void SetFields(const Response& response, bool keep_alive, Message* message) {
  message->result(static_cast<unsigned>(response.status));
  message->set(boost::beast::http::field::content_type, response.content_type);
  message->set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) message->set(name, value);
  message->keep_alive(keep_alive);
  // Of a 304 it would be the length of what the client has already.
  if (response.status != 304) message->content_length(response.body.size());
}

}  // namespace iocd::http

#include "http/http_client.h"

#include <gtest/gtest.h>

#include <limits>

namespace iocd::testing {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using ErrorCode = boost::system::error_code;

}  // namespace

std::string HttpReply::Field(const std::string& name) const {
  const auto value = fields[name];
  return std::string(value.data(), value.size());
}

HttpClient::HttpClient(int port, const std::string& from) {
  ErrorCode error;
  socket_.open(asio::ip::tcp::v4());
  socket_.bind({asio::ip::make_address(from), 0}, error);
  EXPECT_FALSE(error) << error.message();
  const auto loopback = asio::ip::address_v4::loopback();
  socket_.connect({loopback, static_cast<std::uint16_t>(port)}, error);
  EXPECT_FALSE(error) << error.message();
}

HttpReply HttpClient::Get(const std::string& target, const Fields& fields) {
  return Send("GET", target, fields);
}

HttpReply HttpClient::Send(const std::string& method, const std::string& target,
                           const Fields& fields, const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\n";
  bool host = false;
  for (const auto& [name, value] : fields) {
    text += name + ": " + value + "\r\n";
    host = host || name == "Host";
  }
  if (!host) text += "Host: 127.0.0.1\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  SendRaw(text + "\r\n" + body);
  return Receive(method == "HEAD");
}

void HttpClient::SendRaw(const std::string& bytes) {
  ErrorCode ignored;  // a server that refuses may end the connection before it has read all
  asio::write(socket_, asio::buffer(bytes), ignored);
}

HttpReply HttpClient::Receive(bool head) {
  http::response_parser<http::string_body> parser;
  parser.skip(head);
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  ErrorCode error;
  http::read(socket_, buffer_, parser, error);
  EXPECT_FALSE(error) << error.message();
  auto message = parser.release();
  return {static_cast<int>(message.result_int()), message.base(), std::move(message.body())};
}

std::string HttpClient::ReceiveUntil(const std::string& end) {
  constexpr std::size_t kAtATime = 4'096;
  ErrorCode error;
  while (true) {
    const std::string text(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    const std::size_t place = text.find(end);
    if (place != std::string::npos) {
      buffer_.consume(place + end.size());
      return text.substr(0, place + end.size());
    }
    buffer_.commit(socket_.read_some(buffer_.prepare(kAtATime), error));
    EXPECT_FALSE(error) << error.message() << " after " << text;
    if (error) return text;
  }
}

bool HttpClient::Ended() {
  char byte = 0;
  ErrorCode error;
  socket_.read_some(asio::buffer(&byte, 1), error);
  return error == asio::error::eof || error == asio::error::connection_reset;
}

}  // namespace iocd::testing

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <utility>
#include <vector>

namespace iocd::testing {

struct HttpReply {
  int status = 0;
  boost::beast::http::fields fields;
  std::string body;

  std::string Field(const std::string& name) const;
};

/// A client of one connection to this machine. Fails the test if the connection fails.
class HttpClient {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// `from`: the address of loopback to connect from.
  explicit HttpClient(int port, const std::string& from = "127.0.0.1");

  /// `Host` is 127.0.0.1 where the fields name none.
  HttpReply Get(const std::string& target, const Fields& fields = {});
  HttpReply Send(const std::string& method, const std::string& target, const Fields& fields = {},
                 const std::string& body = "");

  /// Sends bytes as they are.
  void SendRaw(const std::string& bytes);
  /// Reads one answer; of one to HEAD no body.
  HttpReply Receive(bool head = false);
  /// Reads up to and with `end`, of an answer that has no end of its own.
  std::string ReceiveUntil(const std::string& end);
  /// Whether the server ends the connection (waits until it does or sends something).
  bool Ended();

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  boost::beast::flat_buffer buffer_;
};

}  // namespace iocd::testing

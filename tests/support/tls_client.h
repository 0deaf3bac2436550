#pragma once

#include <openssl/types.h>

#include <string>

#include "support/certificates.h"

namespace iocd::testing {

/// One connection to 127.0.0.1 on which bytes are sent as they are, over TLS or plain. It waits for
/// the server without a limit: a server that never answers lets the test's own time run out.
class TlsClient {
 public:
  struct Options {
    std::string authority;   // PEM: who signs the server's certificate
    IssuedCertificate own;   // empty: shows none
    int newest_version = 0;  // TLS1_1_VERSION; 0: any
  };

  /// Plain.
  explicit TlsClient(int port);
  /// Over TLS: see error() for whether that came about.
  TlsClient(int port, const Options& options);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  /// What OpenSSL says went wrong so far; empty: nothing did.
  const std::string& error() const { return error_; }

  void Send(const std::string& bytes);
  /// Reads until `end` has come, or the connection is over; returns all of it.
  std::string ReadUntil(const std::string& end);
  /// Reads until the server ends the connection. With an error() unless that is as TLS has it.
  std::string ReadAll() { return ReadUntil(""); }

 private:
  int ReadSome(char* bytes, int size);
  void NoteError();

  int socket_ = -1;
  SSL_CTX* context_ = nullptr;
  SSL* tls_ = nullptr;
  std::string error_;
};

}  // namespace iocd::testing

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "grpcpp/channel.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// How many events were counted, and the sum of their values.
struct Figures {
  std::uint64_t events = 0;
  double sum = 0;

  bool operator==(const Figures&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Figures& figures);

/// One producer that sends numbered batches of one indicator for a department that is its own, and
/// what the daemon owes it. The expectations fail the running test.
struct Account {
  std::string department, indicator;
  /// Batch `number`, from 1; the same on each call. Thread-safe.
  std::function<v1::PushRequest(std::uint64_t number)> batch;

  /// What the daemon counts of it.
  Figures Counted(const std::shared_ptr<grpc::Channel>& channel) const;
  /// What the batches 1 to `batches` come to.
  Figures WorthOf(std::uint64_t batches) const;

  /// The daemon counts the batches 1 to `batches`, each event once, and nothing else; and, if they
  /// have sequences, says so.
  void ExpectExact(const std::shared_ptr<grpc::Channel>& channel, std::uint64_t batches) const;
  /// Sends the batches 1 to `batches` again: each is a duplicate.
  void ExpectDuplicates(const std::string& target, std::uint64_t batches) const;
};

}  // namespace ioc::client

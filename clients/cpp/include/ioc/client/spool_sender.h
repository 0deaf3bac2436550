#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "ioc/client/backoff.h"
#include "ioc/client/spool.h"

namespace ioc::client {

struct SpoolSenderOptions {
  std::string target;  // "HOST:PORT" of the daemon
  /// To the target, of Connect(); nullptr: plain.
  std::shared_ptr<grpc::Channel> channel = nullptr;
  /// Run() ends once nothing waits.
  bool until_empty = false;
  BackoffOptions backoff;
  /// The wall clock, for the times that the spool keeps.
  std::function<absl::Time()> now;
  /// Called by Run() with a sentence for the operator when fortune changes (the line is lost, is
  /// back), not for each try.
  std::function<void(const std::string&)> log;
  /// Called by Run() with the number of events whose answers were filed.
  std::function<void(std::uint64_t)> on_filed;
};

/// Sends what waits in a spool, in the order of the sequences, with many batches in flight, and
/// files the answers there. It outlasts the loss of the line and of the daemon; when its own
/// process is killed, the next one sends at worst batches again that the daemon knows.
class SpoolSender {
 public:
  /// Takes the place of the spool's one sender until this object goes or its process ends.
  /// FailedPrecondition: another sender has it. All functions of `options` are required.
  static absl::StatusOr<std::unique_ptr<SpoolSender>> Make(std::unique_ptr<Spool> spool,
                                                           SpoolSenderOptions options);
  ~SpoolSender();

  /// Sends until Stop(), or until the spool is empty if the options say so; then OK. Otherwise what
  /// a person has to mend: FailedPrecondition, the dead letters have reached their bound
  /// (batches in flight may take them beyond it); OutOfRange, DataLoss and the like, the spool
  /// cannot be used. Called once.
  absl::Status Run();

  /// Lets Run() end soon. Thread-safe.
  void Stop();

 private:
  class Impl;
  explicit SpoolSender(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

/// Whether some process sends from the spool in this directory.
bool SpoolHasSender(const std::string& directory);

}  // namespace ioc::client

#pragma once

#include <sys/types.h>

#include <string>
#include <thread>

namespace iocd::testing {

/// A real iocd on loopback, on ports that the system chose; it keeps them over a restart. Not
/// thread-safe.
class DaemonProcess {
 public:
  struct Options {
    std::string program;   // path of iocd
    std::string config;    // iocd.yaml
    std::string data_dir;  // stays behind
    bool demo = false;
  };

  /// Starts the daemon and waits until it serves.
  explicit DaemonProcess(Options options);
  /// Kills it if it runs.
  ~DaemonProcess();
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  const std::string& grpc_address() const { return grpc_address_; }

  /// After Kill(): the same data, the same ports.
  void Start();
  /// SIGKILL: nothing gets a chance to be written.
  void Kill();

 private:
  const Options options_;
  std::string grpc_address_ = "127.0.0.1:0", http_address_ = "127.0.0.1:0";
  pid_t pid_ = -1;
  std::thread log_reader_;  // keeps the daemon's log from filling its pipe
};

}  // namespace iocd::testing

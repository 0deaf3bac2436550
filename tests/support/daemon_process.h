#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
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
    /// An address of loopback. One that no client uses as its own (clients get 127.0.0.1) keeps the
    /// daemon's ports free while it is down: there is no client that could be given one of them.
    std::string host = "127.0.0.1";
  };

  /// Starts the daemon and waits until it serves.
  explicit DaemonProcess(Options options);
  /// Kills it if it runs.
  ~DaemonProcess();
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  const std::string& grpc_address() const { return grpc_address_; }
  int http_port() const;

  /// After the daemon has ended: the same data, the same ports.
  void Start();
  /// After the daemon has ended: starts it and kills it before it serves, at the given share (from
  /// 0 to 1) of the reads and writes that the last Start() took to serve.
  void StartAndKill(double share);
  /// SIGKILL: nothing gets a chance to be written. Ends the test program if the daemon had ended by
  /// itself.
  void Kill();
  /// The same once it has made so many more reads and writes: a moment that no answer has chosen.
  void KillAfter(std::uint64_t calls);
  /// SIGHUP: asks it to read its configuration again, and does not wait for that.
  void Hup();
  /// SIGTERM: waits for the end and returns the exit code.
  int Stop();

 private:
  /// Starts the process; its log comes out of the file returned.
  std::FILE* Launch();
  int End(int signal);

  const Options options_;
  std::string grpc_address_ = options_.host + ":0", http_address_ = options_.host + ":0";
  pid_t pid_ = -1;
  std::thread log_reader_;  // keeps the daemon's log from filling its pipe
  double calls_to_serve_ = 0;
};

}  // namespace iocd::testing

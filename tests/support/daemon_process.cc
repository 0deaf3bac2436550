#include "support/daemon_process.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <regex>
#include <utility>
#include <vector>

#include "support/program.h"

namespace iocd::testing {

DaemonProcess::DaemonProcess(Options options) : options_(std::move(options)) { Start(); }

DaemonProcess::~DaemonProcess() {
  if (pid_ > 0) Kill();
}

void DaemonProcess::Start() {
  std::vector<std::string> arguments = {options_.program, "--config",        options_.config,
                                        "--data-dir",     options_.data_dir, "--grpc-listen",
                                        grpc_address_,    "--http-listen",   http_address_};
  if (options_.demo) arguments.push_back("--demo");
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  pid_ = StartProgram(arguments, -1, -1, ends[1]);
  close(ends[1]);

  // The daemon says where it listens once it does.
  std::FILE* log = fdopen(ends[0], "r");
  static const std::regex& listens = *new std::regex(R"(gRPC on (\S+), HTTP on (\S+))");
  std::string seen;
  std::smatch match;
  char line[4'096];
  while (std::fgets(line, sizeof line, log) != nullptr) {
    seen += line;
    const std::string text = line;
    if (!std::regex_search(text, match, listens)) continue;
    grpc_address_ = match[1];
    http_address_ = match[2];
    log_reader_ = std::thread([log] {
      char rest[4'096];
      while (std::fread(rest, 1, sizeof rest, log) > 0) {
      }
      std::fclose(log);
    });
    return;
  }
  std::cerr << "iocd did not start:\n" << seen;
  std::abort();
}

void DaemonProcess::Kill() {
  kill(pid_, SIGKILL);
  WaitForProgram(std::exchange(pid_, -1));
  log_reader_.join();
}

}  // namespace iocd::testing

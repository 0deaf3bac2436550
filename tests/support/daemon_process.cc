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

namespace {

void ReadToEnd(std::FILE* log) {
  char rest[4'096];
  while (std::fread(rest, 1, sizeof rest, log) > 0) {
  }
  std::fclose(log);
}

}  // namespace

DaemonProcess::DaemonProcess(Options options) : options_(std::move(options)) { Start(); }

DaemonProcess::~DaemonProcess() {
  if (pid_ > 0) Kill();
}

std::FILE* DaemonProcess::Launch() {
  std::vector<std::string> arguments = {options_.program, "--config",        options_.config,
                                        "--data-dir",     options_.data_dir, "--grpc-listen",
                                        grpc_address_,    "--http-listen",   http_address_};
  if (options_.demo) arguments.push_back("--demo");
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  pid_ = StartProgram(arguments, -1, -1, ends[1]);
  close(ends[1]);
  return fdopen(ends[0], "r");
}

void DaemonProcess::Start() {
  std::FILE* log = Launch();
  // The daemon says where it listens once it does.
  static const std::regex& listens = *new std::regex(R"(gRPC on (\S+), HTTP on (\S+))");
  std::string seen;
  std::smatch match;
  char line[4'096];
  while (std::fgets(line, sizeof line, log) != nullptr) {
    seen += line;
    const std::string text = line;
    if (!std::regex_search(text, match, listens)) continue;
    calls_to_serve_ = static_cast<double>(ReadsAndWrites(pid_));
    grpc_address_ = match[1];
    http_address_ = match[2];
    log_reader_ = std::thread([log] { ReadToEnd(log); });
    return;
  }
  std::cerr << "iocd did not start:\n" << seen;
  std::abort();
}

void DaemonProcess::StartAndKill(double share) {
  std::FILE* log = Launch();
  log_reader_ = std::thread([log] { ReadToEnd(log); });
  AwaitReadsAndWrites(pid_, static_cast<std::uint64_t>(share * calls_to_serve_));
  Kill();
}

void DaemonProcess::KillAfter(std::uint64_t calls) {
  AwaitReadsAndWrites(pid_, ReadsAndWrites(pid_) + calls);
  Kill();
}

void DaemonProcess::Kill() {
  const int exit_code = End(SIGKILL);
  if (exit_code == 128 + SIGKILL) return;
  std::cerr << "iocd had ended by itself, with " << exit_code << "\n";
  std::abort();
}

void DaemonProcess::Hup() { kill(pid_, SIGHUP); }

int DaemonProcess::http_port() const {
  return std::stoi(http_address_.substr(http_address_.rfind(':') + 1));
}

int DaemonProcess::Stop() { return End(SIGTERM); }

int DaemonProcess::End(int signal) {
  kill(pid_, signal);
  const int exit_code = WaitForProgram(std::exchange(pid_, -1));
  log_reader_.join();
  return exit_code;
}

}  // namespace iocd::testing

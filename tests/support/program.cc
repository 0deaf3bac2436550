#include "support/program.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace iocd::testing {
namespace {

/// A file without a name, for a stream of a child.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("stream", MFD_CLOEXEC)) {
    if (descriptor_ < 0) {
      std::perror("memfd_create");
      std::abort();
    }
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }

  void Fill(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t written = write(descriptor_, text.data() + done, text.size() - done);
      if (written <= 0) std::abort();
      done += static_cast<std::size_t>(written);
    }
    lseek(descriptor_, 0, SEEK_SET);
  }

  std::string Content() const {
    std::string text;
    char buffer[4'096];
    lseek(descriptor_, 0, SEEK_SET);
    for (ssize_t got; (got = read(descriptor_, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(got));
    }
    return text;
  }

 private:
  const int descriptor_;
};

}  // namespace

pid_t StartProgram(const std::vector<std::string>& arguments, int in, int out, int err) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) {
    std::perror("fork");
    std::abort();
  }
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (in >= 0) dup2(in, STDIN_FILENO);
  if (out >= 0) dup2(out, STDOUT_FILENO);
  if (err >= 0) dup2(err, STDERR_FILENO);
  execv(argv[0], argv.data());
  std::perror(argv[0]);
  _exit(127);
}

std::uint64_t ReadsAndWrites(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/io");
  std::uint64_t calls = 0, value = 0;
  for (std::string name; file >> name >> value;) {
    if (name == "syscr:" || name == "syscw:") calls += value;
  }
  return calls;
}

void AwaitReadsAndWrites(pid_t pid, std::uint64_t calls) {
  const auto runs = [&] {
    siginfo_t ended{};
    return waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == 0;
  };
  while (runs() && ReadsAndWrites(pid) < calls) {
  }
}

int WaitForProgram(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input) {
  MemoryFile in, out, err;
  in.Fill(input);
  const pid_t pid = StartProgram(arguments, in.descriptor(), out.descriptor(), err.descriptor());
  ProgramResult result;
  result.exit_code = WaitForProgram(pid);
  result.out = out.Content();
  result.err = err.Content();
  return result;
}

}  // namespace iocd::testing

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "ioc/client/spool.h"
#include "iocctl/commands.h"
#include "iocctl/dead_letter_line.h"
#include "iocctl/exit_code.h"
#include "iocctl/file_text.h"

namespace iocctl {
namespace {

constexpr int kLettersAtOnce = 1'000;

/// A file that is appended to and then synced, its name too; "" is standard output.
class DurableFile {
 public:
  explicit DurableFile(const std::string& path)
      : path_(path),
        descriptor_(path.empty()
                        ? dup(STDOUT_FILENO)
                        : open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {}
  ~DurableFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  bool Write(absl::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return descriptor_ >= 0;
  }

  bool Sync() const {
    std::string parent = std::filesystem::path(path_).parent_path().string();
    if (parent.empty()) parent = ".";
    const int directory = open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return false;
    // Pipes and devices have nothing to sync.
    const bool synced = (fsync(descriptor_) == 0 || errno == EINVAL) && fsync(directory) == 0;
    close(directory);
    return synced;
  }

 private:
  const std::string path_;
  const int descriptor_;
};

}  // namespace

int RunSpoolRejected(const SpoolRejectedOptions& options) {
  const auto spool = ioc::client::Spool::Open(options.spool);
  if (!spool.ok()) return Fail(ExitCodeOf(spool.status()), spool.status().message());
  const auto cannot_write = [&] {
    return Fail(kFailed, absl::StrCat(options.out.empty() ? "standard output" : options.out,
                                      ": cannot be written: ", std::strerror(errno),
                                      "; the spool keeps its refused events"));
  };
  const DurableFile file(options.out);
  if (!file.Write(EndsWithinALine(options.out) ? "\n" : "")) return cannot_write();
  std::int64_t last = 0, count = 0;
  for (;;) {
    const auto letters = (*spool)->DeadLetters(last, kLettersAtOnce);
    if (!letters.ok()) return Fail(kFailed, letters.status().message());
    if (letters->empty()) break;
    for (const ioc::client::SpooledLetter& letter : *letters) {
      if (!file.Write(absl::StrCat(DeadLetterLine(letter.letter), "\n"))) return cannot_write();
    }
    last = letters->back().id;
    count += static_cast<std::int64_t>(letters->size());
  }
  if (options.out.empty()) return kDone;
  if (!file.Sync()) return cannot_write();
  if (options.clear) {
    const absl::Status removed = (*spool)->RemoveDeadLetters(last);
    if (!removed.ok()) return Fail(kFailed, removed.message());
  }
  std::cout << "Wrote " << count << " refused events to " << options.out
            << (options.clear ? "; the spool no longer keeps them.\n" : ".\n");
  return kDone;
}

}  // namespace iocctl

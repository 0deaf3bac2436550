#include "iocctl/data_directory.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace iocctl {
namespace {

std::string UserName(uid_t id) {
  const passwd* user = getpwuid(id);
  return user == nullptr ? absl::StrCat("number ", id) : std::string(user->pw_name);
}

absl::Status Find(const std::string& data_dir, absl::string_view what, absl::string_view name) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(data_dir, ignored)) {
    return absl::NotFoundError(absl::StrCat(
        data_dir, " is no directory; name the daemon's data directory with --data-dir"));
  }
  if (!std::filesystem::is_directory(absl::StrCat(data_dir, "/", name), ignored)) {
    return absl::NotFoundError(
        absl::StrCat(data_dir, " holds no ", what, " (there is no directory '", name,
                     "' in it); name the daemon's data directory with --data-dir"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FindLog(const std::string& data_dir) { return Find(data_dir, "event log", "log"); }

absl::Status FindAudit(const std::string& data_dir) { return Find(data_dir, "audit log", "audit"); }

bool DaemonHolds(const std::string& data_dir) {
  const int lock = open((data_dir + "/lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return false;
  const bool held = flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(lock);  // and with it the lock, had it been free
  return held;
}

absl::Status MayChange(const std::string& data_dir) {
  struct stat info {};
  if (stat(data_dir.c_str(), &info) != 0 || info.st_uid == geteuid()) return absl::OkStatus();
  const std::string user = UserName(info.st_uid);
  return absl::PermissionDeniedError(
      absl::StrCat(data_dir, " belongs to the user ", user,
                   ", and a daemon could not write what another user "
                   "makes there: run this as that user, e.g. with 'sudo -u ",
                   user, " iocctl …'"));
}

}  // namespace iocctl

#include "sender_place.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "ioc/client/spool_sender.h"

namespace ioc::client {
namespace {

std::string FileOf(const std::string& directory) { return directory + "/sender.lock"; }

/// A lock of the open file, so that another one of the same process meets it too.
bool Lock(int descriptor, int command, struct flock& lock) {
  lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return fcntl(descriptor, command, &lock) == 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SenderPlace>> SenderPlace::Take(const std::string& directory) {
  const int descriptor = open(FileOf(directory).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(FileOf(directory), ": cannot be opened: ", std::strerror(errno)));
  }
  std::unique_ptr<SenderPlace> place(new SenderPlace(descriptor));
  struct flock lock;
  if (Lock(descriptor, F_OFD_SETLK, lock)) return place;
  return absl::FailedPreconditionError(absl::StrCat("another program sends from the spool in ",
                                                    directory, "; one at a time keeps the order"));
}

SenderPlace::~SenderPlace() { close(descriptor_); }

bool SpoolHasSender(const std::string& directory) {
  const int descriptor = open(FileOf(directory).c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct flock lock;
  const bool held = Lock(descriptor, F_OFD_GETLK, lock) && lock.l_type != F_UNLCK;
  close(descriptor);
  return held;
}

}  // namespace ioc::client

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace iocd::testing {

/// What becomes of one call of a file system.
enum class Fault {
  kIoError,     // nothing is done; a sync leaves what it should have synced readable but clean
  kNoSpace,     // the same, for want of room
  kShortWrite,  // half of the bytes are written; calls that write nothing: as kIoError
  kCrash,       // the power goes in the middle: see MemoryFileSystem::FailCall()
  kPowerOff,    // nothing is done; what every call after kCrash meets until the restart
};
inline constexpr Fault kAllFaults[] = {Fault::kIoError, Fault::kNoSpace, Fault::kShortWrite,
                                       Fault::kCrash};

/// The calls of FileSystem and of its files.
enum class Call {
  kCreateDirectory,
  kList,
  kOpenForAppend,
  kOpenForRead,
  kOverwrite,
  kRename,
  kRemove,
  kSyncDirectory,
  kLockDirectory,
  kAppend,
  kSyncData,
  kReserve,
  kRead,
  kSize,
};

absl::string_view Name(Fault fault);
absl::string_view Name(Call call);
absl::Status ErrorOf(Fault fault, absl::string_view what);

/// Counts calls and says which of them fail.
class Faults {
 public:
  /// The `n`-th call from now on (1: the next), of those of one sort if `only` is given, fails
  /// once.
  void Plan(int n, Fault fault, std::optional<Call> only = std::nullopt);

  /// Counts a call; says what becomes of it if it fails.
  std::optional<Fault> Enter(Call call, const std::string& path);

  /// From now on every call fails, as after kCrash.
  void PowerOff() { power_off_ = true; }
  /// Ends that time.
  void Restart() { power_off_ = false; }
  bool power_is_off() const { return power_off_; }

  /// Calls so far, but for those without power.
  int calls() const { return calls_; }
  /// The last call that was made to fail, e.g. "SyncData /log/00000000000000000000.log"; empty if
  /// none was.
  const std::string& failed_call() const { return failed_call_; }

 private:
  struct Planned {
    int countdown;
    Fault fault;
    std::optional<Call> only;
  };

  std::vector<Planned> planned_;
  bool power_off_ = false;
  int calls_ = 0;
  std::string failed_call_;
};

}  // namespace iocd::testing

#include "support/memory_file_system.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "support/memory_disk.h"

namespace iocd::testing {

/// What the file system and all that it opened share.
class MemoryFileSystem::Machine {
 public:
  mutable Mutex mutex;
  MemoryDisk disk ABSL_GUARDED_BY(mutex);
  Faults faults ABSL_GUARDED_BY(mutex);
  std::set<std::string> locks ABSL_GUARDED_BY(mutex);
  int crashes ABSL_GUARDED_BY(mutex) = 0;
  std::string held ABSL_GUARDED_BY(mutex);
  CondVar released;

  /// For calls that change names or only read: counts the call and does `work` unless it fails.
  template <typename Work>
  absl::Status Do(Call call, const std::string& path, Work work)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const std::optional<Fault> fault = faults.Enter(call, path);
    if (!fault) return work(disk);
    if (*fault == Fault::kCrash) work(disk).IgnoreError();
    return ErrorOf(*fault, absl::StrCat(Name(call), " of ", path));
  }

  /// Writes as much as there is room for, and the fault lets through.
  absl::Status Write(std::optional<Fault> fault, Call call, const std::string& path,
                     MemoryInode* inode, std::uint64_t offset, absl::string_view data)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const std::string what = absl::StrCat(Name(call), " of ", path);
    if (fault == Fault::kShortWrite) inode->Write(offset, data.substr(0, data.size() / 2));
    if (fault == Fault::kCrash) inode->Write(offset, data);
    if (fault) return ErrorOf(*fault, what);
    const std::uint64_t limit = inode->Room() + disk.Free();
    const std::size_t fitting =
        std::min<std::uint64_t>(data.size(), limit - std::min(limit, offset));
    inode->Write(offset, data.substr(0, fitting));
    return fitting == data.size() ? absl::OkStatus() : ErrorOf(Fault::kNoSpace, what);
  }

  static absl::Status Sync(std::optional<Fault> fault, Call call, const std::string& path,
                           MemoryInode* inode) {
    if (!fault) {
      inode->Sync();
      return absl::OkStatus();
    }
    if (*fault != Fault::kCrash && *fault != Fault::kPowerOff) inode->FailSync();
    return ErrorOf(*fault, absl::StrCat(Name(call), " of ", path));
  }
};

/// What an open file is, whatever for.
class MemoryFileSystem::OpenFile {
 public:
  OpenFile(std::shared_ptr<Machine> machine, std::string path, std::shared_ptr<MemoryInode> inode)
      ABSL_NO_THREAD_SAFETY_ANALYSIS  // made under the machine's mutex
      : machine_(std::move(machine)),
        path_(std::move(path)),
        inode_(std::move(inode)),
        crashes_(machine_->crashes) {}

 protected:
  /// Counts the call; its fault, which for a file of a process that died is always kPowerOff.
  std::optional<Fault> Enter(Call call) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(machine_->mutex) {
    const std::optional<Fault> fault = machine_->faults.Enter(call, path_);
    return machine_->crashes == crashes_ ? fault : Fault::kPowerOff;
  }

  const std::shared_ptr<Machine> machine_;
  const std::string path_;
  const std::shared_ptr<MemoryInode> inode_;

 private:
  const int crashes_;
};

class MemoryFileSystem::Writable final : public WritableFile, private OpenFile {
 public:
  using OpenFile::OpenFile;

  absl::Status Append(absl::string_view data) override {
    MutexLock lock(machine_->mutex);
    return machine_->Write(Enter(Call::kAppend), Call::kAppend, path_, inode_.get(),
                           inode_->bytes().size(), data);
  }

  absl::Status SyncData() override {
    MutexLock lock(machine_->mutex);
    return Machine::Sync(Enter(Call::kSyncData), Call::kSyncData, path_, inode_.get());
  }

  absl::Status Reserve(std::uint64_t size) override {
    MutexLock lock(machine_->mutex);
    std::optional<Fault> fault = Enter(Call::kReserve);
    if (!fault && size > inode_->Room() + machine_->disk.Free()) {
      fault = Fault::kNoSpace;
    }
    if (fault) return ErrorOf(*fault, absl::StrCat("Reserve for ", path_));
    inode_->Reserve(size);
    return absl::OkStatus();
  }
};

class MemoryFileSystem::Readable final : public RandomAccessFile, private OpenFile {
 public:
  using OpenFile::OpenFile;

  absl::Status Read(std::uint64_t offset, std::size_t size, std::string* out) const override {
    MutexLock lock(machine_->mutex);
    if (const auto fault = Enter(Call::kRead)) {
      return ErrorOf(*fault, absl::StrCat("Read of ", path_));
    }
    const std::string& bytes = inode_->bytes();
    *out = offset < bytes.size() ? bytes.substr(offset, size) : std::string();
    return absl::OkStatus();
  }

  absl::StatusOr<std::uint64_t> Size() const override {
    MutexLock lock(machine_->mutex);
    if (const auto fault = Enter(Call::kSize)) {
      return ErrorOf(*fault, absl::StrCat("Size of ", path_));
    }
    return inode_->bytes().size();
  }
};

class MemoryFileSystem::Lock final : public DirectoryLock {
 public:
  Lock(std::shared_ptr<Machine> machine,
       std::string path) ABSL_NO_THREAD_SAFETY_ANALYSIS  // made under the machine's mutex
      : machine_(std::move(machine)),
        path_(std::move(path)),
        crashes_(machine_->crashes) {}
  ~Lock() override {
    MutexLock lock(machine_->mutex);
    if (machine_->crashes == crashes_) machine_->locks.erase(path_);
  }

 private:
  std::shared_ptr<Machine> machine_;
  std::string path_;
  int crashes_;
};

MemoryFileSystem::MemoryFileSystem() : machine_(std::make_shared<Machine>()) {}

MemoryFileSystem::MemoryFileSystem(const MemoryFileSystem& other) : MemoryFileSystem() {
  MutexLock other_lock(other.machine_->mutex);
  MutexLock lock(machine_->mutex);
  machine_->disk = other.machine_->disk.Clone();
}

MemoryFileSystem& MemoryFileSystem::operator=(const MemoryFileSystem& other) {
  machine_ = MemoryFileSystem(other).machine_;
  return *this;
}

void MemoryFileSystem::Crash(std::size_t kept_unsynced_bytes, Names names) {
  MutexLock lock(machine_->mutex);
  machine_->disk.Crash(kept_unsynced_bytes, names == Names::kKept);
  machine_->faults.Restart();
  machine_->locks.clear();
  ++machine_->crashes;
}

void MemoryFileSystem::FailCall(int n, Fault fault) {
  MutexLock lock(machine_->mutex);
  machine_->faults.Plan(n, fault);
}

void MemoryFileSystem::FailWrite(int n) {
  MutexLock lock(machine_->mutex);
  machine_->faults.Plan(n, Fault::kShortWrite, Call::kAppend);
}

void MemoryFileSystem::FailSync(int n) {
  MutexLock lock(machine_->mutex);
  machine_->faults.Plan(n, Fault::kIoError, Call::kSyncData);
}

void MemoryFileSystem::FailRemove(int n) {
  MutexLock lock(machine_->mutex);
  machine_->faults.Plan(n, Fault::kIoError, Call::kRemove);
}

void MemoryFileSystem::PowerOff() {
  MutexLock lock(machine_->mutex);
  machine_->faults.PowerOff();
}

void MemoryFileSystem::PowerOn() {
  MutexLock lock(machine_->mutex);
  machine_->faults.Restart();
}

bool MemoryFileSystem::PowerIsOff() const {
  MutexLock lock(machine_->mutex);
  return machine_->faults.power_is_off();
}

void MemoryFileSystem::HoldRemove(const std::string& path) {
  MutexLock lock(machine_->mutex);
  machine_->held = path;
}

void MemoryFileSystem::Release() {
  MutexLock lock(machine_->mutex);
  machine_->held.clear();
  machine_->released.NotifyAll();
}

int MemoryFileSystem::Calls() const {
  MutexLock lock(machine_->mutex);
  return machine_->faults.calls();
}

std::string MemoryFileSystem::FailedCall() const {
  MutexLock lock(machine_->mutex);
  return machine_->faults.failed_call();
}

void MemoryFileSystem::SetCapacity(std::uint64_t bytes) {
  MutexLock lock(machine_->mutex);
  machine_->disk.SetCapacity(bytes);
}

std::string MemoryFileSystem::Contents(const std::string& path) const {
  MutexLock lock(machine_->mutex);
  const auto inode = machine_->disk.Find(path);
  return inode == nullptr ? std::string() : inode->bytes();
}

void MemoryFileSystem::SetContents(const std::string& path, absl::string_view contents) {
  MutexLock lock(machine_->mutex);
  machine_->disk.Place(path, contents);
}

std::vector<std::string> MemoryFileSystem::Paths() const {
  MutexLock lock(machine_->mutex);
  std::vector<std::string> paths;
  for (const auto& [path, inode] : machine_->disk.names()) paths.push_back(path);
  return paths;
}

absl::Status MemoryFileSystem::CreateDirectory(const std::string& path) {
  MutexLock lock(machine_->mutex);
  return machine_->Do(Call::kCreateDirectory, path, [](MemoryDisk&) { return absl::OkStatus(); });
}

absl::StatusOr<std::vector<std::string>> MemoryFileSystem::List(const std::string& directory) {
  MutexLock lock(machine_->mutex);
  std::vector<std::string> names;
  absl::Status done = machine_->Do(Call::kList, directory, [&](const MemoryDisk& disk) {
    for (const auto& [path, inode] : disk.names()) {
      if (path.starts_with(directory + "/")) names.push_back(path.substr(directory.size() + 1));
    }
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return names;
}

absl::StatusOr<std::unique_ptr<WritableFile>> MemoryFileSystem::OpenForAppend(
    const std::string& path, std::uint64_t size) {
  MutexLock lock(machine_->mutex);
  std::shared_ptr<MemoryInode> inode;
  absl::Status done = machine_->Do(Call::kOpenForAppend, path, [&](MemoryDisk& disk) {
    inode = disk.FindOrCreate(path);
    inode->Resize(size);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return std::make_unique<Writable>(machine_, path, std::move(inode));
}

absl::StatusOr<std::unique_ptr<RandomAccessFile>> MemoryFileSystem::OpenForRead(
    const std::string& path) {
  MutexLock lock(machine_->mutex);
  auto inode = machine_->disk.Find(path);
  absl::Status done = machine_->Do(Call::kOpenForRead, path, [&](MemoryDisk&) {
    return inode == nullptr ? absl::NotFoundError(path) : absl::OkStatus();
  });
  if (!done.ok()) return done;
  return std::make_unique<Readable>(machine_, path, std::move(inode));
}

absl::Status MemoryFileSystem::Overwrite(const std::string& path, std::uint64_t offset,
                                         absl::string_view data) {
  MutexLock lock(machine_->mutex);
  const std::optional<Fault> fault = machine_->faults.Enter(Call::kOverwrite, path);
  const auto inode = machine_->disk.Find(path);
  if (inode == nullptr) return absl::NotFoundError(path);
  // An I/O error strikes in the sync: the worse half of it.
  const bool strikes_in_the_sync = fault == Fault::kIoError;
  absl::Status written = machine_->Write(strikes_in_the_sync ? std::nullopt : fault,
                                         Call::kOverwrite, path, inode.get(), offset, data);
  return written.ok() ? Machine::Sync(fault, Call::kOverwrite, path, inode.get()) : written;
}

absl::Status MemoryFileSystem::Rename(const std::string& from, const std::string& to) {
  MutexLock lock(machine_->mutex);
  return machine_->Do(Call::kRename, from, [&](MemoryDisk& disk) {
    if (disk.Find(from) == nullptr) return absl::NotFoundError(from);
    disk.Rename(from, to);
    return absl::OkStatus();
  });
}

absl::Status MemoryFileSystem::Remove(const std::string& path) {
  MutexLock lock(machine_->mutex);
  while (machine_->held == path) machine_->released.Wait(machine_->mutex);
  return machine_->Do(Call::kRemove, path, [&](MemoryDisk& disk) {
    disk.Remove(path);
    return absl::OkStatus();
  });
}

absl::Status MemoryFileSystem::SyncDirectory(const std::string& path) {
  MutexLock lock(machine_->mutex);
  if (const auto fault = machine_->faults.Enter(Call::kSyncDirectory, path)) {
    return ErrorOf(*fault, absl::StrCat("SyncDirectory of ", path));
  }
  machine_->disk.SyncDirectory(path);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> MemoryFileSystem::LockDirectory(
    const std::string& path) {
  MutexLock lock(machine_->mutex);
  if (const auto fault = machine_->faults.Enter(Call::kLockDirectory, path)) {
    return ErrorOf(*fault, absl::StrCat("LockDirectory of ", path));
  }
  if (!machine_->locks.insert(path).second) {
    return absl::AlreadyExistsError(path + " is locked");
  }
  return std::make_unique<Lock>(machine_, path);
}

}  // namespace iocd::testing

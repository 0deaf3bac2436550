#include "faulty_disk.h"

#include <sqlite3.h>

#include <cstdlib>
#include <map>

namespace iocd::ledger {
namespace {

FaultyDisk* disk = nullptr;
sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs;

/// The methods of a kind of file, with those in front that may fail.
struct Methods {
  sqlite3_io_methods faulty;  // first: a file points to it
  const sqlite3_io_methods* real;
};

const sqlite3_io_methods* Real(sqlite3_file* file) {
  return reinterpret_cast<const Methods*>(file->pMethods)->real;
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const int fault = disk->NextFault();
  return fault != SQLITE_OK ? fault : Real(file)->xWrite(file, bytes, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int fault = disk->NextFault();
  return fault != SQLITE_OK ? fault : Real(file)->xTruncate(file, size);
}
int Sync(sqlite3_file* file, int flags) {
  disk->CountSync();
  const int fault = disk->NextFault();
  return fault != SQLITE_OK ? fault : Real(file)->xSync(file, flags);
}

int Open(sqlite3_vfs* /*vfs*/, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  static auto& kinds = *new std::map<const sqlite3_io_methods*, Methods>;
  const int code = real_vfs->xOpen(real_vfs, path, file, flags, out_flags);
  if (code != SQLITE_OK || file->pMethods == nullptr) return code;
  auto [kind, is_new] = kinds.try_emplace(file->pMethods, Methods{*file->pMethods, file->pMethods});
  if (is_new) {
    kind->second.faulty.xWrite = Write;
    kind->second.faulty.xTruncate = Truncate;
    kind->second.faulty.xSync = Sync;
  }
  file->pMethods = &kind->second.faulty;
  return SQLITE_OK;
}

}  // namespace

FaultyDisk::FaultyDisk() {
  if (disk != nullptr) std::abort();
  disk = this;
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "faulty";
  faulty_vfs.xOpen = Open;
  sqlite3_vfs_register(&faulty_vfs, /*makeDflt=*/1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_register(real_vfs, /*makeDflt=*/1);
  sqlite3_vfs_unregister(&faulty_vfs);
  disk = nullptr;
}

void FaultyDisk::FailAfter(int calls, int code) {
  failed_ = false;
  code_ = code;
  left_ = calls;
}
void FaultyDisk::Mend() { left_ = -1; }

int FaultyDisk::NextFault() {
  if (left_ < 0) return SQLITE_OK;
  if (left_ > 0) {
    --left_;
    return SQLITE_OK;
  }
  failed_ = true;
  return code_;
}

}  // namespace iocd::ledger

#include "backup/read_only_view.h"

#include "absl/strings/str_cat.h"

namespace ioc::backup {
namespace {

absl::Status Refused(absl::string_view what, const std::string& path) {
  return absl::FailedPreconditionError(
      absl::StrCat("a copy is only looked at, and this would ", what, " ", path));
}

/// A file to which nothing is appended.
class SealedFile final : public iocd::WritableFile {
 public:
  explicit SealedFile(std::string path) : path_(std::move(path)) {}
  absl::Status Append(absl::string_view /*data*/) override { return Refused("write", path_); }
  absl::Status SyncData() override { return absl::OkStatus(); }
  absl::Status Reserve(std::uint64_t /*size*/) override { return absl::OkStatus(); }

 private:
  const std::string path_;
};

}  // namespace

absl::Status ReadOnlyView::CreateDirectory(const std::string& path) { return List(path).status(); }

absl::StatusOr<std::vector<std::string>> ReadOnlyView::List(const std::string& directory) {
  return file_system_.List(PathOf(directory));
}

absl::StatusOr<std::unique_ptr<iocd::WritableFile>> ReadOnlyView::OpenForAppend(
    const std::string& path, std::uint64_t size) {
  const auto file = OpenForRead(path);
  if (!file.ok()) return file.status();
  const auto bytes = (*file)->Size();
  if (!bytes.ok()) return bytes.status();
  if (*bytes != size) return Refused("cut", path);
  return std::make_unique<SealedFile>(path);
}

absl::StatusOr<std::unique_ptr<iocd::RandomAccessFile>> ReadOnlyView::OpenForRead(
    const std::string& path) {
  auto file = file_system_.OpenForRead(PathOf(path));
  if (file.ok()) (*file)->DropCached();
  return file;
}

// Recovery writes only what it has just read at that place.
absl::Status ReadOnlyView::Overwrite(const std::string& /*path*/, std::uint64_t /*offset*/,
                                     absl::string_view /*data*/) {
  return absl::OkStatus();
}

absl::Status ReadOnlyView::Rename(const std::string& from, const std::string& /*to*/) {
  return Refused("rename", from);
}

absl::Status ReadOnlyView::Remove(const std::string& path) {
  const auto file = OpenForRead(path);
  if (absl::IsNotFound(file.status())) return absl::OkStatus();
  return file.ok() ? Refused("remove", path) : file.status();
}

absl::Status ReadOnlyView::SyncDirectory(const std::string& /*path*/) { return absl::OkStatus(); }

absl::StatusOr<std::unique_ptr<iocd::DirectoryLock>> ReadOnlyView::LockDirectory(
    const std::string& path) {
  return Refused("lock", path);
}

}  // namespace ioc::backup

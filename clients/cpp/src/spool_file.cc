#include "spool_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ioc::client {
namespace {

constexpr std::int64_t kFormat = 1;

// docs/spool.md explains each column.
constexpr char kSchema[] = R"(
CREATE TABLE spool (
  id                     INTEGER PRIMARY KEY CHECK (id = 1),
  department             TEXT NOT NULL,
  producer               TEXT NOT NULL,
  created_at             TEXT NOT NULL,
  max_bytes              INTEGER NOT NULL,
  max_dead_letters       INTEGER NOT NULL,
  next_sequence          INTEGER NOT NULL DEFAULT 1,
  sent_through           INTEGER NOT NULL DEFAULT 0,
  resumed_at             TEXT,
  doubtful_through       INTEGER NOT NULL DEFAULT 0,
  last_answered_sequence INTEGER NOT NULL DEFAULT 0,
  last_answer_at         TEXT,
  lost_at                TEXT,
  lost_from              INTEGER NOT NULL DEFAULT 0,
  lost_through           INTEGER NOT NULL DEFAULT 0,
  last_failure           TEXT,
  last_failure_at        TEXT,
  waiting_batches        INTEGER NOT NULL DEFAULT 0,
  waiting_events         INTEGER NOT NULL DEFAULT 0,
  waiting_bytes          INTEGER NOT NULL DEFAULT 0,
  dead_letters           INTEGER NOT NULL DEFAULT 0,
  total_accepted         INTEGER NOT NULL DEFAULT 0,
  total_duplicate        INTEGER NOT NULL DEFAULT 0,
  total_dead_letters     INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE batches (
  sequence   INTEGER PRIMARY KEY,
  events     INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  spooled_at TEXT NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
);
CREATE TABLE requests (
  sequence INTEGER PRIMARY KEY,
  body     BLOB NOT NULL
);
CREATE TABLE dead_letters (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  at          TEXT NOT NULL,
  sequence    INTEGER NOT NULL,
  event_index INTEGER NOT NULL,
  code        TEXT NOT NULL,
  message     TEXT NOT NULL,
  event       TEXT NOT NULL
);
CREATE TABLE names (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  at   TEXT NOT NULL
);
)";

std::string FileOf(const std::string& directory) { return directory + "/spool.db"; }

/// Holds a directory open.
class OpenDirectory {
 public:
  explicit OpenDirectory(const std::string& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  ~OpenDirectory() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  OpenDirectory(const OpenDirectory&) = delete;
  OpenDirectory& operator=(const OpenDirectory&) = delete;

  /// Waits until no other process holds it; until this object goes.
  bool Lock() const { return descriptor_ >= 0 && flock(descriptor_, LOCK_EX) == 0; }
  bool Sync() const { return descriptor_ >= 0 && fsync(descriptor_) == 0; }

 private:
  const int descriptor_;
};

/// Makes a directory and its parents; what is made survives a loss of power.
absl::Status MakeDirectory(const std::filesystem::path& path) {
  std::error_code ignored;
  if (path.empty() || std::filesystem::is_directory(path, ignored)) return absl::OkStatus();
  absl::Status status = MakeDirectory(path.parent_path());
  if (!status.ok()) return status;
  const bool made = mkdir(path.c_str(), 0777) == 0 || errno == EEXIST;
  const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
  if (made && OpenDirectory(parent).Sync()) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat(path.string(), ": cannot be made: ", std::strerror(errno)));
}

absl::StatusOr<std::unique_ptr<Database>> OpenDurably(const std::string& directory, bool create) {
  auto database = Database::Open(FileOf(directory), create);
  if (!database.ok()) return database;
  // FULL: each commit is synced. The log is cut back to 16 MiB once it has been copied.
  absl::Status status = (*database)->RunScript(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216");
  if (!status.ok()) return status;
  return database;
}

/// The format of the file, 0 for one that is empty.
absl::StatusOr<std::int64_t> CheckFormat(Database& database, const std::string& directory) {
  auto format = database.Number("PRAGMA user_version");
  if (!format.ok()) return format;
  if (*format > kFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("the spool in ", directory, " has format ", *format,
                     "; this program knows formats up to ", kFormat, ". Use the newer program"));
  }
  if (*format > 0) return format;
  auto tables = database.Number("SELECT COUNT(*) FROM sqlite_master");
  if (!tables.ok()) return tables;
  if (*tables == 0) return 0;
  return absl::FailedPreconditionError(
      absl::StrCat(FileOf(directory), ": is a database, but no spool"));
}

absl::Status MakeTables(Database& database, const SpoolOptions& options, absl::Time now) {
  auto transaction = Transaction::Begin(database);
  if (!transaction.ok()) return transaction.status();
  absl::Status status =
      database.RunScript(absl::StrCat(kSchema, "PRAGMA user_version = ", kFormat));
  if (status.ok()) {
    status = database.Run(
        "INSERT INTO spool (id, department, producer, created_at, max_bytes, max_dead_letters)"
        " VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        options.department, options.producer, TimeText(now), options.max_bytes,
        options.max_dead_letters);
  }
  return status.ok() ? transaction->Commit() : status;
}

}  // namespace

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", time, absl::FixedTimeZone(7 * 3'600));
}

std::optional<absl::Time> ParseTimeText(const std::string& text) {
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return std::nullopt;
  return time;
}

absl::StatusOr<std::unique_ptr<Database>> OpenSpoolFile(const std::string& directory) {
  // SQLite would say that it cannot open, for whatever reason.
  if (std::error_code ignored; !std::filesystem::exists(FileOf(directory), ignored)) {
    return absl::NotFoundError(absl::StrCat("there is no spool in ", directory,
                                            "; 'iocctl push … --spool ", directory, "' makes one"));
  }
  // Another process may be about to make it.
  const OpenDirectory lock(directory);
  if (!lock.Lock()) {
    return absl::PermissionDeniedError(
        absl::StrCat(directory, ": cannot be locked: ", std::strerror(errno)));
  }
  auto database = OpenDurably(directory, /*create=*/false);
  if (!database.ok()) return database;
  const auto format = CheckFormat(**database, directory);
  if (!format.ok()) return format.status();
  if (*format > 0) return database;
  return absl::FailedPreconditionError(absl::StrCat(FileOf(directory), ": is empty, no spool"));
}

absl::StatusOr<std::unique_ptr<Database>> OpenOrMakeSpoolFile(const SpoolOptions& options,
                                                              absl::Time now) {
  if (absl::Status status = MakeDirectory(options.directory); !status.ok()) return status;
  const OpenDirectory lock(options.directory);
  if (!lock.Lock()) {
    return absl::PermissionDeniedError(
        absl::StrCat(options.directory, ": cannot be locked: ", std::strerror(errno)));
  }
  auto database = OpenDurably(options.directory, /*create=*/true);
  if (!database.ok()) return database;
  const auto format = CheckFormat(**database, options.directory);
  if (!format.ok()) return format.status();
  if (*format > 0) return database;
  absl::Status status = MakeTables(**database, options, now);
  if (status.ok() && !lock.Sync()) {
    status = absl::UnavailableError(absl::StrCat(options.directory, ": the disk refused a sync"));
  }
  if (!status.ok()) return status;
  return database;
}

}  // namespace ioc::client

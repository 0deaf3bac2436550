#include "sqlite.h"

#include <sqlite3.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace ioc::client {
namespace {

/// How long a statement waits for another process that writes.
constexpr int kBusyTimeoutMillis = 10'000;

absl::Status ToStatus(const std::string& path, int code, const char* words) {
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(
          absl::StrCat(path, ": another program has held it for too long; try again"));
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(absl::StrCat(path, ": the disk is full"));
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return absl::PermissionDeniedError(absl::StrCat(path, ": cannot be written: ", words));
    case SQLITE_CANTOPEN:
      return absl::PermissionDeniedError(absl::StrCat(path, ": cannot be opened: ", words));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(absl::StrCat(path, ": is damaged, or no spool: ", words));
    case SQLITE_IOERR:
      return absl::UnavailableError(absl::StrCat(path, ": the disk refused: ", words));
    default:
      return absl::InternalError(absl::StrCat(path, ": ", words));
  }
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)) {}
Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::BindOne(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_, place, value);
}
void Statement::BindOne(int place, absl::string_view text) {
  sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::BindOne(int place, Blob blob) {
  sqlite3_bind_blob64(statement_, place, blob.bytes.data(), blob.bytes.size(), SQLITE_TRANSIENT);
}

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_);
  const char* path = sqlite3_db_filename(connection, "main");
  return ToStatus(path == nullptr ? "" : path, code, sqlite3_errmsg(connection));
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }
std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}
bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(std::string path, sqlite3* connection)
    : path_(std::move(path)), connection_(connection) {}
Database::~Database() { sqlite3_close(connection_); }

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path, bool create) {
  sqlite3* connection = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &connection,
                      SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), nullptr);
  std::unique_ptr<Database> database(new Database(path, connection));
  if (code != SQLITE_OK) return database->ErrorOf(code);
  sqlite3_busy_timeout(connection, kBusyTimeoutMillis);
  return database;
}

absl::Status Database::ErrorOf(int code) const {
  return ToStatus(path_, code,
                  connection_ == nullptr ? "out of memory" : sqlite3_errmsg(connection_));
}

absl::StatusOr<Statement> Database::Prepare(absl::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(connection_, sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return ErrorOf(code);
  return Statement(statement);
}

absl::Status Database::RunScript(const std::string& sql) {
  return ErrorOf(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr));
}

absl::Status Database::WriteThrough() { return ErrorOf(sqlite3_db_cacheflush(connection_)); }

absl::StatusOr<Transaction> Transaction::Begin(Database& database) {
  absl::Status status = database.RunScript("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) database_->RunScript("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() {
  absl::Status status = database_->RunScript("COMMIT");
  if (status.ok()) database_ = nullptr;
  return status;
}

}  // namespace ioc::client

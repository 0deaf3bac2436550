#include "ledger/sqlite.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"

namespace iocd::ledger {
namespace {

/// How long a statement waits for another connection. The daemon alone writes; somebody who does so
/// by hand is not waited for long, since the next update comes within a minute.
constexpr int kBusyTimeoutMillis = 1'000;

absl::Status Damaged(const std::string& path, absl::string_view words) {
  return absl::DataLossError(absl::StrCat(
      path, ": is damaged, or no ledger: ", words,
      ". No value is lost with it. Stop the daemon and put the file's copy from a backup in its "
      "place; or move it away, with the -wal and -shm beside it, and the daemon makes a new one, "
      "without the old revisions and history"));
}

absl::Status ToStatus(const std::string& path, int code, const char* words) {
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return absl::UnavailableError(
          absl::StrCat(path, ": another program has held it for too long: ", words));
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
      return Damaged(path, words);
    case SQLITE_INTERRUPT:
      return absl::CancelledError(absl::StrCat(path, ": stopped while it was read through"));
    case SQLITE_IOERR:
      return absl::UnavailableError(absl::StrCat(path, ": the disk refused: ", words));
    default:
      return absl::InternalError(absl::StrCat(path, ": ", words));
  }
}

}  // namespace

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::BindOne(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_, place, value);
}
void Statement::BindOne(int place, double value) { sqlite3_bind_double(statement_, place, value); }
void Statement::BindOne(int place, absl::string_view text) {
  // An empty view may have no data, which would be NULL.
  sqlite3_bind_text64(statement_, place, text.empty() ? "" : text.data(), text.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::BindOne(int place, std::nullopt_t /*none*/) {
  sqlite3_bind_null(statement_, place);
}

void Statement::Reset() { sqlite3_reset(statement_); }

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  sqlite3* connection = sqlite3_db_handle(statement_);
  const char* path = sqlite3_db_filename(connection, "main");
  absl::Status status = ToStatus(path == nullptr ? "" : path, code, sqlite3_errmsg(connection));
  Reset();
  if (!status.ok()) return status;
  return false;
}

absl::Status Statement::Run() {
  return Rows([](Statement&) { return 0; }).status();
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }
std::string Statement::Text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return text == nullptr
             ? std::string()
             : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}
std::optional<std::string> Statement::OptionalText(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Text(column);
}
std::optional<double> Statement::OptionalReal(int column) const {
  if (IsNull(column)) return std::nullopt;
  return sqlite3_column_double(statement_, column);
}
std::optional<Timestamp> Statement::OptionalTime(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Time(column);
}
bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(std::string path, sqlite3* connection)
    : path_(std::move(path)), connection_(connection) {}
Database::~Database() { sqlite3_close(connection_); }

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path, Access access) {
  sqlite3* connection = nullptr;
  const int flags =
      access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(path, connection));
  if (code != SQLITE_OK) return database->ErrorOf(code);
  sqlite3_busy_timeout(connection, kBusyTimeoutMillis);
  return database;
}

absl::Status Database::ErrorOf(int code) const {
  return ToStatus(path_, code,
                  connection_ == nullptr ? "out of memory" : sqlite3_errmsg(connection_));
}

absl::Status Database::Prepare(Statement* statement, absl::string_view sql) {
  return ErrorOf(sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &statement->statement_, nullptr));
}

absl::Status Database::Prepare(
    std::initializer_list<std::pair<Statement*, absl::string_view>> statements) {
  for (const auto& [statement, sql] : statements) {
    absl::Status status = Prepare(statement, sql);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Database::RunScript(const std::string& sql) {
  return ErrorOf(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr));
}

absl::StatusOr<std::int64_t> Database::Number(absl::string_view sql) {
  Statement statement;
  if (absl::Status status = Prepare(&statement, sql); !status.ok()) return status;
  const auto rows = statement.Rows([](const Statement& row) { return row.Int(0); });
  if (!rows.ok()) return rows.status();
  return rows->empty() ? 0 : rows->front();
}

absl::Status Database::CheckIntegrity(const std::function<bool()>& stop) {
  // A small file takes fewer instructions than lie between two questions.
  if (stop()) return absl::CancelledError(absl::StrCat(path_, ": was not read through"));
  constexpr int kInstructions = 10'000;  // of SQLite's machine, between two questions
  sqlite3_progress_handler(
      connection_, kInstructions,
      [](void* asked) { return (*static_cast<const std::function<bool()>*>(asked))() ? 1 : 0; },
      const_cast<std::function<bool()>*>(&stop));
  absl::Status status = QuickCheck();
  sqlite3_progress_handler(connection_, 0, nullptr, nullptr);
  // Closing would otherwise copy what stands in the log of a damaged database into its file.
  if (!status.ok() && !absl::IsCancelled(status))
    sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return status;
}

absl::Status Database::QuickCheck() {
  Statement check;
  if (absl::Status status = Prepare(&check, "PRAGMA quick_check(1)"); !status.ok()) return status;
  const auto words = check.Rows([](const Statement& row) { return row.Text(0); });
  if (!words.ok()) return words.status();
  if (words->size() == 1 && words->front() == "ok") return absl::OkStatus();
  return Damaged(path_, words->empty() ? "the check says nothing" : words->front());
}

absl::Status Database::CopyTo(Database& target) {
  sqlite3_backup* backup = sqlite3_backup_init(target.connection_, "main", connection_, "main");
  if (backup == nullptr) return target.ErrorOf(sqlite3_errcode(target.connection_));
  // All pages in one step: it reads one state, and in WAL mode nobody has to wait for it.
  sqlite3_backup_step(backup, -1);
  return target.ErrorOf(sqlite3_backup_finish(backup));
}

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

}  // namespace iocd::ledger

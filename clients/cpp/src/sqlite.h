#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ioc::client {

/// One SQL statement with its values. Lives no longer than its database.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// Sets the values of ?1, ?2, …; texts are kept as texts, see Blob.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    int place = 0;
    (BindOne(++place, values), ...);
    return *this;
  }

  /// True: there is a row to read. False: done; another Bind() and Step() run it again.
  absl::StatusOr<bool> Step();

  std::int64_t Int(int column) const;
  std::string Text(int column) const;  // also of blobs; empty for NULL
  bool IsNull(int column) const;

  /// Bytes that are no text.
  struct Blob {
    absl::string_view bytes;
  };

 private:
  void BindOne(int place, std::int64_t value);
  void BindOne(int place, int value) { BindOne(place, std::int64_t{value}); }
  void BindOne(int place, absl::string_view text);
  void BindOne(int place, Blob blob);

  sqlite3_stmt* statement_;
};

/// One connection to a database file. Errors are sentences that name the file: Unavailable (another
/// process holds it, the disk refused), ResourceExhausted (the disk is full), PermissionDenied,
/// DataLoss (the file is damaged or is no database), Internal. Not thread-safe.
class Database {
 public:
  /// `create`: makes the file if there is none. Without it that is PermissionDenied, as whatever
  /// else keeps SQLite from opening it.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, bool create);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  absl::StatusOr<Statement> Prepare(absl::string_view sql);

  /// Runs one statement that gives no rows of interest.
  template <typename... Values>
  absl::Status Run(absl::string_view sql, const Values&... values) {
    auto statement = Prepare(sql);
    if (!statement.ok()) return statement.status();
    return statement->Bind(values...).Step().status();
  }
  /// Runs several statements without values.
  absl::Status RunScript(const std::string& sql);
  /// Runs a statement whose first row holds one number.
  template <typename... Values>
  absl::StatusOr<std::int64_t> Number(absl::string_view sql, const Values&... values) {
    auto statement = Prepare(sql);
    if (!statement.ok()) return statement.status();
    const auto row = statement->Bind(values...).Step();
    if (!row.ok()) return row.status();
    return *row ? statement->Int(0) : 0;
  }

  /// Writes what the open transaction has changed to the disk, without committing it.
  absl::Status WriteThrough();

 private:
  Database(std::string path, sqlite3* connection);
  absl::Status ErrorOf(int code) const;

  const std::string path_;
  sqlite3* const connection_;
};

/// A write transaction: committed, or rolled back when it goes out of scope.
class Transaction {
 public:
  static absl::StatusOr<Transaction> Begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;

  /// OK: durable, it survives a loss of power.
  absl::Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;  // nullptr: over
};

}  // namespace ioc::client

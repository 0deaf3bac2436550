#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"

struct sqlite3;
struct sqlite3_stmt;

namespace iocd::ledger {

/// One SQL statement, prepared once and run many times. Lives no longer than its database, and is
/// used by the same thread.
class Statement {
 public:
  Statement() = default;  // of no use before Database::Prepare() has filled it
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Starts anew, with the values of ?1, ?2, …; nullopt is NULL.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    Reset();
    int place = 0;
    (BindOne(++place, values), ...);
    return *this;
  }

  /// Runs a statement that gives no rows.
  absl::Status Run();

  /// Runs a statement and returns what `read` makes of each row. It is over afterwards: no view of
  /// the database is held.
  template <typename Read>
  auto Rows(Read read) -> absl::StatusOr<std::vector<decltype(read(std::declval<Statement&>()))>> {
    std::vector<decltype(read(*this))> rows;
    while (true) {
      const auto more = Step();
      if (!more.ok()) return more.status();
      if (!*more) return rows;
      rows.push_back(read(*this));
    }
  }

  // Columns of the row that is being read, counted from 0.
  std::int64_t Int(int column) const;
  std::string Text(int column) const;
  std::optional<std::string> OptionalText(int column) const;
  std::optional<double> OptionalReal(int column) const;
  Timestamp Time(int column) const { return {Int(column)}; }
  std::optional<Timestamp> OptionalTime(int column) const;

 private:
  friend class Database;

  /// True: there is a row to read. False: done, and reset.
  absl::StatusOr<bool> Step();
  void Reset();
  bool IsNull(int column) const;

  void BindOne(int place, std::int64_t value);
  void BindOne(int place, int value) { BindOne(place, std::int64_t{value}); }
  void BindOne(int place, double value);
  void BindOne(int place, absl::string_view text);
  void BindOne(int place, Timestamp time) { BindOne(place, time.nanos); }
  void BindOne(int place, std::nullopt_t none);
  template <typename T>
  void BindOne(int place, const std::optional<T>& value) {
    if (value.has_value()) {
      BindOne(place, *value);
    } else {
      BindOne(place, std::nullopt);
    }
  }

  sqlite3_stmt* statement_ = nullptr;
};

/// One connection to a database file. Errors are sentences that name the file: Unavailable (another
/// connection holds it, the disk refused), ResourceExhausted (the disk is full), PermissionDenied,
/// DataLoss (the file is damaged or is no database), Internal. One thread at a time.
class Database {
 public:
  enum class Access : std::uint8_t { kRead, kWrite };

  /// kWrite makes the file if there is none. kRead does not, and changes nothing.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  absl::Status Prepare(Statement* statement, absl::string_view sql);
  absl::Status Prepare(std::initializer_list<std::pair<Statement*, absl::string_view>> statements);

  /// Runs several statements without values.
  absl::Status RunScript(const std::string& sql);
  /// The first column of the first row.
  absl::StatusOr<std::int64_t> Number(absl::string_view sql);

  /// OK, or DataLoss. Reads the whole file. One that is damaged is left as it is, its log too.
  /// Cancelled: `stop`, asked every few milliseconds, said so.
  absl::Status CheckIntegrity(const std::function<bool()>& stop = [] { return false; });

  /// Writes all that the database holds at this moment into `target`, durably, replacing what is
  /// there. Writers of this database are not held up.
  absl::Status CopyTo(Database& target);

  const std::string& path() const { return path_; }

 private:
  Database(std::string path, sqlite3* connection);
  absl::Status ErrorOf(int code) const;
  absl::Status QuickCheck();

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

  /// OK: durable, it survives a loss of power. Otherwise call it no more.
  absl::Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;  // nullptr: over
};

}  // namespace iocd::ledger

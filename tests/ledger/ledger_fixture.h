#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ledger/ledger.h"
#include "ledger/ledger_path.h"
#include "ledger/ledger_reader.h"
#include "lines.h"
#include "support/temporary_directory.h"

namespace iocd::ledger {

/// A ledger in a directory of its own.
class LedgerTest : public ::testing::Test {
 protected:
  std::string path() const { return LedgerPath(directory_.path()); }

  std::unique_ptr<Ledger> Open() {
    auto ledger = Ledger::Open(path());
    EXPECT_TRUE(ledger.ok()) << ledger.status();
    return ledger.ok() ? *std::move(ledger) : nullptr;
  }

  std::unique_ptr<LedgerReader> Reader() {
    auto reader = LedgerReader::Open(path());
    EXPECT_TRUE(reader.ok()) << reader.status();
    return reader.ok() ? *std::move(reader) : nullptr;
  }

  static void Apply(Ledger& ledger, const Update& update) {
    const absl::Status status = ledger.Apply(update);
    ASSERT_TRUE(status.ok()) << status;
  }

  template <typename Record>
  static std::vector<std::string> LinesOf(const absl::StatusOr<std::vector<Record>>& records) {
    EXPECT_TRUE(records.ok()) << records.status();
    return records.ok() ? Lines(*records) : std::vector<std::string>();
  }

  /// The columns of every row that the SQL gives, with "|" between them.
  static std::vector<std::string> Rows(Database& database, const std::string& sql, int columns) {
    Statement statement;
    const absl::Status status = database.Prepare(&statement, sql);
    EXPECT_TRUE(status.ok()) << status;
    if (!status.ok()) return {};
    auto rows = statement.Bind().Rows([columns](const Statement& row) {
      std::string line = row.Text(0);
      for (int i = 1; i < columns; ++i) line += "|" + row.Text(i);
      return line;
    });
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? *std::move(rows) : std::vector<std::string>();
  }

  std::unique_ptr<Database> Raw(Database::Access access = Database::Access::kWrite) const {
    auto database = Database::Open(path(), access);
    EXPECT_TRUE(database.ok()) << database.status();
    return database.ok() ? *std::move(database) : nullptr;
  }

  const iocd::testing::TemporaryDirectory directory_;
};

}  // namespace iocd::ledger

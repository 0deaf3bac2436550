#include "ledger/migrations.h"

#include "ledger/schema.h"
#include "ledger_fixture.h"

namespace iocd::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LedgerMigrationsTest : public LedgerTest {
 protected:
  const std::vector<std::string> steps_ = {
      "CREATE TABLE figures (value REAL); INSERT INTO figures VALUES (1)",
      "ALTER TABLE figures ADD COLUMN unit TEXT; UPDATE figures SET unit = 'km'",
      "INSERT INTO figures VALUES (2, 'm')"};

  static std::span<const std::string> FirstOf(const std::vector<std::string>& steps,
                                              std::size_t count) {
    return std::span(steps).first(count);
  }
};

TEST_F(LedgerMigrationsTest, TakesOnlyTheStepsThatAreMissing) {
  const auto database = Raw();
  ASSERT_TRUE(Migrate(*database, FirstOf(steps_, 1)).ok());
  EXPECT_THAT(Rows(*database, "SELECT value FROM figures", 1), ElementsAre("1.0"));
  ASSERT_TRUE(database->RunScript("UPDATE figures SET value = 7").ok());
  const absl::Status status = Migrate(*database, steps_);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Rows(*database, "SELECT value, unit FROM figures", 2),
              ElementsAre("7.0|km", "2.0|m"));
  ASSERT_TRUE(Migrate(*database, steps_).ok());
  EXPECT_THAT(Rows(*database, "SELECT COUNT(*) FROM figures", 1), ElementsAre("2"));
  EXPECT_TRUE(CheckFormat(*database, 3).ok());
}

TEST_F(LedgerMigrationsTest, LeavesTheFileInItsFormatWhenAStepFails) {
  const auto database = Raw();
  ASSERT_TRUE(Migrate(*database, FirstOf(steps_, 1)).ok());
  std::vector<std::string> steps = steps_;
  steps[2] = "INSERT INTO no_such_table VALUES (1)";
  EXPECT_EQ(Migrate(*database, steps).code(), absl::StatusCode::kInternal);
  EXPECT_THAT(Rows(*database, "SELECT * FROM figures", 1), ElementsAre("1.0"));
  EXPECT_TRUE(CheckFormat(*database, 1).ok());
}

TEST_F(LedgerMigrationsTest, RefusesANewerFormatAndSaysWhatToDo) {
  const auto database = Raw();
  ASSERT_TRUE(Migrate(*database, steps_).ok());
  const absl::Status status = Migrate(*database, FirstOf(steps_, 2));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), path() +
                                  ": has format 3; this program knows formats up to 2. Use the "
                                  "newer program, which wrote it");
  EXPECT_EQ(CheckFormat(*database, 2), status);
}

TEST_F(LedgerMigrationsTest, ReadsNoOlderFormat) {
  const auto database = Raw();
  ASSERT_TRUE(Migrate(*database, FirstOf(steps_, 1)).ok());
  const absl::Status status = CheckFormat(*database, 2);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("has format 1, older than 2"));
}

TEST_F(LedgerMigrationsTest, RefusesADatabaseOfSomethingElse) {
  const auto database = Raw();
  ASSERT_TRUE(database->RunScript("CREATE TABLE photos (name TEXT)").ok());
  const absl::Status status = Migrate(*database, steps_);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("is a database, but no ledger"));
  EXPECT_EQ(Ledger::Open(path()).status(), status);
}

TEST_F(LedgerMigrationsTest, GivesEveryLedgerTheNumberOfTheNewestStep) {
  Open();
  EXPECT_THAT(Rows(*Raw(), "PRAGMA user_version", 1),
              ElementsAre(std::to_string(SchemaSteps().size())));
  EXPECT_THAT(Rows(*Raw(), "PRAGMA foreign_key_check", 1), IsEmpty());
}

}  // namespace
}  // namespace iocd::ledger

#include "ledger/ledger_reader.h"

#include <utility>

#include "ledger/ledger_file.h"

namespace iocd::ledger {

absl::StatusOr<std::unique_ptr<LedgerReader>> LedgerReader::Open(const std::string& path) {
  auto database = OpenForReading(path);
  if (!database.ok()) return database.status();
  std::unique_ptr<LedgerReader> reader(new LedgerReader(*std::move(database)));
  absl::Status status = reader->Prepare();
  if (!status.ok()) return status;
  return reader;
}

absl::Status LedgerReader::Prepare() {
  absl::Status status = periods_.Prepare(*database_);
  if (status.ok()) status = reports_.Prepare(*database_);
  if (status.ok()) status = waivers_.Prepare(*database_);
  if (status.ok()) status = history_.Prepare(*database_);
  if (status.ok()) status = database_->Prepare(&position_, "SELECT log_position FROM position");
  return status;
}

absl::StatusOr<std::uint64_t> LedgerReader::Position() {
  const auto rows = position_.Bind().Rows(
      [](const Statement& row) { return static_cast<std::uint64_t>(row.Int(0)); });
  if (!rows.ok()) return rows.status();
  return rows->front();
}

}  // namespace iocd::ledger

#include "ledger/waivers.h"

#include <set>
#include <utility>

namespace iocd::ledger {
namespace {

domain::CivilDate ReadDate(const Statement& row, int column) {
  return domain::ParseDate(row.Text(column)).value_or(domain::CivilDate());
}

/// The first seven columns of a row.
Waiver ReadWaiver(const Statement& row) {
  return {.department = row.Text(0),
          .indicator = row.OptionalText(1),
          .first = ReadDate(row, 2),
          .last = ReadDate(row, 3),
          .reason = row.Text(4),
          .author = row.Text(5),
          .document_date = ReadDate(row, 6)};
}

}  // namespace

absl::Status WaiverWriter::Prepare(Database& database) {
  return database.Prepare(
      {{&standing_,
        "SELECT department, indicator, first_day, last_day, reason, author, document_date, id"
        " FROM waivers WHERE withdrawn_at_ns IS NULL"},
       {&insert_,
        "INSERT INTO waivers (department, indicator, first_day, last_day, reason, author,"
        " document_date, recorded_at_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
       {&withdraw_, "UPDATE waivers SET withdrawn_at_ns = ?2 WHERE id = ?1"}});
}

absl::Status WaiverWriter::Write(const std::vector<Waiver>& waivers, Timestamp recorded_at) {
  const auto standing = standing_.Bind().Rows(
      [](const Statement& row) { return std::pair(ReadWaiver(row), row.Int(7)); });
  if (!standing.ok()) return standing.status();

  std::set<Waiver> fresh(waivers.begin(), waivers.end());
  for (const auto& [waiver, id] : *standing) {
    if (fresh.erase(waiver) > 0) continue;
    absl::Status status = withdraw_.Bind(id, recorded_at).Run();
    if (!status.ok()) return status;
  }
  for (const Waiver& waiver : fresh) {
    absl::Status status =
        insert_
            .Bind(waiver.department, waiver.indicator, waiver.first.ToText(), waiver.last.ToText(),
                  waiver.reason, waiver.author, waiver.document_date.ToText(), recorded_at)
            .Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status WaiverReader::Prepare(Database& database) {
  return database.Prepare(
      &all_,
      "SELECT department, indicator, first_day, last_day, reason, author, document_date,"
      " recorded_at_ns, withdrawn_at_ns FROM waivers ORDER BY id");
}

absl::StatusOr<std::vector<RecordedWaiver>> WaiverReader::All() {
  return all_.Bind().Rows([](const Statement& row) {
    return RecordedWaiver{
        .waiver = ReadWaiver(row), .recorded_at = row.Time(7), .withdrawn_at = row.OptionalTime(8)};
  });
}

}  // namespace iocd::ledger

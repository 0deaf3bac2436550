#include "ledger/history.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/finite.h"

namespace iocd::ledger {
namespace {

constexpr char kColumns[] =
    "SELECT kind, scope, indicator, target, at_ns, value_text, value"
    " FROM history_keys JOIN history ON history.key_id = history_keys.id ";

Change ReadRow(const Statement& row) {
  return {.key = {.kind = row.Text(0),
                  .scope = row.Text(1),
                  .indicator = row.Text(2),
                  .target = row.Text(3)},
          .at = row.Time(4),
          .text = row.OptionalText(5),
          .value = row.OptionalReal(6)};
}

/// What the newest change of a key says, and its place.
struct Newest {
  Timestamp at;
  std::int64_t number = 0;  // among those of the same instant
  std::optional<std::string> text;
  std::optional<double> value;
};

}  // namespace

absl::Status HistoryWriter::Prepare(Database& database) {
  return database.Prepare(
      {{&find_key_,
        "SELECT id FROM history_keys"
        " WHERE kind = ?1 AND scope = ?2 AND indicator = ?3 AND target = ?4"},
       {&insert_key_,
        "INSERT INTO history_keys (kind, scope, indicator, target) VALUES (?1, ?2, ?3, ?4)"
        " RETURNING id"},
       {&newest_,
        "SELECT at_ns, number, value_text, value FROM history WHERE key_id = ?1"
        " ORDER BY at_ns DESC, number DESC LIMIT 1"},
       {&insert_,
        "INSERT INTO history (key_id, at_ns, number, value_text, value)"
        " VALUES (?1, ?2, ?3, ?4, ?5)"}});
}

absl::StatusOr<std::int64_t> HistoryWriter::IdOf(const HistoryKey& key) {
  const auto read = [](const Statement& row) { return row.Int(0); };
  auto ids = find_key_.Bind(key.kind, key.scope, key.indicator, key.target).Rows(read);
  if (ids.ok() && ids->empty()) {
    ids = insert_key_.Bind(key.kind, key.scope, key.indicator, key.target).Rows(read);
  }
  if (!ids.ok()) return ids.status();
  return ids->front();
}

absl::Status HistoryWriter::Write(const Change& change) {
  const auto id = IdOf(change.key);
  if (!id.ok()) return id.status();
  const auto newest = newest_.Bind(*id).Rows([](const Statement& row) {
    return Newest{.at = row.Time(0),
                  .number = row.Int(1),
                  .text = row.OptionalText(2),
                  .value = row.OptionalReal(3)};
  });
  if (!newest.ok()) return newest.status();

  const std::optional<double> value = Finite(change.value);
  Timestamp at = change.at;
  std::int64_t number = 0;
  if (!newest->empty()) {
    const Newest& before = newest->front();
    if (before.text == change.text && before.value == value) return absl::OkStatus();
    if (at <= before.at) {
      at = before.at;
      number = before.number + 1;
    }
  }
  return insert_.Bind(*id, at, number, change.text, value).Run();
}

absl::Status HistoryReader::Prepare(Database& database) {
  return database.Prepare(
      {{&stood_, absl::StrCat(kColumns,
                              "AND (at_ns, number) = (SELECT at_ns, number FROM history AS one"
                              " WHERE one.key_id = history_keys.id AND one.at_ns <= ?2"
                              " ORDER BY at_ns DESC, number DESC LIMIT 1)"
                              " WHERE kind = ?1 ORDER BY kind, scope, indicator, target")},
       {&changes_, absl::StrCat(kColumns,
                                "WHERE kind = ?1 AND scope = ?2 AND indicator = ?3 AND target = ?4"
                                " AND at_ns >= ?5 AND at_ns < ?6 ORDER BY at_ns, number")}});
}

absl::StatusOr<std::vector<Change>> HistoryReader::StoodAt(absl::string_view kind, Timestamp at) {
  return stood_.Bind(kind, at).Rows(ReadRow);
}

absl::StatusOr<std::vector<Change>> HistoryReader::ChangesOf(const HistoryKey& key, Timestamp from,
                                                             Timestamp to) {
  return changes_.Bind(key.kind, key.scope, key.indicator, key.target, from, to).Rows(ReadRow);
}

}  // namespace iocd::ledger

#include "ledger/ledger.h"

#include <utility>

#include "ledger/ledger_file.h"

namespace iocd::ledger {

absl::StatusOr<std::unique_ptr<Ledger>> Ledger::Open(const std::string& path, Check check) {
  auto database = OpenForWriting(path, check == Check::kNow);
  if (!database.ok()) return database.status();
  const auto position = (*database)->Number("SELECT log_position FROM position");
  if (!position.ok()) return position.status();

  std::unique_ptr<Ledger> ledger(new Ledger(*std::move(database)));
  ledger->position_ = static_cast<std::uint64_t>(*position);
  absl::Status status = ledger->Prepare();
  if (!status.ok()) return status;
  return ledger;
}

absl::Status Ledger::Prepare() {
  absl::Status status = periods_.Prepare(*database_);
  if (status.ok()) status = reports_.Prepare(*database_);
  if (status.ok()) status = waivers_.Prepare(*database_);
  if (status.ok()) status = history_.Prepare(*database_);
  if (status.ok()) {
    status = database_->Prepare(&set_position_,
                                "UPDATE position SET log_position = ?1, recorded_at_ns = ?2");
  }
  return status;
}

absl::Status Ledger::CheckIntegrity(const std::function<bool()>& stop) {
  return database_->CheckIntegrity(stop);
}

absl::Status Ledger::Apply(const Update& update) {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  absl::Status status = Write(update);
  if (status.ok()) status = transaction->Commit();
  if (status.ok()) position_ = update.position;
  return status;
}

absl::Status Ledger::Write(const Update& update) {
  for (const PeriodObservation& observation : update.periods) {
    absl::Status status = periods_.Write(observation, update.recorded_at);
    if (!status.ok()) return status;
  }
  absl::Status status = reports_.Write(update.reports, update.whole_years);
  if (!status.ok()) return status;
  if (update.waivers.has_value()) {
    status = waivers_.Write(*update.waivers, update.recorded_at);
    if (!status.ok()) return status;
  }
  for (const Change& change : update.changes) {
    status = history_.Write(change);
    if (!status.ok()) return status;
  }
  return set_position_.Bind(static_cast<std::int64_t>(update.position), update.recorded_at).Run();
}

}  // namespace iocd::ledger

#include "bookkeeper/bookkeeper.h"

#include <limits>
#include <utility>

#include "bookkeeper/gone_reports.h"
#include "bookkeeper/observations.h"
#include "bookkeeper/room.h"
#include "ledger/ledger_reader.h"

namespace iocd::bookkeeper {

void Bookkeeper::Tell(standing::StandingPtr standing) {
  MutexLock lock(mutex_);
  newest_ = std::move(standing);
}

bool Bookkeeper::Look() {
  const ClockReading now = clock_.ReadBoth();
  if (!clock_guard_.Check(now).ok()) return false;
  FindChanges(now);
  if (!agenda_.MayTry(now.since_boot)) return false;
  if (!finder_) return Settle(Begin());
  if (!changes_.empty()) return WriteChanges(now.wall);
  if (!rounds_.UnderWay()) {
    const auto catalogue = engine_.catalogue();
    const Agenda::Round due = agenda_.Due(now, catalogue.get());
    if (due == Agenda::Round::kNone) return false;
    rounds_.Begin(due == Agenda::Round::kWhole);
    agenda_.Began(due, now, &rounds_.catalogue());
  }
  return WriteNext(now.wall);
}

void Bookkeeper::Finish(Duration patience) {
  const ClockReading now = clock_.ReadBoth();
  if (!finder_ || !clock_guard_.Check(now).ok()) return;
  agenda_ = {};  // history is due, and what failed before is tried once more
  FindChanges(now);
  if (!changes_.empty() && !WriteChanges(clock_.Now())) return;
  rounds_.Begin(/*whole=*/false);
  while (rounds_.UnderWay() && clock_.SinceBoot().nanos - now.since_boot.nanos < patience.nanos) {
    if (!WriteNext(clock_.Now())) return;
  }
}

absl::Status Bookkeeper::Begin() {
  if (!ledger_.checked) {
    absl::Status status =
        ledger_.ledger->CheckIntegrity([this] { return hurry_.load(std::memory_order_acquire); });
    if (!status.ok()) return status;
    ledger_.checked = true;
  }
  const std::uint64_t ledger = ledger_.ledger->position(), log = engine_.AppliedPosition();
  if (ledger > log) observer_.LedgerIsAhead(ledger, log);
  const auto reader = ledger::LedgerReader::Open(ledger_.path);
  if (!reader.ok()) return reader.status();
  std::vector<ledger::Change> newest;
  for (const char* kind : kHistoryKinds) {
    const auto stand = (*reader)->StoodAt(kind, {std::numeric_limits<std::int64_t>::max()});
    if (!stand.ok()) return stand.status();
    newest.insert(newest.end(), stand->begin(), stand->end());
  }
  finder_.emplace(newest);
  return absl::OkStatus();
}

void Bookkeeper::FindChanges(const ClockReading& now) {
  if (!finder_ || changes_.size() >= kMostChanges || !agenda_.HistoryIsDue(now.since_boot)) return;
  standing::StandingPtr standing;
  {
    MutexLock lock(mutex_);
    standing = std::move(newest_);
    newest_ = nullptr;
  }
  if (standing == nullptr) return;
  agenda_.LookedForHistory(now.since_boot);
  for (ledger::Change& change : finder_->Find(Observe(*standing), standing->now)) {
    changes_.push_back(std::move(change));
  }
}

bool Bookkeeper::WriteChanges(Timestamp now) {
  ledger::Update update;
  update.position = ledger_.ledger->position();
  update.recorded_at = now;
  update.changes = std::move(changes_);
  const bool written = Write(update);
  changes_ = written ? std::vector<ledger::Change>() : std::move(update.changes);
  return written;
}

bool Bookkeeper::WriteNext(Timestamp now) {
  ledger::Update update = rounds_.Next(now, ledger_.ledger->position());
  if (rounds_.AtEnd() && rounds_.whole()) {
    const auto reader = ledger::LedgerReader::Open(ledger_.path);
    if (!reader.ok()) return Settle(reader.status());
    auto gone = GoneReports(**reader, rounds_.catalogue(), now);
    if (!gone.ok()) return Settle(gone.status());
    update.whole_years = *std::move(gone);
  }
  if (!Write(update)) return false;
  rounds_.Took();
  return true;
}

bool Bookkeeper::Write(const ledger::Update& update) {
  const Duration began = clock_.SinceBoot();
  absl::Status status = RoomForLedger(ledger_.path);
  if (status.ok()) status = ledger_.ledger->Apply(update);
  observer_.UpdateEnds({.status = status,
                        .took = {clock_.SinceBoot().nanos - began.nanos},
                        .at = update.recorded_at,
                        .ledger_bytes = LedgerBytes(ledger_.path)});
  return Settle(status);
}

bool Bookkeeper::Settle(const absl::Status& status) {
  if (absl::IsCancelled(status)) return false;  // the daemon stops
  if (!status.ok()) agenda_.Failed(clock_.SinceBoot(), absl::IsDataLoss(status));
  if (status.ok() == well_) return well_;
  well_ = status.ok();
  if (well_) {
    observer_.LedgerRecovered();
  } else {
    observer_.LedgerFailed(std::string(status.message()));
  }
  return well_;
}

}  // namespace iocd::bookkeeper

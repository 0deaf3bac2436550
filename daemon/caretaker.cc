#include "caretaker.h"

#include <spdlog/spdlog.h>

#include <string>

#include "base/disk_space.h"

namespace iocd {

void Caretaker::Look() {
  LookAtClock();
  LookAtDisk();
  LookAtSnapshots();
  audit_log_.Tick();
  ingest_service_.LookAtStreams();
  backups_.Look();
  watchers_.Look();
  // Who is told NOT_SERVING sends nothing, so nothing but this would find out that the disk is well
  // again.
  engine_.RequestLogRetry();
  const bool serving = engine_.Healthy() && clock_believed_;
  if (serving != serving_) server_.SetServing(serving);
  serving_ = serving;
}

void Caretaker::LookAtClock() {
  const absl::Status doubt = clock_guard_.Check(clock_.ReadBoth());
  if (doubt.ok() == clock_believed_) return;
  clock_believed_ = doubt.ok();
  if (clock_believed_) {
    spdlog::warn("the clock is no longer in doubt: batches are taken again");
  } else {
    spdlog::error("{}", std::string(doubt.message()));
  }
}

void Caretaker::LookAtDisk() {
  if (const auto disk = DiskSpaceAt(data_directory_)) metrics_.SetDisk(*disk);
}

void Caretaker::LookAtSnapshots() {
  const Duration now = clock_.SinceBoot();
  if (now.nanos - snapshot_asked_.nanos < snapshot_every_.load().nanos) return;
  snapshot_asked_ = now;
  engine_.RequestSnapshot();
}

}  // namespace iocd

#include "ingest/backup_stream.h"

#include <utility>

namespace iocd::ingest {

// StartWrite is called under the mutex: gRPC never runs its reaction inside it.

absl::Status BackupStream::Write(const ioc::v1::BackupPart& part) {
  MutexLock lock(mutex_);
  if (absl::Status ended = Ended(); !ended.ok()) return ended;
  writing_ = true;
  StartWrite(&part);
  while (writing_) changed_.Wait(mutex_);
  return broken_ ? Ended() : absl::OkStatus();
}

void BackupStream::End(absl::Status why) {
  MutexLock lock(mutex_);
  if (end_.ok()) end_ = std::move(why);
}

void BackupStream::Cancel(absl::Status why) {
  End(std::move(why));
  context_.TryCancel();
}

void BackupStream::OnWriteDone(bool ok) {
  MutexLock lock(mutex_);
  writing_ = false;
  broken_ = broken_ || !ok;
  changed_.NotifyAll();
}

void BackupStream::OnCancel() {
  MutexLock lock(mutex_);
  broken_ = true;
}

absl::Status BackupStream::Ended() const {
  if (!end_.ok()) return end_;
  if (broken_) return absl::CancelledError("the receiver has gone away");
  return absl::OkStatus();
}

}  // namespace iocd::ingest

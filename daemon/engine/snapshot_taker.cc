#include "engine/snapshot_taker.h"

#include <utility>

#include "base/limits.h"
#include "snapshot/snapshot_directory.h"

namespace iocd::engine {

SnapshotTaker::SnapshotTaker(FileSystem& file_system, std::string directory,
                             std::function<void()> on_progress, std::function<bool()> give_up)
    : file_system_(file_system),
      directory_(std::move(directory)),
      on_progress_(std::move(on_progress)),
      give_up_(std::move(give_up)),
      thread_([this] { Run(); }) {}

SnapshotTaker::~SnapshotTaker() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void SnapshotTaker::Begin(const State& state, const snapshot::Head& head) {
  busy_ = true;
  cutter_.emplace(state);
  Post(head);
}

bool SnapshotTaker::Advance(std::uint64_t position, std::size_t max_bytes) {
  if (!cutter_) return false;
  {
    MutexLock lock(mutex_);
    if (outcome_ || waiting_bytes_ >= limits::kMaxWaitingSliceBytes) return false;
  }
  std::optional<std::string> items = cutter_->Next(max_bytes);
  if (items) {
    last_cut_ = position;
    Post(Slice{position, *std::move(items)});
    return true;
  }
  cutter_.reset();
  Post(End{last_cut_});
  return false;
}

std::optional<SnapshotOutcome> SnapshotTaker::TakeOutcome() {
  MutexLock lock(mutex_);
  if (!outcome_) return std::nullopt;
  busy_ = false;
  cutter_.reset();
  return std::exchange(outcome_, std::nullopt);
}

void SnapshotTaker::WaitForProgress() {
  MutexLock lock(mutex_);
  while (!outcome_ && !(cutter_ && waiting_bytes_ < limits::kMaxWaitingSliceBytes)) {
    changed_.Wait(mutex_);
  }
}

void SnapshotTaker::GiveUp() {
  if (!busy_) return;
  cutter_.reset();
  Post(Abort{});
}

void SnapshotTaker::RemoveFiles(std::vector<std::string> paths) {
  if (!paths.empty()) Post(Removal{std::move(paths)});
}

absl::Status SnapshotTaker::TakeRemovalError() {
  MutexLock lock(mutex_);
  return std::exchange(removal_error_, absl::OkStatus());
}

std::size_t SnapshotTaker::BytesOf(const Job& job) {
  const auto* slice = std::get_if<Slice>(&job);
  return slice == nullptr ? 0 : slice->items.size();
}

void SnapshotTaker::Post(Job job) {
  {
    MutexLock lock(mutex_);
    waiting_bytes_ += BytesOf(job);
    jobs_.push_back(std::move(job));
  }
  changed_.NotifyAll();
}

void SnapshotTaker::Run() {
  while (true) {
    std::optional<Job> job;
    {
      MutexLock lock(mutex_);
      while (jobs_.empty() && !stopping_) changed_.Wait(mutex_);
      if (stopping_) break;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    std::visit([this](const auto& one) { Do(one); }, *job);
    {
      MutexLock lock(mutex_);
      waiting_bytes_ -= BytesOf(*job);
    }
    changed_.NotifyAll();
    on_progress_();
  }
  writer_.reset();
}

void SnapshotTaker::Do(const snapshot::Head& head) {
  start_ = head.start;
  auto writer = snapshot::SnapshotWriter::Create(file_system_, directory_, head);
  if (!writer.ok()) return Conclude({.status = writer.status()});
  writer_ = *std::move(writer);
}

void SnapshotTaker::Do(const Slice& slice) {
  if (writer_ == nullptr) return;
  absl::Status added = writer_->Add({kItemsSection, slice.covered, slice.items});
  if (!added.ok()) Conclude({.status = std::move(added)});
}

void SnapshotTaker::Do(const End& end) {
  if (writer_ == nullptr) return;
  const auto bytes = writer_->Finish(end.position, [this] { return IsGivenUp(); });
  if (!bytes.ok()) return Conclude({.status = bytes.status()});
  SnapshotOutcome outcome{.end = end.position, .bytes = *bytes};
  const auto kept = snapshot::ListSnapshots(file_system_, directory_);
  if (kept.ok() && kept->size() > 1) outcome.older_start = kept->back().start;
  Conclude(std::move(outcome));
}

void SnapshotTaker::Do(const Abort&) {
  if (writer_ != nullptr) Conclude({.status = absl::CancelledError("given up")});
}

void SnapshotTaker::Do(const Removal& removal) {
  unremoved_.insert(unremoved_.end(), removal.paths.begin(), removal.paths.end());
  // A later file must not go before an earlier one: the log would have a hole.
  for (; !unremoved_.empty(); unremoved_.pop_front()) {
    absl::Status removed = file_system_.Remove(unremoved_.front());
    if (removed.ok()) continue;
    MutexLock lock(mutex_);
    removal_error_ = std::move(removed);
    return;
  }
}

bool SnapshotTaker::IsGivenUp() {
  if (give_up_ && give_up_()) return true;
  MutexLock lock(mutex_);
  return stopping_;
}

void SnapshotTaker::Conclude(SnapshotOutcome outcome) {
  writer_.reset();
  outcome.start = start_;
  MutexLock lock(mutex_);
  outcome_ = std::move(outcome);
}

}  // namespace iocd::engine

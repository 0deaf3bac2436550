#include "engine/engine.h"

#include <algorithm>
#include <utility>

#include "engine/data_directory.h"
#include "eventlog/group_format.h"

namespace iocd::engine {
namespace {

absl::Status Stopping() {
  return absl::UnavailableError(
      "the daemon is stopping: repeat the same batch under the same "
      "sequence");
}

}  // namespace

Engine::Engine(Options options, FileSystem& file_system, domain::Catalogue catalogue,
               EngineObserver& observer)
    : options_(std::move(options)),
      file_system_(file_system),
      observer_(observer),
      retention_(options_.retention),
      snapshot_every_bytes_(options_.snapshot_every_bytes),
      catalogue_(std::make_shared<const domain::Catalogue>(std::move(catalogue))) {}

absl::Status Engine::Recover() {
  absl::Status made = file_system_.CreateDirectory(options_.data_directory);
  if (!made.ok()) return made;
  auto lock = file_system_.LockDirectory(options_.data_directory);
  if (!lock.ok()) return lock.status();
  directory_lock_ = *std::move(lock);

  observer_.RecoveryBegins();
  const std::string snapshot_directory = SnapshotDirectory(options_.data_directory);
  RecoveryOptions recovery;
  recovery.log.directory = LogDirectory(options_.data_directory);
  recovery.log.segment_bytes = options_.segment_bytes;
  recovery.log.reserve_bytes = limits::kReserveBytes;
  recovery.snapshot_directory = snapshot_directory;
  recovery.stop_requested = options_.stop_requested;
  auto log = RecoverState(recovery, file_system_, &state_, &recovery_);
  if (!log.ok()) return log.status();
  log_ = *std::move(log);
  observer_.RecoveryEnds(recovery_);
  snapshots_ = std::make_unique<SnapshotTaker>(
      file_system_, snapshot_directory, [this] { Wake(); },
      [this] { return hurry_.load(std::memory_order_acquire); });
  snapshot_tried_at_ = recovery_.snapshot.start;
  snapshot_start_ = recovery_.snapshot.start;
  snapshot_end_ = recovery_.snapshot.end;

  absl::Status used = UseCatalogue(std::make_shared<domain::Catalogue>(*catalogue()));
  if (!used.ok()) return used;
  PublishSizes();
  applied_.store(log_->NextPosition(), std::memory_order_release);
  thread_ = std::thread([this] { Run(); });
  ready_.store(true, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status Engine::CheckReady() const {
  if (ready_.load(std::memory_order_acquire)) return absl::OkStatus();
  return absl::UnavailableError(
      "the daemon is starting: it reads its event log; try the same again in a moment");
}

Engine::~Engine() {
  Stop();
  snapshots_.reset();  // its thread calls Wake()
}

void Engine::Stop() {
  {
    MutexLock lock(queue_mutex_);
    stopping_ = true;
  }
  queue_changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void Engine::HurryStop() {
  hurry_.store(true, std::memory_order_release);
  Wake();
}

void Engine::Wake() {
  {
    MutexLock lock(queue_mutex_);
    woken_ = true;
  }
  queue_changed_.NotifyOne();
}

void Engine::RequestSnapshot() {
  snapshot_requested_.store(true, std::memory_order_release);
  Wake();
}

void Engine::RequestLogRetry() {
  if (Healthy()) return;
  log_retry_requested_.store(true, std::memory_order_release);
  Wake();
}

void Engine::Pending::Refuse(absl::Status why) && {
  if (question) return std::move(question)(std::move(why));
  std::move(done)(std::move(why));
}

void Engine::Submit(Batch batch, Done done) { Enqueue({std::move(batch), std::move(done), {}}); }

void Engine::Ask(Question question) { Enqueue({{}, {}, std::move(question)}); }

void Engine::Enqueue(Pending pending) {
  absl::Status refused = CheckReady();
  if (refused.ok()) {
    MutexLock lock(queue_mutex_);
    if (stopping_) {
      refused = Stopping();
    } else if (queued_bytes_ + pending.Bytes() > options_.max_queued_bytes) {
      refused = absl::ResourceExhaustedError(
          "the daemon has more batches waiting for its disk than it may hold: nothing of this one "
          "was taken, repeat it later");
    } else {
      queued_bytes_ += pending.Bytes();
      queue_.push_back(std::move(pending));
      queue_changed_.NotifyOne();
      return;
    }
  }
  std::move(pending).Refuse(std::move(refused));
}

void Engine::BetweenGroups(Task task) {
  absl::Status refused = CheckReady();
  if (refused.ok()) {
    MutexLock lock(queue_mutex_);
    if (!stopping_) {
      tasks_.push_back(std::move(task));
      woken_ = true;
      queue_changed_.NotifyOne();
      return;
    }
    refused = absl::UnavailableError("the daemon is stopping: try the same again later");
  }
  std::move(task)(std::move(refused));
}

void Engine::RunTasks() {
  std::vector<Task> tasks;
  {
    MutexLock lock(queue_mutex_);
    tasks.swap(tasks_);
  }
  for (Task& task : tasks) std::move(task)(absl::OkStatus());
}

bool Engine::HasRoom() const {
  MutexLock lock(queue_mutex_);
  const std::size_t reserve = std::max(limits::kMaxBatchBytes, options_.max_queued_bytes / 2);
  return queued_bytes_ + reserve <= options_.max_queued_bytes;
}

std::size_t Engine::QueuedBatches() const {
  MutexLock lock(queue_mutex_);
  return queue_.size();
}

void Engine::Read(absl::FunctionRef<void(const State&)> read) const {
  MutexLock lock(state_mutex_);
  read(state_);
}

void Engine::Run() {
  std::vector<Pending> pending;
  while (TakePending(&pending)) {
    if (!pending.empty()) Commit(std::exchange(pending, {}));
    RetryLog();
    RunTasks();
    TendSnapshots();
  }
  RunTasks();  // asked for before Stop()
  LeaveCleanly();
}

bool Engine::TakePending(std::vector<Pending>* pending) {
  std::size_t bytes = 0;
  for (Pending& carried : carried_) {
    bytes += carried.Bytes();
    pending->push_back(std::move(carried));
  }
  carried_.clear();
  MutexLock lock(queue_mutex_);
  while (pending->empty() && queue_.empty() && !stopping_ && !woken_ && !more_to_cut_) {
    queue_changed_.Wait(queue_mutex_);
  }
  woken_ = false;
  while (!queue_.empty() && bytes < limits::kMaxGroupBytes) {
    const std::size_t size = queue_.front().Bytes();
    bytes += size;
    queued_bytes_ -= size;
    pending->push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !pending->empty() || !stopping_;
}

absl::Status Engine::CheckLog() const {
  MutexLock lock(queue_mutex_);
  return log_status_;
}

void Engine::SetHealthy(const absl::Status& log) {
  if (healthy_.exchange(log.ok(), std::memory_order_acq_rel) == log.ok()) return;
  {
    MutexLock lock(queue_mutex_);
    log_status_ = log;
  }
  if (log.ok()) {
    observer_.LogRecovered();
  } else {
    observer_.LogFailed(std::string(log.message()));
  }
}

void Engine::RetryLog() {
  if (!log_retry_requested_.exchange(false, std::memory_order_acq_rel)) return;
  if (Healthy() || !defect_.ok()) return;
  PrepareLog(std::max(refused_bytes_, eventlog::kGroupHeaderBytes)).IgnoreError();
}

void Engine::PublishSizes() {
  log_bytes_.store(log_->Bytes(), std::memory_order_relaxed);
  replay_bytes_.store(log_->NextPosition() - snapshot_start_, std::memory_order_relaxed);
}

Timestamp Engine::NewestArrival() const { return state_.newest_arrival().value_or(Timestamp{}); }

}  // namespace iocd::engine

#include "audit/audit_log.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::audit {
namespace {

/// Days since the epoch in the province's zone.
std::int64_t LocalDay(Timestamp time) {
  return (time + Duration::Seconds(7 * 60 * 60)).nanos / Duration::Days(1).nanos;
}

/// Keeps so much of each text that it is cut as it is written, and no more.
void Bound(Entry* entry) {
  constexpr std::size_t kCharacter = 4;  // the longest
  for (std::string* name : {&entry->who, &entry->from, &entry->action, &entry->call,
                            &entry->department, &entry->producer}) {
    name->resize(std::min(name->size(), limits::kMaxAuditNameBytes + kCharacter));
  }
  for (std::string* sentence : {&entry->what, &entry->why}) {
    sentence->resize(std::min(sentence->size(), limits::kMaxAuditSentenceBytes + kCharacter));
  }
}

std::string SenderOf(const Entry& entry) {
  constexpr absl::string_view kSeparator("\0", 1);
  return absl::StrCat(entry.who, kSeparator, entry.from, kSeparator, entry.department, kSeparator,
                      entry.producer);
}

Entry OwnEntry(absl::string_view action, std::string what) {
  Entry entry;
  entry.action = std::string(action);
  entry.what = std::move(what);
  return entry;
}

}  // namespace

AuditLog::AuditLog(Options options, FileSystem& file_system, const Clock& clock, Observer& observer)
    : clock_(clock),
      observer_(observer),
      writer_({std::move(options.directory), options.file_bytes}, file_system) {}

AuditLog::~AuditLog() { Stop(); }

void AuditLog::Start() {
  {
    MutexLock lock(mutex_);
    head_day_ = LocalDay(clock_.Now());
    ticked_ = true;  // opens the log, whether or not there is an entry
  }
  thread_ = std::thread([this] { Run(); });
}

void AuditLog::Record(Entry entry) {
  Bound(&entry);
  const ClockReading now = clock_.ReadBoth();
  {
    MutexLock lock(mutex_);
    if (entry.outcome != Outcome::kRefused) {
      Enqueue({std::move(entry), now.wall});
    } else if (auto first = refusals_.Add(std::move(entry), now)) {
      Enqueue(*std::move(first));
    }
  }
  ReportDropped();
}

void AuditLog::Enqueue(Logged logged) {
  if (stopping_ || queue_.size() >= limits::kMaxQueuedAuditEntries) {
    missing_ += logged.times;
    unreported_ += logged.times;
    return;
  }
  logged.missing = std::exchange(missing_, 0);
  queue_.push_back(std::move(logged));
  changed_.NotifyOne();
}

void AuditLog::ReportDropped() {
  std::uint64_t dropped = 0;
  {
    MutexLock lock(mutex_);
    dropped = std::exchange(unreported_, 0);
  }
  if (dropped > 0) observer_.EntriesDropped(dropped);
}

void AuditLog::Tick() {
  const ClockReading now = clock_.ReadBoth();
  {
    MutexLock lock(mutex_);
    for (Logged& ended : refusals_.TakeEnded(now)) Enqueue(std::move(ended));
    const std::int64_t day = LocalDay(now.wall);
    head_wanted_ = head_wanted_ || std::exchange(head_day_, day) != day;
    ticked_ = true;
    changed_.NotifyOne();
  }
  ReportDropped();
}

void AuditLog::Stop() {
  {
    MutexLock lock(mutex_);
    for (Logged& rest : refusals_.TakeAll()) Enqueue(std::move(rest));
    stopping_ = true;
    changed_.NotifyOne();
  }
  if (thread_.joinable()) thread_.join();
  ReportDropped();
}

void AuditLog::Run() {
  while (true) {
    bool head_wanted = false, last = false;
    {
      MutexLock lock(mutex_);
      while (!stopping_ && !ticked_ && (!usable_ || queue_.empty())) changed_.Wait(mutex_);
      ticked_ = false;
      last = stopping_;
      head_wanted = std::exchange(head_wanted_, false) || last;
    }
    if (Prepare() && WriteQueued()) TellRecovery();
    if (head_wanted && usable_) observer_.HeadStands(writer_.head());
    if (last) return GiveUpPending();
  }
}

bool AuditLog::Prepare() {
  if (usable_) return true;
  if (!opened_) return FirstPrepare();
  if (const absl::Status reopened = writer_.Reopen(); !reopened.ok()) {
    Fail(reopened);
    return false;
  }
  usable_ = true;
  return true;
}

bool AuditLog::FirstPrepare() {
  const auto opened = writer_.Open([this](const Logged& logged) {
    if (logged.entry.action != kFirstPush) return;
    if (first_pushes_.size() < limits::kMaxFirstPushes / 2) {
      first_pushes_.insert(SenderOf(logged.entry));
    }
  });
  if (!opened.ok()) {
    Fail(opened.status());
    return false;
  }
  opened_ = usable_ = true;
  observer_.LogOpened(writer_.head());
  observer_.HeadStands(writer_.head());
  const Timestamp now = clock_.Now();
  for (const Break& at : opened->breaks) observer_.ChainBroken(at.ToText());
  if (!opened->breaks.empty()) {
    pending_.push_back({OwnEntry(kChainBroken, opened->breaks.front().ToText()), now});
    pending_.back().entry.outcome = Outcome::kFailed;
  }
  if (opened->torn_bytes > 0) {
    observer_.TailCut(opened->torn_bytes, opened->torn_file);
    pending_.push_back(
        {OwnEntry(kTailCut, absl::StrCat("cut ", opened->torn_bytes,
                                         " bytes of an unfinished line from ", opened->torn_file)),
         now});
  }
  return true;
}

bool AuditLog::WriteQueued() {
  while (true) {
    if (pending_.empty()) pending_ = TakeQueued();
    if (pending_.empty()) return true;
    const auto written = writer_.WriteSome(pending_);
    if (!written.ok()) {
      Fail(written.status());
      return false;
    }
    observer_.EntriesWritten(*written);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(*written));
  }
}

std::vector<Logged> AuditLog::TakeQueued() {
  std::deque<Logged> queued;
  {
    MutexLock lock(mutex_);
    queued.swap(queue_);
  }
  std::vector<Logged> taken;
  for (Logged& logged : queued) {
    if (IsToBeWritten(&logged)) taken.push_back(std::move(logged));
  }
  return taken;
}

/// False of a first push that was none. The one with which the memory of them is full becomes an
/// entry that says so, and those behind it are dropped.
bool AuditLog::IsToBeWritten(Logged* logged) {
  if (logged->entry.action != kFirstPush) return true;
  std::string sender = SenderOf(logged->entry);
  if (first_pushes_.contains(sender)) return false;
  if (first_pushes_.size() < limits::kMaxFirstPushes) {
    first_pushes_.insert(std::move(sender));
    return true;
  }
  observer_.EntriesDropped(1);
  if (std::exchange(first_pushes_full_, true)) return false;
  logged->entry = OwnEntry(
      kFirstPushesFull,
      absl::StrCat(limits::kMaxFirstPushes,
                   " first pushes are remembered; further ones are not recorded until a restart"));
  return true;
}

void AuditLog::Fail(const absl::Status& why) {
  usable_ = false;
  if (!std::exchange(failure_told_, true)) observer_.LogFailed(std::string(why.message()));
}

/// Not before what waited is written: to open the log again takes no room on the disk.
void AuditLog::TellRecovery() {
  if (std::exchange(failure_told_, false)) observer_.LogRecovered();
}

void AuditLog::GiveUpPending() {
  std::uint64_t lost = pending_.size();
  {
    MutexLock lock(mutex_);
    lost += queue_.size();
    queue_.clear();
  }
  pending_.clear();
  if (lost > 0) observer_.EntriesDropped(lost);
}

}  // namespace iocd::audit

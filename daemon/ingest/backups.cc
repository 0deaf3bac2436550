#include "ingest/backups.h"

#include <future>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ingest/send_backup.h"
#include "wire/status_mapping.h"

namespace iocd::ingest {
namespace {

absl::Status Stopping() {
  return absl::UnavailableError("the daemon is stopping: begin the backup again later");
}

}  // namespace

Backups::~Backups() {
  Drain();
  std::thread last;
  {
    MutexLock lock(mutex_);
    last = std::move(thread_);
  }
  if (last.joinable()) last.join();
}

grpc::ServerWriteReactor<ioc::v1::BackupPart>* Backups::Start(grpc::CallbackServerContext& context,
                                                              const door::CallerPtr& caller) {
  auto* stream = new BackupStream(context);
  absl::Status refused = engine_.CheckReady();
  if (refused.ok()) {
    MutexLock lock(mutex_);
    refused = CheckFree();
    if (refused.ok()) {
      // The thread before has given up its stream: it needs no lock any more, and ends.
      if (thread_.joinable()) thread_.join();
      current_ = stream;
      receiver_ = caller;
      thread_ = std::thread([this, stream, caller] { Run(stream, *caller); });
    }
  }
  if (!refused.ok()) {
    Record(*caller, audit::Outcome::kRefused, "", refused);
    stream->Finish(wire::ToGrpcStatus(refused));
  }
  return stream;
}

void Backups::Look() {
  MutexLock lock(mutex_);
  if (current_ == nullptr || receiver_ == nullptr) return;
  const auto renewed = doorkeeper_.Renew(receiver_, access::Action::kBackup);
  receiver_ = renewed.ok() ? *renewed : nullptr;
  if (!renewed.ok()) current_->Cancel(renewed.status());
}

void Backups::Drain() {
  MutexLock lock(mutex_);
  draining_ = true;
  if (current_ != nullptr) current_->End(Stopping());
}

absl::Status Backups::CheckFree() const {
  if (draining_) return Stopping();
  if (current_ != nullptr) {
    return absl::ResourceExhaustedError(
        "another backup is under way, and the daemon sends one at a time: begin again once it has "
        "ended");
  }
  return absl::OkStatus();
}

void Backups::Run(BackupStream* stream, const audit::Caller& caller) {
  const absl::Status sent = Send(stream, caller);
  if (sent.ok()) {
    Record(caller, audit::Outcome::kDone, "sent", sent);
  } else {
    Record(caller, audit::Outcome::kFailed, "not sent to its end", sent);
  }
  {
    MutexLock lock(mutex_);
    current_ = nullptr;
  }
  // From here on the next one may begin, as soon as this thread has ended.
  observer_.BackupEnds(sent);
  stream->Finish(wire::ToGrpcStatus(sent));  // last: the stream may be gone when it returns
}

absl::Status Backups::Send(BackupStream* stream, const audit::Caller& caller) {
  const auto files = Open();
  if (!files.ok()) return files.status();
  std::uint64_t bytes = 0;
  for (const engine::BackupFile& file : files->files) bytes += file.bytes;
  Record(caller, audit::Outcome::kDone,
         absl::StrCat("begun: ", files->files.size(), " files with ", bytes, " bytes"), {});
  observer_.BackupBegins(files->files.size(), bytes);
  return SendBackup(*files, {iocd_version_, engine_.catalogue()->data().territory},
                    [stream](const ioc::v1::BackupPart& part) { return stream->Write(part); });
}

absl::StatusOr<engine::BackupFiles> Backups::Open() {
  auto ledger = open_ledger_();
  if (!ledger.ok()) observer_.LedgerLeftOut(ledger.status());
  // Shared: the engine's thread may still be in set_value() when this one has gone on.
  auto opened = std::make_shared<std::promise<absl::StatusOr<engine::BackupFiles>>>();
  auto files = opened->get_future();
  engine_.OpenBackup(
      [opened](absl::StatusOr<engine::BackupFiles> given) { opened->set_value(std::move(given)); });
  auto all = files.get();
  if (all.ok() && ledger.ok()) all->files.push_back(*std::move(ledger));
  return all;
}

void Backups::Record(const audit::Caller& caller, audit::Outcome outcome, std::string what,
                     const absl::Status& why) {
  audit::Entry entry = audit::EntryOf(caller, audit::kBackup);
  entry.outcome = outcome;
  entry.what = std::move(what);
  entry.why = std::string(why.message());
  recorder_.Record(std::move(entry));
}

}  // namespace iocd::ingest

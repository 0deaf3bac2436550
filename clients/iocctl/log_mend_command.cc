#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/posix_file_system.h"
#include "engine/data_directory.h"
#include "engine/start_rehearsal.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/log_commands.h"
#include "iocctl/log_mend_view.h"
#include "iocctl/log_reading.h"

namespace iocctl {
namespace {

void Print(const LogMendReport& report, bool json) {
  std::cout << (json ? LogMendJson(report) + "\n" : LogMendText(report));
}

/// Takes the directory as a daemon does.
absl::StatusOr<std::unique_ptr<iocd::DirectoryLock>> Lock(const std::string& data_dir) {
  auto lock = iocd::PosixFileSystem().LockDirectory(data_dir);
  if (!absl::IsAlreadyExists(lock.status())) return lock;
  return absl::AlreadyExistsError(absl::StrCat(
      "a daemon runs on ", data_dir, ", or another mend: stop it first. Nothing was changed."));
}

/// What is damaged, and what a mend would do.
absl::Status Plan(const std::string& data_dir, LogMendReport* report) {
  auto survey = SurveyWithProgress("mend", data_dir);
  if (!survey.ok()) return survey.status();
  report->survey = std::move(survey->log);
  if (report->survey.damages.empty()) return absl::OkStatus();
  auto plan = iocd::eventlog::PlanMend(report->survey);
  if (!plan.ok()) return plan.status();
  report->plan = *std::move(plan);
  report->dictionary = CodesIn(data_dir);
  iocd::FileSystem& files = iocd::PosixFileSystem();
  report->starts_anyway = iocd::engine::RehearseStart(files, data_dir).status.ok();
  const absl::Status helps = iocd::engine::RehearseStartAfterMend(files, data_dir, report->plan);
  if (helps.ok()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "a mend would not help, the daemon could not start all the same: ", helps.message(),
      ". What stands behind the damage needs what is lost with it. Nothing was changed. Restore a "
      "backup with 'iocctl restore'."));
}

/// The caller holds the lock.
int DoMend(const CommonOptions& common, LogMendReport* report) {
  iocd::FileSystem& files = iocd::PosixFileSystem();
  const absl::Status done = iocd::eventlog::Mend(
      files, iocd::engine::LogDirectory(report->data_dir), report->plan, &report->mended);
  if (!done.ok()) {
    return Fail(kFailed, absl::StrCat("the mend stopped: ", done.message(),
                                      ". Each file is as it was or mended; run it again."));
  }
  report->done = true;
  Print(*report, common.json);
  const auto start = iocd::engine::RehearseStart(files, report->data_dir);
  if (!start.status.ok()) {
    return Fail(kFailed, absl::StrCat("the log is mended, but a daemon does not start: ",
                                      start.status.message()));
  }
  if (!common.json) std::cout << "A daemon can start now.\n";
  return kDone;
}

}  // namespace

int RunLogMend(const CommonOptions& common, const std::string& data_dir, bool accept_loss) {
  absl::Status found = FindLog(data_dir);
  if (found.ok() && accept_loss) found = MayChange(data_dir);
  if (!found.ok()) return Fail(kBadUsage, found.message());
  std::unique_ptr<iocd::DirectoryLock> lock;
  if (accept_loss) {
    auto taken = Lock(data_dir);
    if (!taken.ok()) return Fail(kFailed, taken.status().message());
    lock = *std::move(taken);
  }
  LogMendReport report;
  report.data_dir = data_dir;
  if (absl::Status planned = Plan(data_dir, &report); !planned.ok()) {
    return Fail(kFailed, planned.message());
  }
  if (accept_loss && !report.plan.files.empty()) return DoMend(common, &report);
  Print(report, common.json);
  return report.plan.files.empty() ? kDone : kFailed;
}

}  // namespace iocctl

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ioc/client/channel.h"
#include "iocctl/event_builder.h"

/// The commands of iocctl. Each prints its result on standard output, problems on standard error,
/// and returns the exit code.
namespace iocctl {

/// Flags of every command.
struct CommonOptions {
  std::string target = "127.0.0.1:7443";
  ioc::client::ChannelSecurity security;
  bool json = false;
};

struct PushOptions {
  std::string department, producer = "iocctl";
  std::optional<std::uint64_t> sequence;  // of the (first) batch
  std::string batch_id;  // of the batch; of a file: the beginning of each batch's id
  EventTexts event;
  std::string file;  // JSON lines in place of `event`; "-": standard input
  bool simulated = false, validate_only = false;
  std::string rejected_file;
  std::string spool;  // directory; empty: sends at once
};

struct ImportOptions {
  std::string file;
  std::string department;  // of rows that name none; empty: the indicator's owner
  bool dry_run = false;
  std::string certificates;  // directory with each department's own; empty: the common security
  std::string rejected_file;
  std::string spool;                // directory; empty: sends at once
  std::string producer = "iocctl";  // of the spool
};

struct StatusOptions {
  std::string scope;            // empty: all
  std::string language = "vi";  // or "en"
  bool all = false;
};

struct ReportsOptions {
  std::string scope;            // empty: all
  std::string language = "vi";  // or "en"
  std::uint32_t year = 0;       // 0: the present one
  bool all = false;
};

struct TargetsOptions {
  std::string scope;            // empty: all
  bool all = false;             // those too that were superseded
  std::string language = "vi";  // or "en"
};

struct WatchOptions {
  std::string scope;            // empty: all
  std::string language = "vi";  // or "en"
};

struct ResumeOptions {
  std::string department, producer = "iocctl";
};

struct SpoolSendOptions {
  std::string spool;
  bool until_empty = false;
  std::optional<double> seconds;  // ends after so long
};

struct SpoolRejectedOptions {
  std::string spool;
  std::string out;  // appends to this file; empty: standard output
  bool clear = false;
};

struct SpoolStatusOptions {
  std::string spool;
  std::string language = "en";  // or "vi"
  bool acknowledge_loss = false;
};

struct RestoreOptions {
  std::string backup, data_directory;
};

int RunPush(const CommonOptions& common, const PushOptions& options);
int RunImport(const CommonOptions& common, const ImportOptions& options);
int RunStatus(const CommonOptions& common, const StatusOptions& options);
/// Shows every target with what it asks, where it stands and which document asks for it.
int RunTargets(const CommonOptions& common, const TargetsOptions& options);
/// Shows who was late how often in a year, or each report of a department.
int RunReports(const CommonOptions& common, const ReportsOptions& options);
/// Shows what stands, and then what changes, until Ctrl-C.
int RunWatch(const CommonOptions& common, const WatchOptions& options);
int RunResume(const CommonOptions& common, const ResumeOptions& options);
/// Shows the daemon's clock; `confirm` lifts its doubt first.
int RunClock(const CommonOptions& common, bool confirm);
/// Says whether the daemon takes batches; kFailed where it does not.
int RunHealth(const CommonOptions& common);
/// Lets the daemon read its configuration again.
int RunReload(const CommonOptions& common);
int RunSpoolSend(const CommonOptions& common, const SpoolSendOptions& options);
int RunSpoolStatus(const CommonOptions& common, const SpoolStatusOptions& options);
int RunSpoolRejected(const SpoolRejectedOptions& options);
/// Makes a backup in `directory`, which must not exist.
int RunBackup(const CommonOptions& common, const std::string& directory);
int RunRestore(const CommonOptions& common, const RestoreOptions& options);
/// Makes a bearer token and its entry for the file of identities. `until`: a date, or empty.
int RunTokenNew(const CommonOptions& common, const std::string& until);
int RunCheckConfig(const CommonOptions& common, const std::string& file, bool insecure_listen);

}  // namespace iocctl

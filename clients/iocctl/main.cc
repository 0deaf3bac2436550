#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "base/nearest.h"
#include "iocctl/audit_flags.h"
#include "iocctl/backup_flags.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/log_flags.h"
#include "iocctl/spool_flags.h"
#include "tool/connection_flags.h"
#include "tool/quiet_grpc.h"

namespace {

struct Options {
  iocctl::CommonOptions common;
  iocctl::PushOptions push;
  iocctl::ImportOptions import;
  iocctl::StatusOptions status;
  iocctl::TargetsOptions targets;
  iocctl::ReportsOptions reports;
  iocctl::WatchOptions watch;
  iocctl::ResumeOptions resume;
  iocctl::SpoolFlags spool;
  iocctl::LogFlags log;
  iocctl::BackupFlags backup;
  iocctl::AuditFlags audit;
  std::string config_file;
  bool insecure_listen = false;
  std::string token_until;
};

void AddEventOptions(CLI::App& command, iocctl::EventTexts& event, CLI::Option* file) {
  const auto add = [&](const char* name, std::string& text, const char* help) {
    return command.add_option(name, text, help)->excludes(file);
  };
  add("--indicator", event.indicator, "Code of the indicator");
  add("--member", event.member, "Member of the indicator's set, e.g. moc_chau");
  add("--value", event.value, "The value; a percent as 47.82% or 0.4782");
  add("--numerator", event.numerator, "Of a ratio, with --denominator");
  add("--denominator", event.denominator, "Of a ratio, with --numerator");
  add("--weight", event.weight, "Of a score, e.g. the number of answers");
  add("--time", event.time, "2024-05-04T08:00:00+07:00, 2024-05-04, 2024 (its end) or now")
      ->capture_default_str();
  add("--reference", event.reference, "Code of the source record");
}

CLI::App* AddPush(CLI::App& app, iocctl::PushOptions& push) {
  CLI::App* command = app.add_subcommand("push", "Sends one event, or a file of events");
  command->add_option("--department", push.department, "Code of the department that sends")
      ->required();
  command->add_option("--producer", push.producer, "Name of the sending system")
      ->capture_default_str();
  auto* sequence =
      command->add_option("--sequence", push.sequence,
                          "Number of the (first) batch: the same number again counts once");
  auto* batch_id = command->add_option("--batch-id", push.batch_id, "An id in place of a number")
                       ->excludes(sequence);
  auto* file =
      command->add_option("--file", push.file, "Events as JSON lines; - is standard input");
  push.event.time = "now";
  AddEventOptions(*command, push.event, file);
  auto* simulated = command->add_flag("--simulated", push.simulated,
                                      "Mark as made up (daemons with --demo only)");
  auto* validate_only =
      command->add_flag("--validate-only", push.validate_only, "Answer as if, change nothing");
  auto* rejected = command->add_option("--rejected", push.rejected_file,
                                       "Append refused events to this file, as JSON lines");
  auto* spool = command->add_option(
      "--spool", push.spool, "Keep in the spool of this directory; 'iocctl spool send' sends it");
  for (auto* other : {sequence, batch_id, simulated, validate_only, rejected}) {
    spool->excludes(other);
  }
  return command;
}

CLI::App* AddImport(CLI::App& app, iocctl::ImportOptions& import) {
  CLI::App* command = app.add_subcommand(
      "import", "Sends the figures of a CSV or TSV file; the same file again counts once");
  command->add_option("FILE", import.file, "Columns are named by its first line")->required();
  auto* department = command->add_option(
      "--department", import.department,
      "Sends the rows that name no department; else the indicator's owner does");
  auto* certificates =
      command->add_option("--certificates", import.certificates,
                          "Directory with department-CODE.crt and .key: each sends with its own");
  auto* dry_run =
      command->add_flag("--dry-run", import.dry_run, "Check everything, change nothing");
  auto* rejected = command->add_option("--rejected", import.rejected_file,
                                       "Append refused events to this file, as JSON lines");
  auto* spool = command->add_option(
      "--spool", import.spool, "Keep in the spool of this directory; 'iocctl spool send' sends it");
  spool->needs(department)->excludes(dry_run)->excludes(rejected)->excludes(certificates);
  command->add_option("--producer", import.producer, "Name of the sending system, of the spool")
      ->needs(spool)
      ->capture_default_str();
  return command;
}

void AddLanguage(CLI::App& command, std::string& language) {
  command.add_option("--lang", language, "Language of names and words")
      ->check(CLI::IsMember({"en", "vi"}))
      ->capture_default_str();
}

CLI::App* AddStatus(CLI::App& app, iocctl::StatusOptions& status) {
  CLI::App* command = app.add_subcommand("status", "Which targets lag, and who has not reported");
  command->add_option("--scope", status.scope, "province or a department's code; else all");
  AddLanguage(*command, status.language);
  command->add_flag("--all", status.all, "Also what is well, and each report that is owed");
  return command;
}

CLI::App* AddReports(CLI::App& app, iocctl::ReportsOptions& reports) {
  CLI::App* command =
      app.add_subcommand("reports", "How many reports of each department came late in a year");
  command->add_option("--scope", reports.scope, "province or a department's code; else all");
  command->add_option("--year", reports.year, "By the day on which they are due; else this year");
  AddLanguage(*command, reports.language);
  command->add_flag("--all", reports.all, "Each report of the year, of one department");
  return command;
}

CLI::App* AddTargets(CLI::App& app, iocctl::TargetsOptions& targets) {
  CLI::App* command = app.add_subcommand(
      "targets", "What is asked by which document until when, and where it stands");
  command->add_option("--scope", targets.scope, "province or a department's code; else all");
  command->add_flag("--all", targets.all, "Also those that a newer document has superseded");
  AddLanguage(*command, targets.language);
  return command;
}

CLI::App* AddWatch(CLI::App& app, iocctl::WatchOptions& watch) {
  CLI::App* command = app.add_subcommand(
      "watch", "What stands, and then what changes of targets and reports, until Ctrl-C");
  command->add_option("--scope", watch.scope, "province or a department's code; else all");
  AddLanguage(*command, watch.language);
  return command;
}

CLI::App* AddResume(CLI::App& app, iocctl::ResumeOptions& resume) {
  CLI::App* command =
      app.add_subcommand("resume", "Where a producer goes on that lost its memory, and its gaps");
  command->add_option("--department", resume.department, "Code of the department that sends")
      ->required();
  command->add_option("--producer", resume.producer, "Name of the sending system")
      ->capture_default_str();
  return command;
}

/// Why a word is no command of iocctl, or of the command before it; empty if that is not what is
/// wrong.
std::string UnknownCommand(const CLI::App& app) {
  const CLI::App* within = &app;
  while (!within->get_subcommands().empty()) within = within->get_subcommands().front();
  const std::vector<std::string> unknown = app.remaining(true);
  std::vector<absl::string_view> commands;
  for (const CLI::App* command : within->get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(command->get_name());
  }
  if (commands.empty() || unknown.empty() || unknown.front()[0] == '-') return "";
  return absl::StrCat("there is no command '", unknown.front(), "'",
                      iocd::DidYouMean(unknown.front(), commands),
                      "; known: ", absl::StrJoin(commands, ", "));
}

}  // namespace

int main(int argc, char** argv) {
  ioc::tool::KeepGrpcQuiet();
  CLI::App app("For operators and clerks: sends events and figures, shows how things stand",
               "iocctl");
  app.require_subcommand(1);
  app.fallthrough();  // --target and --json may also stand after the command
  Options options;
  ioc::tool::AddConnectionFlags(app, options.common.target, options.common.security);
  app.add_flag("--json", options.common.json, "One JSON object, for scripts");
  CLI::App* push = AddPush(app, options.push);
  CLI::App* import = AddImport(app, options.import);
  CLI::App* status = AddStatus(app, options.status);
  CLI::App* targets = AddTargets(app, options.targets);
  CLI::App* reports = AddReports(app, options.reports);
  CLI::App* watch = AddWatch(app, options.watch);
  CLI::App* resume = AddResume(app, options.resume);
  CLI::App* clock = app.add_subcommand("clock", "The daemon's clock, and whether it is in doubt");
  CLI::App* confirm = clock->add_subcommand(
      "confirm", "Says that it is right as it is: compare it with another clock first");
  CLI::App* token = app.add_subcommand("token", "Bearer tokens, for systems without certificates");
  token->require_subcommand(1);
  token->add_subcommand("new", "Makes one, and its entry for the file of identities")
      ->add_option("--until", options.token_until, "2027-12-31: good until that day begins");
  CLI::App* reload = app.add_subcommand(
      "reload", "Lets the daemon read its configuration again, and says what that changed");
  CLI::App* health = app.add_subcommand(
      "health", "Whether the daemon takes batches; ends with 1 where it does not");
  iocctl::AddSpool(app, options.spool);
  iocctl::AddLog(app, options.log);
  iocctl::AddBackup(app, options.backup);
  iocctl::AddAudit(app, options.audit);
  CLI::App* check = app.add_subcommand("check-config", "Checks a configuration, without a daemon");
  check->add_option("FILE", options.config_file, "iocd.yaml")->required();
  check->add_flag("--insecure-listen", options.insecure_listen,
                  "for a daemon that is started with it");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string unknown = error.get_exit_code() == 0 ? "" : UnknownCommand(app);
    if (!unknown.empty()) return iocctl::Fail(iocctl::kBadUsage, unknown);
    return app.exit(error) == 0 ? iocctl::kDone : iocctl::kBadUsage;
  }
  if (*push) {
    if (options.push.file.empty() && options.push.event.indicator.empty()) {
      return iocctl::Fail(iocctl::kBadUsage, "push needs --indicator with a value, or --file");
    }
    return iocctl::RunPush(options.common, options.push);
  }
  if (*import) return iocctl::RunImport(options.common, options.import);
  if (*status) return iocctl::RunStatus(options.common, options.status);
  if (*targets) return iocctl::RunTargets(options.common, options.targets);
  if (*reports) return iocctl::RunReports(options.common, options.reports);
  if (*watch) return iocctl::RunWatch(options.common, options.watch);
  if (*resume) return iocctl::RunResume(options.common, options.resume);
  if (*clock) return iocctl::RunClock(options.common, confirm->parsed());
  if (*token) return iocctl::RunTokenNew(options.common, options.token_until);
  if (*reload) return iocctl::RunReload(options.common);
  if (*health) return iocctl::RunHealth(options.common);
  if (const auto code = iocctl::RunSpool(options.common, options.spool)) return *code;
  if (const auto code = iocctl::RunLog(options.common, options.log)) return *code;
  if (const auto code = iocctl::RunBackups(options.common, options.backup)) return *code;
  if (const auto code = iocctl::RunAudit(options.common, options.audit)) return *code;
  return iocctl::RunCheckConfig(options.common, options.config_file, options.insecure_listen);
}

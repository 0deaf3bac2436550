#include "iocctl/log_flags.h"

namespace iocctl {
namespace {

CLI::App* Add(CLI::App& log, const char* name, const char* help, std::string& data_dir) {
  CLI::App* command = log.add_subcommand(name, help);
  command->add_option("--data-dir", data_dir, "Data directory of the daemon")
      ->type_name("DIR")
      ->capture_default_str();
  return command;
}

void AddDumpFilters(CLI::App& dump, LogDumpOptions& options) {
  dump.add_option("--department", options.department,
                  "Only what this department sent, or others sent for it");
  dump.add_option("--producer", options.producer, "Only batches of this sending system");
  dump.add_option("--sequence", options.sequence, "Only batches with this number");
  dump.add_option("--indicator", options.indicator, "Only events of this indicator");
  dump.add_option("--reference", options.reference, "Only events of this source record");
  dump.add_option("--from", options.from,
                  "Only what arrived then or later: 2026-11-22T08:00:00+07:00 or 2026-11-22");
  dump.add_option("--to", options.to, "Only what arrived before");
}

}  // namespace

void AddLog(CLI::App& app, LogFlags& flags) {
  CLI::App* log = app.add_subcommand(
      "log", "What stands in a daemon's data directory: shows it, checks it, mends it");
  log->require_subcommand(1);
  flags.inspect = Add(*log, "inspect", "What is there, and what a start of the daemon would do",
                      flags.data_dir);
  flags.verify =
      Add(*log, "verify", "Reads every byte and says what is damaged, if anything", flags.data_dir);
  flags.dump = Add(*log, "dump", "The records as JSON lines, all or some", flags.data_dir);
  AddDumpFilters(*flags.dump, flags.dump_options);
  flags.mend = Add(*log, "mend", "Says what damage has destroyed, and lets a daemon start without",
                   flags.data_dir);
  flags.mend->add_flag("--accept-loss", flags.accept_loss, "Give it up for good, and mend the log");
}

std::optional<int> RunLog(const CommonOptions& common, const LogFlags& flags) {
  if (*flags.inspect) return RunLogInspect(common, flags.data_dir);
  if (*flags.verify) return RunLogVerify(common, flags.data_dir);
  if (*flags.dump) return RunLogDump(flags.data_dir, flags.dump_options);
  if (*flags.mend) return RunLogMend(common, flags.data_dir, flags.accept_loss);
  return std::nullopt;
}

}  // namespace iocctl

#include "iocctl/spool_flags.h"

namespace iocctl {
namespace {

CLI::App* Add(CLI::App& spool, const char* name, const char* help, std::string& directory) {
  CLI::App* command = spool.add_subcommand(name, help);
  command->add_option("--spool", directory, "Directory of the spool")->required();
  return command;
}

}  // namespace

void AddSpool(CLI::App& app, SpoolFlags& flags) {
  CLI::App* spool = app.add_subcommand(
      "spool", "What 'push --spool' and 'import --spool' keep: sends it, shows it");
  spool->require_subcommand(1);
  flags.send = Add(*spool, "send", "Sends what waits, until Ctrl-C", flags.send_options.spool);
  flags.send->add_flag("--until-empty", flags.send_options.until_empty, "Ends once nothing waits");
  flags.send->add_option("--for", flags.send_options.seconds, "Ends after so many seconds")
      ->check(CLI::PositiveNumber);
  flags.status =
      Add(*spool, "status", "Whether all is well, and what waits", flags.status_options.spool);
  flags.status->add_option("--lang", flags.status_options.language, "Language of the text")
      ->check(CLI::IsMember({"en", "vi"}))
      ->capture_default_str();
  flags.status->add_flag("--acknowledge-loss", flags.status_options.acknowledge_loss,
                         "What the centre had lost was put in again: no longer an alarm");
  flags.rejected =
      Add(*spool, "rejected", "Refused events, as JSON lines", flags.rejected_options.spool);
  auto* out =
      flags.rejected->add_option("--out", flags.rejected_options.out, "Append them to this file");
  flags.rejected
      ->add_flag("--clear", flags.rejected_options.clear,
                 "Remove from the spool what was written to the file")
      ->needs(out);
}

std::optional<int> RunSpool(const CommonOptions& common, const SpoolFlags& flags) {
  if (*flags.send) return RunSpoolSend(common, flags.send_options);
  if (*flags.status) return RunSpoolStatus(common, flags.status_options);
  if (*flags.rejected) return RunSpoolRejected(flags.rejected_options);
  return std::nullopt;
}

}  // namespace iocctl

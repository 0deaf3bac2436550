#include "iocctl/audit_flags.h"

namespace iocctl {
namespace {

CLI::App* Add(CLI::App& audit, const char* name, const char* help, std::string& data_dir) {
  CLI::App* command = audit.add_subcommand(name, help);
  command->add_option("--data-dir", data_dir, "Data directory of the daemon")
      ->type_name("DIR")
      ->capture_default_str();
  return command;
}

}  // namespace

void AddAudit(CLI::App& app, AuditFlags& flags) {
  CLI::App* audit =
      app.add_subcommand("audit", "Who did what from where: shows the audit log, checks its chain");
  audit->require_subcommand(1);
  flags.verify = Add(*audit, "verify",
                     "Reads every line and says where it was changed, if anywhere", flags.data_dir);
  flags.verify->add_option("--head", flags.head,
                           "A hash that the daemon once logged: an entry has to have it");
  flags.show = Add(*audit, "show", "The entries, all or some", flags.data_dir);
  AuditShowOptions& show = flags.show_options;
  flags.show->add_option(
      "--since", show.since,
      "Only what happened then or later: 2026-11-22T08:00:00+07:00 or 2026-11-22");
  flags.show->add_option("--until", show.until, "Only what happened before");
  flags.show->add_option("--who", show.who, "Only this identity; '' for those without one");
  flags.show->add_option("--action", show.action, "Only this action, e.g. reload");
  flags.show->add_flag("--refused", show.refused, "Only what was refused");
}

std::optional<int> RunAudit(const CommonOptions& common, const AuditFlags& flags) {
  if (*flags.verify) return RunAuditVerify(common, flags.data_dir, flags.head);
  if (*flags.show) return RunAuditShow(common, flags.data_dir, flags.show_options);
  return std::nullopt;
}

}  // namespace iocctl

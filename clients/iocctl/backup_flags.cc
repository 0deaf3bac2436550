#include "iocctl/backup_flags.h"

namespace iocctl {

void AddBackup(CLI::App& app, BackupFlags& flags) {
  flags.backup = app.add_subcommand("backup", "Copies the data of a running daemon, and checks it");
  flags.backup->add_option("DIR", flags.directory, "Does not exist yet")->required();
  flags.restore =
      app.add_subcommand("restore", "Makes a data directory from a backup, without a daemon");
  flags.restore->add_option("BACKUP", flags.restore_options.backup, "Made by 'iocctl backup'")
      ->required();
  flags.restore
      ->add_option("DATA_DIR", flags.restore_options.data_directory,
                   "For --data-dir of iocd; does not exist yet, or is empty")
      ->required();
}

std::optional<int> RunBackups(const CommonOptions& common, const BackupFlags& flags) {
  if (*flags.backup) return RunBackup(common, flags.directory);
  if (*flags.restore) return RunRestore(common, flags.restore_options);
  return std::nullopt;
}

}  // namespace iocctl

#include <iostream>

#include "absl/strings/str_cat.h"
#include "backup/manifest.h"
#include "backup/restore.h"
#include "base/posix_file_system.h"
#include "iocctl/backup_view.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/terminal.h"

namespace iocctl {

int RunRestore(const CommonOptions& common, const RestoreOptions& options) {
  TransferProgress progress("copied and checked");
  const auto manifest = ioc::backup::Restore(
      iocd::PosixFileSystem(), options.backup, options.data_directory,
      [&](std::uint64_t done, std::uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  if (!manifest.ok()) {
    return Fail(ExitCodeOf(manifest.status()),
                absl::StrCat(manifest.status().message(), "; nothing was restored"));
  }
  if (common.json) {
    std::cout << BackupJson("dataDirectory", options.data_directory, *manifest) << "\n";
  } else {
    std::cout << RestoreText(options.backup, options.data_directory, *manifest);
  }
  return kDone;
}

}  // namespace iocctl

#include "iocctl/log_reading.h"

#include <optional>

#include "base/posix_file_system.h"
#include "iocctl/data_directory.h"
#include "iocctl/terminal.h"

namespace iocctl {

absl::StatusOr<iocd::engine::DataSurvey> SurveyWithProgress(const std::string& what,
                                                            const std::string& data_dir) {
  if (absl::Status found = FindLog(data_dir); !found.ok()) return found;
  std::optional<Progress> progress;
  return iocd::engine::SurveyData(iocd::PosixFileSystem(), data_dir,
                                  [&](std::uint64_t done, std::uint64_t of) {
                                    if (!progress) progress.emplace(what + ", bytes read", of);
                                    progress->Show(done);
                                  });
}

iocd::engine::Dictionary CodesIn(const std::string& data_dir) {
  auto readings = iocd::engine::PrepareToRead(iocd::PosixFileSystem(), data_dir);
  return readings.ok() ? std::move(readings->dictionary) : iocd::engine::Dictionary();
}

}  // namespace iocctl

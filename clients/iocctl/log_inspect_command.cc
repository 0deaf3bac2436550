#include <iostream>
#include <utility>

#include "base/posix_file_system.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/log_commands.h"
#include "iocctl/log_inspect_view.h"
#include "iocctl/log_reading.h"
#include "iocctl/terminal.h"

namespace iocctl {

int RunLogInspect(const CommonOptions& common, const std::string& data_dir) {
  if (absl::Status found = FindLog(data_dir); !found.ok()) return Fail(kBadUsage, found.message());
  LogInspection inspection;
  inspection.data_dir = data_dir;
  inspection.daemon_holds_it = DaemonHolds(data_dir);
  auto survey = SurveyWithProgress("inspect", data_dir);
  if (!survey.ok()) return Fail(kFailed, survey.status().message());
  inspection.survey = *std::move(survey);
  if (!inspection.survey.log.damages.empty()) inspection.dictionary = CodesIn(data_dir);
  inspection.start = iocd::engine::RehearseStart(iocd::PosixFileSystem(), data_dir);
  if (common.json) {
    std::cout << LogInspectionJson(inspection) << "\n";
  } else {
    std::cout << LogInspectionText(inspection, WantsColor());
  }
  return kDone;
}

}  // namespace iocctl

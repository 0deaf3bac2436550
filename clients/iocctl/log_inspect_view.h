#pragma once

#include <string>

#include "engine/data_survey.h"
#include "engine/start_rehearsal.h"

namespace iocctl {

/// What `iocctl log inspect` has found.
struct LogInspection {
  std::string data_dir;
  bool daemon_holds_it = false;
  iocd::engine::DataSurvey survey;
  iocd::engine::Dictionary dictionary;
  iocd::engine::StartRehearsal start;
};

/// For people. `colored`: damage is red.
std::string LogInspectionText(const LogInspection& inspection, bool colored);
/// One JSON object.
std::string LogInspectionJson(const LogInspection& inspection);

}  // namespace iocctl

#pragma once

#include <string>
#include <vector>

#include "engine/data_survey.h"
#include "eventlog/log_mend.h"

namespace iocctl {

/// What `iocctl log mend` has to tell.
struct LogMendReport {
  std::string data_dir;
  iocd::eventlog::LogSurvey survey;  // before anything was changed
  iocd::eventlog::MendPlan plan;
  iocd::engine::Dictionary dictionary;
  bool starts_anyway = false;  // a daemon starts in spite of the damage
  bool done = false;
  std::vector<iocd::eventlog::MendedFile> mended;  // if done
};

/// Bytes that a plan gives up.
std::uint64_t LostBytes(const iocd::eventlog::MendPlan& plan);

/// For people.
std::string LogMendText(const LogMendReport& report);
/// One JSON object.
std::string LogMendJson(const LogMendReport& report);

}  // namespace iocctl

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/data_survey.h"

namespace iocctl {

/// Surveys a data directory, with progress on a terminal. An error is a sentence for people.
absl::StatusOr<iocd::engine::DataSurvey> SurveyWithProgress(const std::string& what,
                                                            const std::string& data_dir);

/// The codes of ids, for texts; empty if they cannot be read.
iocd::engine::Dictionary CodesIn(const std::string& data_dir);

}  // namespace iocctl

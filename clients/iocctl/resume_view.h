#pragma once

#include <string>

#include "ioc/v1/ingest.pb.h"

namespace iocctl {

/// Where a producer goes on, for people: a sentence, then a line for each gap and what was closed.
std::string ResumeText(const std::string& department, const std::string& producer,
                       const ioc::v1::ResumeResponse& resumed);

}  // namespace iocctl

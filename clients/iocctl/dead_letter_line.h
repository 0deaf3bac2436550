#pragma once

#include <string>

#include "ioc/client/dead_letter.h"

namespace iocctl {

/// A dead letter as people keep and mend it: {"code", "message", "event"} on one line.
std::string DeadLetterLine(const ioc::client::DeadLetter& letter);

}  // namespace iocctl

#pragma once

#include "base/timestamp.h"

namespace iocd {

/// How long this thread has run on a processor; waiting does not count.
Duration ProcessorTimeOfThread();

}  // namespace iocd

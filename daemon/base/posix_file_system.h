#pragma once

#include "base/file_system.h"

namespace iocd {

/// The real file system. Lives as long as the process.
FileSystem& PosixFileSystem();

}  // namespace iocd

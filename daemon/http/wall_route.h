#pragma once

#include "http/message.h"
#include "wall/wall_files.h"

namespace iocd::http {

/// A file of the wall, or 304 if the browser says that it has this very text. What it holds may
/// load and call nothing but this daemon.
Response ServeWallFile(const wall::WallFile& file, const Request& request);

}  // namespace iocd::http

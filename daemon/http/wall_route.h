#pragma once

#include "absl/strings/string_view.h"
#include "http/message.h"
#include "wall/wall_files.h"

namespace iocd::http {

/// What the wall has at a path: at "/" its page, under "/wall/" what that needs. nullptr: nothing.
const wall::WallFile* WallFileAt(absl::string_view path);

/// A file of the wall, or 304 if the browser says that it has this very text. What it holds may
/// load and call nothing but this daemon.
Response ServeWallFile(const wall::WallFile& file, const Request& request);

}  // namespace iocd::http

#pragma once

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace iocd::wall {

/// One file of the wall, as it stands in this folder. Its texts last as long as the program.
struct WallFile {
  absl::string_view name;          // "index.html"
  absl::string_view content_type;  // "text/html; charset=utf-8"
  absl::string_view etag;          // weak, in its quotes; another one for another text
  absl::string_view text;          // UTF-8
};

/// Every file of the wall (CMakeLists.txt lists them). Thread-safe.
absl::Span<const WallFile> WallFiles();

/// nullptr: the wall has no such file. Thread-safe.
const WallFile* FindWallFile(absl::string_view name);

}  // namespace iocd::wall

#include "wall/wall_files.h"

#include <algorithm>

namespace iocd::wall {

const WallFile* FindWallFile(absl::string_view name) {
  const absl::Span<const WallFile> files = WallFiles();
  const auto* found = std::find_if(files.begin(), files.end(),
                                   [name](const WallFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : found;
}

}  // namespace iocd::wall

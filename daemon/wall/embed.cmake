# cmake -DOUT=FILE.cc -DFILES="a.js;b.css" -P embed.cmake: writes the C++ source that holds the text of
# each file, its type and the hash that tells one version of it from another.
set(TYPE_.html "text/html; charset=utf-8")
set(TYPE_.css "text/css; charset=utf-8")
set(TYPE_.js "text/javascript; charset=utf-8")

set(rows "")
foreach(path IN LISTS FILES)
  get_filename_component(name "${path}" NAME)
  get_filename_component(extension "${path}" LAST_EXT)
  if(NOT DEFINED TYPE_${extension})
    message(FATAL_ERROR "${path}: embed.cmake knows no content type for ${extension}")
  endif()
  file(READ "${path}" text)
  file(SHA256 "${path}" hash)
  string(SUBSTRING "${hash}" 0 16 hash)
  string(APPEND rows "    {\"${name}\", \"${TYPE_${extension}}\", \"W/\\\"${hash}\\\"\",\n"
                     "     R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made by daemon/wall/embed.cmake.
#include \"wall/wall_files.h\"

namespace iocd::wall {
namespace {

constexpr WallFile kFiles[] = {
${rows}};

}  // namespace

absl::Span<const WallFile> WallFiles() { return kFiles; }

}  // namespace iocd::wall
")

#include "exposition/gzip.h"

#include <zlib.h>

#include <new>

namespace iocd::exposition {
namespace {

constexpr int kFastest = 1;
constexpr int kWindowBits = 15;
constexpr int kGzipHeader = 16;  // zlib: added to the window bits, asks for gzip instead of zlib
constexpr int kMemoryLevel = 8;  // zlib's default

}  // namespace

std::string Gzip(absl::string_view text) {
  z_stream stream{};
  // The only failure with these arguments is a lack of memory.
  if (deflateInit2(&stream, kFastest, Z_DEFLATED, kWindowBits + kGzipHeader, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // ends in one call: the buffer has room for the worst case
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace iocd::exposition

#include "exposition/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace iocd::exposition {
namespace {

std::string Gunzip(const std::string& compressed, std::size_t size) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(GzipTest, GivesBackTheTextWhenUnpacked) {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "ioc_indicator_value{n=\"" + std::to_string(i) + "\"} 1\n";
  const std::string compressed = Gzip(text);
  EXPECT_LT(compressed.size(), text.size() / 4);
  EXPECT_EQ(Gunzip(compressed, text.size()), text);
}

TEST(GzipTest, TakesTextThatCannotShrink) {
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 10'000; ++i) {
    state = state * 1664525 + 1013904223;
    noise.push_back(static_cast<char>(state >> 24));
  }
  EXPECT_EQ(Gunzip(Gzip(noise), noise.size()), noise);
  EXPECT_EQ(Gunzip(Gzip(""), 0), "");
}

}  // namespace
}  // namespace iocd::exposition

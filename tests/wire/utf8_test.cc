#include "base/utf8.h"

#include <google/protobuf/stubs/common.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace iocd {
namespace {

bool ProtobufSaysUtf8(const std::string& text) {
  return google::protobuf::internal::IsStructurallyValidUTF8(text.data(),
                                                             static_cast<int>(text.size()));
}

TEST(Utf8Test, AgreesWithProtobufOnEveryPairOfLeadingBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      for (const char* rest : {"", "\x80", "\x80\xBF", "a", "\x80\x80\x80"}) {
        // Eight plain characters in front take the path that looks at whole words.
        for (const char* front : {"", "abcdefgh"}) {
          const std::string text = front + std::string{static_cast<char>(first)} +
                                   std::string{static_cast<char>(second)} + rest;
          ASSERT_EQ(IsUtf8(text), ProtobufSaysUtf8(text)) << first << " " << second << " " << rest;
        }
      }
    }
  }
}

TEST(Utf8Test, AgreesWithProtobufOnRandomBytes) {
  std::mt19937 random(1);
  const std::string pieces[] = {"a",
                                "Sở",
                                "tỉnh Sơn La",
                                "\xF0\x9F\x8C\x8A",
                                "\xED\xA0\x80",
                                "\xC0\x80",
                                "\xF4\x90\x80\x80",
                                "\xE1\xBB",
                                "\xFF"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int n = static_cast<int>(random() % 8); n > 0; --n) text += pieces[random() % 9];
    ASSERT_EQ(IsUtf8(text), ProtobufSaysUtf8(text)) << text;
  }
}

TEST(Utf8Test, CountsCharactersNotBytes) { EXPECT_EQ(CountCharacters("Sở Y tế"), 7U); }

TEST(Utf8Test, CutsAQuotedTextBetweenCharacters) {
  const std::string sixty_three(63, 'x');
  EXPECT_EQ(Quoted(sixty_three + "ở"), "'" + sixty_three + "…'");
  EXPECT_EQ(Quoted("Sở\n"), "'Sở\\n'");
}

}  // namespace
}  // namespace iocd

#include "base/hexadecimal.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace iocd {

bool IsHexadecimal(absl::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

}  // namespace iocd

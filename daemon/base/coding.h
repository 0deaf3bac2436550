#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "absl/strings/string_view.h"

namespace iocd {

static_assert(std::endian::native == std::endian::little,
              "log and canonical forms are little-endian and written by plain copies");

/// Appends a number in little-endian order.
template <typename Number>
void Put(std::string* out, Number number) {
  static_assert(std::is_arithmetic_v<Number>);
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out->append(bytes, sizeof number);
}

/// Overwrites a number that was put before at `offset`.
template <typename Number>
void PutAt(std::string* out, std::size_t offset, Number number) {
  std::memcpy(out->data() + offset, &number, sizeof number);
}

/// Appends a text behind its length, which takes one `Length` (the caller keeps it in range).
template <typename Length>
void PutText(std::string* out, absl::string_view text) {
  Put<Length>(out, static_cast<Length>(text.size()));
  out->append(text.data(), text.size());
}

/// Reads what the functions above wrote. After a read past the end everything reads as zero or
/// empty and ok() is false.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  template <typename Number>
  Number Get() {
    Number number{};
    if (const char* bytes = Take(sizeof number)) std::memcpy(&number, bytes, sizeof number);
    return number;
  }

  template <typename Length>
  absl::string_view GetText() {
    return GetBytes(Get<Length>());
  }

  absl::string_view GetBytes(std::size_t length) {
    const char* bytes = Take(length);
    return bytes == nullptr ? absl::string_view() : absl::string_view(bytes, length);
  }

  bool ok() const { return ok_; }
  absl::string_view rest() const { return rest_; }

 private:
  const char* Take(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return nullptr;
    }
    const char* bytes = rest_.data();
    rest_.remove_prefix(size);
    return bytes;
  }

  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace iocd

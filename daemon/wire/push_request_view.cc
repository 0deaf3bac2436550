#include "wire/push_request_view.h"

#include <string>

#include "base/utf8.h"

namespace iocd::wire {
namespace {

absl::Status Malformed(std::size_t offset) {
  return absl::InvalidArgumentError(
      absl::StrCat("these bytes are not an ioc.v1.PushRequest: malformed at byte ", offset));
}

absl::Status NotUtf8(absl::string_view field) {
  return absl::InvalidArgumentError(absl::StrCat(field, " is not valid UTF-8"));
}

}  // namespace

absl::StatusOr<PushRequestView> PushRequestView::Parse(absl::string_view bytes) {
  constexpr std::uint32_t kVarint = WireReader::kVarint, kBytes = WireReader::kBytes;
  PushRequestView view;
  view.bytes_ = bytes;
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    const std::size_t offset = reader.position() - bytes.data();
    std::uint32_t tag = 0;
    std::uint64_t number = 0;
    absl::string_view text;
    if (!reader.ReadTag(&tag)) return Malformed(offset);
    bool read = false;
    switch (tag) {
      case WireReader::Tag(1, kBytes):
        read = reader.ReadBytes(&view.department_);
        if (!IsUtf8(view.department_)) return NotUtf8("department");
        break;
      case WireReader::Tag(2, kBytes):
        read = reader.ReadBytes(&view.producer_);
        if (!IsUtf8(view.producer_)) return NotUtf8("producer");
        break;
      case WireReader::Tag(3, kVarint):
        read = reader.ReadVarint(&number);
        view.key_ = eventlog::Sequence{number};
        break;
      case WireReader::Tag(4, kBytes):
        read = reader.ReadBytes(&text);
        if (!IsUtf8(text)) return NotUtf8("batch_id");
        view.key_ = std::string(text);
        break;
      case kEventsTag:
        read = reader.ReadBytes(&text);
        ++view.event_count_;
        break;
      case WireReader::Tag(6, kVarint):
        read = reader.ReadVarint(&number);
        view.simulated_ = number != 0;
        break;
      case WireReader::Tag(7, kVarint):
        read = reader.ReadVarint(&number);
        view.validate_only_ = number != 0;
        view.validate_only_field_ = bytes.substr(offset, reader.position() - bytes.data() - offset);
        break;
      default:
        read = reader.Skip(tag, WireReader::kMaxDepth);
    }
    if (!read) return Malformed(offset);
  }
  return view;
}

}  // namespace iocd::wire

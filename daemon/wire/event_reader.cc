#include "wire/event_reader.h"

#include "base/utf8.h"
#include "wire/wire_reader.h"

namespace iocd::wire {
namespace {

using domain::RawEvent;

constexpr std::uint32_t kVarint = WireReader::kVarint;
constexpr std::uint32_t kFixed64 = WireReader::kFixed64;
constexpr std::uint32_t kBytes = WireReader::kBytes;

// Depth of what stands inside an Event (itself inside PushRequest) and inside a message of an
// Event.
constexpr int kEventDepth = WireReader::kMaxDepth - 1;
constexpr int kInnerDepth = WireReader::kMaxDepth - 2;

constexpr absl::string_view kMalformed = " is malformed: these bytes are not an ioc.v1.Event";

/// google.protobuf.Timestamp. A field that is absent keeps its value: a message that stands twice
/// is merged.
bool ReadTimestamp(absl::string_view bytes, RawEvent* event) {
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    std::uint32_t tag = 0;
    std::uint64_t number = 0;
    if (!reader.ReadTag(&tag)) return false;
    switch (tag) {
      case WireReader::Tag(1, kVarint):
        if (!reader.ReadVarint(&number)) return false;
        event->seconds = static_cast<std::int64_t>(number);
        break;
      case WireReader::Tag(2, kVarint):
        if (!reader.ReadVarint(&number)) return false;
        event->nanos = static_cast<std::int32_t>(number);
        break;
      default:
        if (!reader.Skip(tag, kInnerDepth)) return false;
    }
  }
  return true;
}

/// ioc.v1.Ratio, merged like a timestamp.
bool ReadRatio(absl::string_view bytes, RawEvent* event) {
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    std::uint32_t tag = 0;
    if (!reader.ReadTag(&tag)) return false;
    switch (tag) {
      case WireReader::Tag(1, kFixed64):
        if (!reader.ReadDouble(&event->numerator)) return false;
        break;
      case WireReader::Tag(2, kFixed64):
        if (!reader.ReadDouble(&event->denominator)) return false;
        break;
      default:
        if (!reader.Skip(tag, kInnerDepth)) return false;
    }
  }
  return true;
}

bool ReadTimeField(WireReader& reader, RawEvent* event) {
  absl::string_view bytes;
  if (!reader.ReadBytes(&bytes)) return false;
  event->has_time = true;
  return ReadTimestamp(bytes, event);
}

bool ReadValueField(WireReader& reader, RawEvent* event) {
  event->measure = RawEvent::Measure::kValue;
  return reader.ReadDouble(&event->value);
}

bool ReadRatioField(WireReader& reader, RawEvent* event) {
  absl::string_view bytes;
  if (!reader.ReadBytes(&bytes)) return false;
  if (event->measure != RawEvent::Measure::kParts) {
    // A `value` in between has cleared the parts that stood before it.
    event->measure = RawEvent::Measure::kParts;
    event->numerator = event->denominator = 0;
  }
  return ReadRatio(bytes, event);
}

bool ReadWeightField(WireReader& reader, RawEvent* event) {
  double weight = 0;
  if (!reader.ReadDouble(&weight)) return false;
  event->weight = weight;
  return true;
}

}  // namespace

absl::string_view ReadEvent(absl::string_view bytes, RawEvent* event) {
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    std::uint32_t tag = 0;
    if (!reader.ReadTag(&tag)) return kMalformed;
    bool read = false;
    switch (tag) {
      case WireReader::Tag(1, kBytes):
        read = reader.ReadBytes(&event->indicator);
        if (read && !IsUtf8(event->indicator)) return ".indicator is not valid UTF-8";
        break;
      case WireReader::Tag(2, kBytes):
        read = reader.ReadBytes(&event->department);
        if (read && !IsUtf8(event->department)) return ".department is not valid UTF-8";
        break;
      case WireReader::Tag(3, kBytes):
        read = reader.ReadBytes(&event->member);
        if (read && !IsUtf8(event->member)) return ".member is not valid UTF-8";
        break;
      case WireReader::Tag(4, kBytes):
        read = ReadTimeField(reader, event);
        break;
      case WireReader::Tag(5, kFixed64):
        read = ReadValueField(reader, event);
        break;
      case WireReader::Tag(6, kBytes):
        read = ReadRatioField(reader, event);
        break;
      case WireReader::Tag(7, kFixed64):
        read = ReadWeightField(reader, event);
        break;
      case WireReader::Tag(8, kBytes):
        read = reader.ReadBytes(&event->reference);
        if (read && !IsUtf8(event->reference)) return ".reference is not valid UTF-8";
        break;
      default:
        read = reader.Skip(tag, kEventDepth);
    }
    if (!read) return kMalformed;
  }
  return {};
}

}  // namespace iocd::wire

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::eventlog {

/// What a record is. The numbers stand in the log: never renumber.
enum class RecordType : std::uint8_t {
  kDefine = 1,  // gives a code its id: define_record.h
  kBatch = 2,   // an accepted batch with its refusals: batch_record.h
  kLost = 3,    // stands for damaged bytes whose loss an operator accepted: filler.h
};

/// The frame before each record's body: body length (u32), type (u8).
inline constexpr std::size_t kRecordFrameBytes = 5;

/// One record of a group, still encoded.
struct RawRecord {
  RecordType type{};
  absl::string_view body;
  std::size_t size() const { return kRecordFrameBytes + body.size(); }
};

/// Appends a frame whose length EndRecord() fills in. Returns where the record starts.
std::size_t BeginRecord(std::string* out, RecordType type);
void EndRecord(std::string* out, std::size_t start);

/// Takes the first record off `*bytes`; nullopt if they do not hold a whole one.
std::optional<RawRecord> TakeRecord(absl::string_view* bytes);

}  // namespace iocd::eventlog

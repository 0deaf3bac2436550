#include "eventlog/batch_record.h"

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "base/coding.h"
#include "base/limits.h"
#include "eventlog/record.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace iocd::eventlog {
namespace {

constexpr std::uint8_t kSimulatedFlag = 1;
constexpr std::uint8_t kSequenceFlag = 2;
constexpr std::uint8_t kBatchIdFlag = 4;

constexpr std::uint8_t kHasSecondFlag = 1;
constexpr std::uint8_t kCountsOnceFlag = 2;
constexpr std::uint8_t kAlreadyCountedFlag = 4;

// An event without `second` and with an empty reference; see docs/event-log.md.
#pragma pack(push, 1)
struct EventHead {
  std::uint32_t department, indicator, member;
  std::int64_t time_nanos;
  double first;
  std::uint8_t flags;
  std::uint8_t reference_length;
};
#pragma pack(pop)
static_assert(sizeof(EventHead) == 30);
static_assert(limits::kMaxReferenceBytes <= 255);

constexpr std::size_t kExpectedEventBytes = 64;

std::uint8_t FlagsOf(const domain::Event& event) {
  return (event.has_second ? kHasSecondFlag : 0) | (event.counts_once ? kCountsOnceFlag : 0) |
         (event.already_counted ? kAlreadyCountedFlag : 0);
}

absl::Status Malformed() { return absl::DataLossError("malformed batch record"); }

}  // namespace

ContentHash HashContent(absl::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

BatchRecordBuilder::BatchRecordBuilder(const BatchHeader& header, std::size_t expected_events) {
  record_.reserve(256 + expected_events * kExpectedEventBytes);
  BeginRecord(&record_, RecordType::kBatch);
  std::uint8_t flags = header.simulated ? kSimulatedFlag : 0;
  if (std::holds_alternative<Sequence>(header.key)) flags |= kSequenceFlag;
  if (std::holds_alternative<std::string>(header.key)) flags |= kBatchIdFlag;
  Put<std::int64_t>(&record_, header.arrival.nanos);
  Put<std::uint32_t>(&record_, static_cast<std::uint32_t>(header.department));
  Put<std::uint8_t>(&record_, flags);
  PutText<std::uint8_t>(&record_, header.producer);
  if (const auto* sequence = std::get_if<Sequence>(&header.key)) Put(&record_, *sequence);
  if (const auto* id = std::get_if<std::string>(&header.key)) {
    PutText<std::uint16_t>(&record_, *id);
  }
  Put<std::uint64_t>(&record_, header.content.low);
  Put<std::uint64_t>(&record_, header.content.high);
  counts_offset_ = record_.size();
  Put<std::uint32_t>(&record_, 0);  // events
  Put<std::uint32_t>(&record_, 0);  // refusals
  Put<std::uint32_t>(&record_, 0);  // bytes of events
}

std::uint32_t BatchRecordBuilder::Add(const domain::Event& event) {
  const EventHead head{static_cast<std::uint32_t>(event.series.department),
                       static_cast<std::uint32_t>(event.series.indicator),
                       static_cast<std::uint32_t>(event.series.member),
                       event.time.nanos,
                       event.first,
                       FlagsOf(event),
                       static_cast<std::uint8_t>(event.reference.size())};
  const auto flags_offset = static_cast<std::uint32_t>(record_.size() + offsetof(EventHead, flags));
  record_.append(reinterpret_cast<const char*>(&head), sizeof head);
  if (event.has_second) Put<double>(&record_, event.second);
  record_.append(event.reference.data(), event.reference.size());
  ++event_count_;
  return flags_offset;
}

void MarkAlreadyCounted(std::string* record, std::uint32_t flags_offset) {
  (*record)[flags_offset] = static_cast<char>((*record)[flags_offset] | kAlreadyCountedFlag);
}

std::string BatchRecordBuilder::Finish(std::span<const domain::Refusal> refusals) && {
  PutAt<std::uint32_t>(&record_, counts_offset_, event_count_);
  PutAt<std::uint32_t>(&record_, counts_offset_ + 4, static_cast<std::uint32_t>(refusals.size()));
  PutAt<std::uint32_t>(&record_, counts_offset_ + 8,
                       static_cast<std::uint32_t>(record_.size() - counts_offset_ - 12));
  for (const domain::Refusal& refusal : refusals) {
    Put<std::uint32_t>(&record_, refusal.index);
    Put<std::uint8_t>(&record_, static_cast<std::uint8_t>(refusal.code));
    PutText<std::uint16_t>(&record_, refusal.message);
  }
  EndRecord(&record_, 0);
  return std::move(record_);
}

absl::StatusOr<BatchRecord> BatchRecord::Parse(absl::string_view body) {
  BatchRecord record;
  Reader reader(body);
  record.header_.arrival.nanos = reader.Get<std::int64_t>();
  record.header_.department = domain::DepartmentId{reader.Get<std::uint32_t>()};
  const auto flags = reader.Get<std::uint8_t>();
  record.header_.simulated = (flags & kSimulatedFlag) != 0;
  record.header_.producer = std::string(reader.GetText<std::uint8_t>());
  if ((flags & kSequenceFlag) != 0) record.header_.key = reader.Get<Sequence>();
  if ((flags & kBatchIdFlag) != 0) {
    record.header_.key = std::string(reader.GetText<std::uint16_t>());
  }
  record.header_.content.low = reader.Get<std::uint64_t>();
  record.header_.content.high = reader.Get<std::uint64_t>();
  record.event_count_ = reader.Get<std::uint32_t>();
  record.refusal_count_ = reader.Get<std::uint32_t>();
  const auto event_bytes = reader.Get<std::uint32_t>();
  if (!reader.ok() || event_bytes > reader.rest().size()) return Malformed();
  record.events_ = reader.rest().substr(0, event_bytes);
  record.refusals_ = reader.rest().substr(event_bytes);
  return record;
}

const char* BatchRecord::DecodeEvent(const char* at, const char* end, domain::Event* event) {
  EventHead head;
  if (end - at < static_cast<std::ptrdiff_t>(sizeof head)) return nullptr;
  std::memcpy(&head, at, sizeof head);
  at += sizeof head;
  event->has_second = (head.flags & kHasSecondFlag) != 0;
  event->counts_once = (head.flags & kCountsOnceFlag) != 0;
  event->already_counted = (head.flags & kAlreadyCountedFlag) != 0;
  const std::ptrdiff_t tail = (event->has_second ? 8 : 0) + head.reference_length;
  if (end - at < tail) return nullptr;
  event->second = 0;
  if (event->has_second) {
    std::memcpy(&event->second, at, sizeof event->second);
    at += sizeof event->second;
  }
  event->series = {domain::DepartmentId{head.department}, domain::IndicatorId{head.indicator},
                   domain::MemberId{head.member}};
  event->time = Timestamp{head.time_nanos};
  event->first = head.first;
  event->reference = absl::string_view(at, head.reference_length);
  return at + head.reference_length;
}

absl::StatusOr<std::vector<domain::Refusal>> BatchRecord::Refusals() const {
  std::vector<domain::Refusal> refusals;
  Reader reader(refusals_);
  for (std::uint32_t i = 0; i < refusal_count_ && reader.ok(); ++i) {
    domain::Refusal refusal;
    refusal.index = reader.Get<std::uint32_t>();
    refusal.code = static_cast<domain::RefusalCode>(reader.Get<std::uint8_t>());
    refusal.message = std::string(reader.GetText<std::uint16_t>());
    refusals.push_back(std::move(refusal));
  }
  if (!reader.ok()) return Malformed();
  return refusals;
}

}  // namespace iocd::eventlog

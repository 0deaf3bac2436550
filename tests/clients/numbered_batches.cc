#include "numbered_batches.h"

#include "absl/strings/str_cat.h"

namespace ioc::client {
namespace {

/// SplitMix64.
std::uint64_t Mix(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

v1::PushRequest EmptyBatch(const std::string& department, std::uint64_t sequence) {
  v1::PushRequest request;
  request.set_department(department);
  request.set_producer(kProducer);
  request.set_sequence(sequence);
  return request;
}

}  // namespace

v1::Event NumberedEvent(const std::string& indicator, std::uint64_t number,
                        std::int64_t unix_seconds) {
  v1::Event event;
  event.set_indicator(indicator);
  event.set_value(static_cast<double>(Mix(number) >> 32));
  event.mutable_event_time()->set_seconds(unix_seconds);
  const std::string digits = absl::StrCat(number);
  event.set_reference(digits + std::string(128 - digits.size(), '.'));
  return event;
}

v1::PushRequest NumberedBatch(const std::string& department, std::uint64_t sequence,
                              std::int64_t unix_seconds) {
  v1::PushRequest request = EmptyBatch(department, sequence);
  for (std::uint64_t i = 0; i < kEventsOfABatch; ++i) {
    *request.add_events() = NumberedEvent(kCounted, sequence * kEventsOfABatch + i, unix_seconds);
  }
  return request;
}

v1::PushRequest BatchWithRefusals(const std::string& department, std::uint64_t sequence,
                                  std::int64_t unix_seconds) {
  v1::PushRequest request = NumberedBatch(department, sequence, unix_seconds);
  if (sequence % 4 == 0) *request.add_events() = NumberedEvent("no_such", sequence, unix_seconds);
  return request;
}

v1::PushRequest BatchWithId(const std::string& department, std::uint64_t number,
                            std::int64_t unix_seconds) {
  v1::PushRequest request = NumberedBatch(department, number, unix_seconds);
  request.set_batch_id(absl::StrCat("lo-", number));
  return request;
}

v1::PushRequest BatchOfReferences(const std::string& department, std::uint64_t sequence,
                                  std::int64_t unix_seconds) {
  v1::PushRequest request = EmptyBatch(department, sequence);
  for (std::uint64_t i = 0; i < kEventsOfABatch; ++i) {
    const std::uint64_t record = 2 * sequence + Mix(sequence * kEventsOfABatch + i) % 64;
    *request.add_events() = NumberedEvent(kCountedOnce, record, unix_seconds);
  }
  return request;
}

v1::PushRequest SpooledBatch(const std::string& department, std::uint64_t sequence,
                             std::int64_t unix_seconds) {
  v1::PushRequest request = EmptyBatch(department, sequence);
  *request.add_events() = NumberedEvent(kCounted, sequence, unix_seconds);
  return request;
}

}  // namespace ioc::client

#pragma once

#include <cstdint>
#include <string>

#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// Batches made of numbers alone, so that anybody can make the very same batch again. Each event
/// has a value of 32 bits that looks like no other: no sum comes right if a few events are missing
/// or counted twice, and a sum of two million of them is exact in a double.
inline constexpr char kCounted[] = "dossiers_received";
inline constexpr char kCountedOnce[] = "dossiers_by_code";  // by its reference
inline constexpr char kProducer[] = "mot-cua";
inline constexpr std::uint64_t kEventsOfABatch = 8;

/// Event `number`; its reference says the number and has the full 128 bytes.
v1::Event NumberedEvent(const std::string& indicator, std::uint64_t number,
                        std::int64_t unix_seconds);

/// Batch `sequence` with the events that follow those of the batch before it.
v1::PushRequest NumberedBatch(const std::string& department, std::uint64_t sequence,
                              std::int64_t unix_seconds);
/// Every fourth has an event more, which is refused.
v1::PushRequest BatchWithRefusals(const std::string& department, std::uint64_t sequence,
                                  std::int64_t unix_seconds);
/// Under a batch id.
v1::PushRequest BatchWithId(const std::string& department, std::uint64_t number,
                            std::int64_t unix_seconds);
/// Most of its references are those of other batches too.
v1::PushRequest BatchOfReferences(const std::string& department, std::uint64_t sequence,
                                  std::int64_t unix_seconds);
/// One event.
v1::PushRequest SpooledBatch(const std::string& department, std::uint64_t sequence,
                             std::int64_t unix_seconds);

}  // namespace ioc::client

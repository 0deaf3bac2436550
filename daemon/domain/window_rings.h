#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "base/coding.h"
#include "base/limits.h"
#include "domain/floor_division.h"
#include "domain/indicator_kind.h"

namespace iocd::domain {

/// Buckets that an event admitted ahead of the clock may open before its window reaches them.
inline constexpr std::int64_t kMaxAheadSeconds = limits::kMaxEventAhead.ToWholeSeconds();

/// Length of a window's ring, in buckets: those that the window shows, and those ahead of it.
constexpr std::int64_t RingLength(const WindowSpec& spec) {
  return spec.BucketCount() + (kMaxAheadSeconds + spec.bucket - 1) / spec.bucket;
}

/// Where the rings stand in one array, shortest window first; the last entry is the total.
inline constexpr std::array<std::size_t, kWindowCount + 1> kRingOffsets = [] {
  std::array<std::size_t, kWindowCount + 1> offsets{};
  for (std::size_t w = 0; w < kWindowCount; ++w) {
    offsets[w + 1] = offsets[w] + static_cast<std::size_t>(RingLength(kWindowSpecs[w]));
  }
  return offsets;
}();

/// The rings of all eight windows of one series, in one piece of memory.
///
/// A ring keeps the buckets (newest - length, newest], bucket k in slot k mod length; no slot
/// stores its key. A bucket newer than `newest` clears what lies between; an event older than the
/// ring is ignored for that window. At instant `now` the newest bucket that admission can have let
/// in is floor((now + 60 s) / r) <= floor(now / r) + ceil(60 s / r), so the oldest one kept is
/// never newer than the oldest one that the window shows.
template <typename Slot>
class WindowRings {
 public:
  void Add(std::int64_t seconds, const typename Slot::Sample& sample) {
    AddFrom<0>(seconds, sample);
  }

  /// Calls visit(bucket, slot) for the buckets of [first, last] that are kept, oldest first.
  template <typename Visit>
  void ForEach(Window window, std::int64_t first, std::int64_t last, Visit&& visit) const {
    const auto w = static_cast<std::size_t>(window);
    const std::int64_t length = RingLength(kWindowSpecs[w]);
    if (newest_[w] == kNone) return;
    first = std::max(first, newest_[w] - length + 1);
    last = std::min(last, newest_[w]);
    if (first > last) return;
    const Slot* const ring = &slots_[kRingOffsets[w]];
    std::int64_t place = FloorMod(first, length);
    for (std::int64_t bucket = first; bucket <= last; ++bucket) {
      visit(bucket, ring[place]);
      if (++place == length) place = 0;
    }
  }

  /// Bytes that the slots hold outside this object.
  std::size_t HeapBytes() const {
    std::size_t bytes = 0;
    for (const Slot& slot : slots_) bytes += slot.HeapBytes();
    return bytes;
  }

  /// The newest second with an event (i64), from which the newest bucket of each window follows;
  /// then for each window the number of its buckets that are not empty (u16) and these, oldest
  /// first: age in buckets (u16) and slot. At least one event has been added.
  void EncodeTo(std::string* out) const {
    Put<std::int64_t>(out, newest_[0]);
    for (const Window window : kAllWindows) {
      const std::int64_t newest = newest_[static_cast<std::size_t>(window)];
      const std::size_t count_offset = out->size();
      std::uint16_t count = 0;
      Put<std::uint16_t>(out, count);
      ForEach(window, kNone, newest, [&](std::int64_t bucket, const Slot& slot) {
        if (slot.Empty()) return;
        ++count;
        Put<std::uint16_t>(out, static_cast<std::uint16_t>(newest - bucket));
        slot.EncodeTo(out);
      });
      PutAt<std::uint16_t>(out, count_offset, count);
    }
  }

  /// nullptr if the bytes are none that EncodeTo() can have written.
  static std::unique_ptr<WindowRings> Decode(Reader& reader) {
    auto rings = std::make_unique<WindowRings>();
    const auto newest = reader.Get<std::int64_t>();
    if (newest < kFirstSecond || newest > kLastSecond) return nullptr;
    if (!rings->template DecodeFrom<0>(newest, reader) || !reader.ok()) return nullptr;
    return rings;
  }

 private:
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();
  // Of what a Timestamp covers.
  static constexpr std::int64_t kFirstSecond = FloorDiv(kNone, 1'000'000'000);
  static constexpr std::int64_t kLastSecond =
      std::numeric_limits<std::int64_t>::max() / 1'000'000'000;

  /// Adds to window W and the longer ones. `finer` is the bucket of the next shorter window
  /// (seconds for the shortest): each bucket length divides the next, so one chain of divisions by
  /// constants finds all eight.
  template <std::size_t W>
  void AddFrom(std::int64_t finer, const typename Slot::Sample& sample) {
    constexpr std::int64_t kFinerLength = W == 0 ? 1 : kWindowSpecs[W == 0 ? 0 : W - 1].bucket;
    static_assert(kWindowSpecs[W].bucket % kFinerLength == 0);
    const std::int64_t bucket = FloorDiv(finer, kWindowSpecs[W].bucket / kFinerLength);
    if (bucket > newest_[W]) Advance<W>(bucket);
    if (bucket > newest_[W] - RingLength(kWindowSpecs[W])) SlotOf<W>(bucket).Add(sample);
    if constexpr (W + 1 < kWindowCount) AddFrom<W + 1>(bucket, sample);
  }

  /// Fills window W and the longer ones. `finer` is the newest bucket of the next shorter window.
  template <std::size_t W>
  bool DecodeFrom(std::int64_t finer, Reader& reader) {
    constexpr std::int64_t kFinerLength = W == 0 ? 1 : kWindowSpecs[W == 0 ? 0 : W - 1].bucket;
    newest_[W] = FloorDiv(finer, kWindowSpecs[W].bucket / kFinerLength);
    std::int64_t previous_age = RingLength(kWindowSpecs[W]);
    for (std::uint16_t left = reader.Get<std::uint16_t>(); left > 0; --left) {
      const std::int64_t age = reader.Get<std::uint16_t>();
      if (age >= previous_age || !SlotOf<W>(newest_[W] - age).DecodeFrom(reader)) return false;
      previous_age = age;
    }
    if (previous_age != 0) return false;  // the newest bucket got there by an event
    if constexpr (W + 1 < kWindowCount) return DecodeFrom<W + 1>(newest_[W], reader);
    return true;
  }

  /// Makes `bucket` the newest: the slots that it and those before it take over are cleared.
  template <std::size_t W>
  void Advance(std::int64_t bucket) {
    constexpr std::int64_t kLength = RingLength(kWindowSpecs[W]);
    const std::int64_t first = std::max(bucket - kLength, newest_[W]) + 1;
    for (std::int64_t k = first; k <= bucket; ++k) SlotOf<W>(k).Clear();
    newest_[W] = bucket;
  }

  template <std::size_t W>
  Slot& SlotOf(std::int64_t bucket) {
    constexpr std::int64_t kLength = RingLength(kWindowSpecs[W]);
    return slots_[kRingOffsets[W] + static_cast<std::size_t>(FloorMod(bucket, kLength))];
  }

  std::array<std::int64_t, kWindowCount> newest_ = {kNone, kNone, kNone, kNone,
                                                    kNone, kNone, kNone, kNone};
  std::array<Slot, kRingOffsets[kWindowCount]> slots_;
};

}  // namespace iocd::domain

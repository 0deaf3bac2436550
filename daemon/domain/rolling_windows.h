#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/coding.h"
#include "base/timestamp.h"
#include "domain/aggregate.h"
#include "domain/event.h"
#include "domain/indicator_kind.h"

namespace iocd::domain {

struct FlowSlot;
struct RatioSlot;
struct DurationSlot;
template <typename Slot>
class WindowRings;

/// One bucket of a window as a query shows it.
struct BucketValue {
  Timestamp start;
  Aggregate content;
};

/// The eight rolling windows of one series of a windowed kind.
///
/// Bucket k of a window with bucket length r covers event times [k*r, (k+1)*r) from the Unix epoch.
/// Each window keeps a ring of W/r + ceil(60 s / r) buckets: those that the window can show, and
/// those that an event admitted up to 60 s ahead of the clock may open before the window reaches
/// them. Add() reads no clock, so the state depends on the events and their order alone; replaying
/// them gives equal bits. Sums are added from the oldest bucket to the newest when read, never
/// subtracted.
///
/// Memory: flow 12 bytes a bucket (9.2 KiB in all), ratio 20 (15.2 KiB), duration 32 (24.3 KiB)
/// and, for a bucket with events, its sketch. One allocation with the first event; a duration
/// allocates sketches too. A bucket's count saturates at 2^32 - 1. One thread at a time.
class RollingWindows {
 public:
  explicit RollingWindows(Kind kind);  // a windowed kind
  ~RollingWindows();
  RollingWindows(RollingWindows&&) noexcept;
  RollingWindows& operator=(RollingWindows&&) noexcept;

  void Add(const Event& event);

  /// What the window holds at `now`: the bucket that contains `now` and the W/r - 1 before it.
  Aggregate Read(Window window, Timestamp now) const;

  /// The window's buckets at `now`, oldest first, empty ones included.
  std::vector<BucketValue> ReadBuckets(Window window, Timestamp now) const;

  std::size_t HeapBytes() const;
  /// Appends a canonical form: equal states append equal bytes. At most 10.7 KiB of a flow, 17 KiB
  /// of a ratio; 130 bytes after the first event.
  void EncodeTo(std::string* out) const;
  /// nullopt if the bytes are none that EncodeTo() of this (windowed) kind can have written.
  static std::optional<RollingWindows> Decode(Kind kind, Reader& reader);

 private:
  // The rings of the kind; null until the first event.
  std::variant<std::unique_ptr<WindowRings<FlowSlot>>, std::unique_ptr<WindowRings<RatioSlot>>,
               std::unique_ptr<WindowRings<DurationSlot>>>
      rings_;
};

}  // namespace iocd::domain

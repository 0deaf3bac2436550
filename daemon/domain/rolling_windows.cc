#include "domain/rolling_windows.h"

#include <cassert>
#include <utility>

#include "domain/floor_division.h"
#include "domain/window_rings.h"
#include "domain/window_slots.h"

namespace iocd::domain {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

/// The numbers of the oldest and the newest bucket of a window.
struct BucketRange {
  std::int64_t first, last;
};

BucketRange RangeAt(const WindowSpec& spec, Timestamp now) {
  const std::int64_t current = FloorDiv(FloorDiv(now.nanos, kNanosPerSecond), spec.bucket);
  return {current - spec.BucketCount() + 1, current};
}

template <typename Slot>
void AddTo(std::unique_ptr<WindowRings<Slot>>& rings, const Event& event) {
  if (rings == nullptr) rings = std::make_unique<WindowRings<Slot>>();
  rings->Add(FloorDiv(event.time.nanos, kNanosPerSecond), Slot::SampleOf(event));
}

template <typename Slot>
Aggregate Total(const std::unique_ptr<WindowRings<Slot>>& rings, Window window, Timestamp now) {
  if (rings == nullptr) return {};
  const BucketRange range = RangeAt(Spec(window), now);
  typename Slot::Total total;
  rings->ForEach(window, range.first, range.last,
                 [&total](std::int64_t, const Slot& slot) { slot.AddTo(&total); });
  return Slot::Finish(total);
}

template <typename Slot>
void FillBuckets(const std::unique_ptr<WindowRings<Slot>>& rings, Window window, BucketRange range,
                 std::vector<BucketValue>* buckets) {
  if (rings == nullptr) return;
  rings->ForEach(window, range.first, range.last, [&](std::int64_t bucket, const Slot& slot) {
    if (slot.Empty()) return;
    typename Slot::Total total;
    slot.AddTo(&total);
    (*buckets)[static_cast<std::size_t>(bucket - range.first)].content = Slot::Finish(total);
  });
}

template <typename Slot>
bool DecodeRings(Reader& reader, std::unique_ptr<WindowRings<Slot>>& rings) {
  const auto present = reader.Get<std::uint8_t>();
  if (present == 1) rings = WindowRings<Slot>::Decode(reader);
  return reader.ok() && present == (rings == nullptr ? 0 : 1);
}

}  // namespace

RollingWindows::RollingWindows(Kind kind) {
  assert(IsWindowed(kind));
  if (kind == Kind::kRatio) {
    rings_.emplace<std::unique_ptr<WindowRings<RatioSlot>>>();
  } else if (kind == Kind::kDuration) {
    rings_.emplace<std::unique_ptr<WindowRings<DurationSlot>>>();
  }
}

RollingWindows::~RollingWindows() = default;
RollingWindows::RollingWindows(RollingWindows&&) noexcept = default;
RollingWindows& RollingWindows::operator=(RollingWindows&&) noexcept = default;

void RollingWindows::Add(const Event& event) {
  std::visit([&event](auto& rings) { AddTo(rings, event); }, rings_);
}

Aggregate RollingWindows::Read(Window window, Timestamp now) const {
  return std::visit([=](const auto& rings) { return Total(rings, window, now); }, rings_);
}

std::vector<BucketValue> RollingWindows::ReadBuckets(Window window, Timestamp now) const {
  const WindowSpec& spec = Spec(window);
  const BucketRange range = RangeAt(spec, now);
  std::vector<BucketValue> buckets(static_cast<std::size_t>(spec.BucketCount()));
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    const std::int64_t bucket = range.first + static_cast<std::int64_t>(i);
    buckets[i].start = Timestamp::FromSeconds(bucket * spec.bucket);
  }
  std::visit([&](const auto& rings) { FillBuckets(rings, window, range, &buckets); }, rings_);
  return buckets;
}

std::size_t RollingWindows::HeapBytes() const {
  return std::visit(
      [](const auto& rings) { return rings ? sizeof(*rings) + rings->HeapBytes() : 0; }, rings_);
}

void RollingWindows::EncodeTo(std::string* out) const {
  std::visit(
      [out](const auto& rings) {
        out->push_back(rings ? 1 : 0);
        if (rings) rings->EncodeTo(out);
      },
      rings_);
}

std::optional<RollingWindows> RollingWindows::Decode(Kind kind, Reader& reader) {
  RollingWindows windows(kind);
  const bool whole =
      std::visit([&reader](auto& rings) { return DecodeRings(reader, rings); }, windows.rings_);
  if (!whole) return std::nullopt;
  return windows;
}

}  // namespace iocd::domain

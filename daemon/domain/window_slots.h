#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/coding.h"
#include "domain/aggregate.h"
#include "domain/event.h"
#include "domain/quantile_sketch.h"

/// What one bucket of a rolling window holds, by kind. All slots have the same shape:
///   Sample              what is added, worked out once an event for its eight buckets
///   Add, Clear, Empty
///   AddTo(Total*)       adds the bucket to a total over buckets, oldest first
///   Finish(Total)       closes the total
///   HeapBytes
///   EncodeTo            appends a canonical form of a slot that is not empty
///   DecodeFrom          fills an empty slot with it; false if the bytes are none
namespace iocd::domain {

/// A double aligned like an int: a slot takes 12 or 20 bytes instead of 16 or 24, and nearly always
/// one cache line, which is what adding an event costs.
class CompactDouble {
 public:
  CompactDouble() = default;
  explicit CompactDouble(double value) : words_(std::bit_cast<Words>(value)) {}

  double Get() const { return std::bit_cast<double>(words_); }
  void Add(double value) { words_ = std::bit_cast<Words>(Get() + value); }

 private:
  using Words = std::array<std::uint32_t, 2>;
  Words words_ = {};
};

/// A count that stops at its largest value instead of starting again.
class SaturatingCount {
 public:
  SaturatingCount() = default;
  explicit SaturatingCount(std::uint32_t count) : count_(count) {}

  std::uint32_t Get() const { return count_; }
  void Increment() { count_ += count_ != std::numeric_limits<std::uint32_t>::max(); }

 private:
  std::uint32_t count_ = 0;
};

struct FlowSlot {
  CompactDouble sum;
  SaturatingCount events;

  using Sample = double;
  using Total = Aggregate;
  static Sample SampleOf(const Event& event) { return event.first; }

  void Add(Sample sample) {
    sum.Add(sample);
    events.Increment();
  }
  void Clear() { *this = {}; }
  bool Empty() const { return events.Get() == 0; }
  void AddTo(Total* total) const {
    total->events += events.Get();
    total->first += sum.Get();
  }
  static Aggregate Finish(const Total& total) { return total; }
  std::size_t HeapBytes() const { return 0; }
  void EncodeTo(std::string* out) const {
    Put<std::uint32_t>(out, events.Get());
    Put<double>(out, sum.Get());
  }
  bool DecodeFrom(Reader& reader) {
    events = SaturatingCount(reader.Get<std::uint32_t>());
    sum = CompactDouble(reader.Get<double>());
    return !Empty();
  }
};
static_assert(sizeof(FlowSlot) == 12);

struct RatioSlot {
  CompactDouble numerator, denominator;
  SaturatingCount events;

  struct Sample {
    double numerator, denominator;
  };
  using Total = Aggregate;
  static Sample SampleOf(const Event& event) { return {event.first, event.second}; }

  void Add(const Sample& sample) {
    numerator.Add(sample.numerator);
    denominator.Add(sample.denominator);
    events.Increment();
  }
  void Clear() { *this = {}; }
  bool Empty() const { return events.Get() == 0; }
  void AddTo(Total* total) const {
    total->events += events.Get();
    total->first += numerator.Get();
    total->second += denominator.Get();
  }
  static Aggregate Finish(const Total& total) {
    Aggregate aggregate = total;
    aggregate.has_second = total.HasValue();
    return aggregate;
  }
  std::size_t HeapBytes() const { return 0; }
  void EncodeTo(std::string* out) const {
    Put<std::uint32_t>(out, events.Get());
    Put<double>(out, numerator.Get());
    Put<double>(out, denominator.Get());
  }
  bool DecodeFrom(Reader& reader) {
    events = SaturatingCount(reader.Get<std::uint32_t>());
    numerator = CompactDouble(reader.Get<double>());
    denominator = CompactDouble(reader.Get<double>());
    return !Empty();
  }
};
static_assert(sizeof(RatioSlot) == 20);

struct DurationSlot {
  double sum = 0, min = 0, max = 0;
  std::unique_ptr<QuantileSketch> sketch;  // counts the events too; none while the bucket is empty

  struct Sample {
    double value;
    QuantileSketch::BinIndex bin;
  };
  struct Total {
    Aggregate aggregate;
    SketchMerger sketches;
  };
  static Sample SampleOf(const Event& event) {
    return {event.first, QuantileSketch::BinOf(event.first)};
  }

  void Add(const Sample& sample) {
    if (Empty()) {
      sketch = std::make_unique<QuantileSketch>();
      min = max = sample.value;
    }
    sum += sample.value;
    min = std::min(min, sample.value);
    max = std::max(max, sample.value);
    sketch->AddToBin(sample.bin);
  }
  void Clear() { *this = {}; }
  bool Empty() const { return sketch == nullptr; }
  void AddTo(Total* total) const {
    if (Empty()) return;
    Aggregate& sums = total->aggregate;
    sums.min = sums.HasValue() ? std::min(sums.min, min) : min;
    sums.max = sums.HasValue() ? std::max(sums.max, max) : max;
    sums.events += sketch->Count();
    sums.first += sum;
    total->sketches.Add(*sketch);
  }
  static Aggregate Finish(const Total& total) {
    Aggregate aggregate = total.aggregate;
    aggregate.sketch = total.sketches.Finish();
    return aggregate;
  }
  std::size_t HeapBytes() const {
    return Empty() ? 0 : sizeof(QuantileSketch) + sketch->HeapBytes();
  }
  void EncodeTo(std::string* out) const {
    Put<double>(out, sum);
    Put<double>(out, min);
    Put<double>(out, max);
    sketch->EncodeTo(out);
  }
  bool DecodeFrom(Reader& reader) {
    sum = reader.Get<double>();
    min = reader.Get<double>();
    max = reader.Get<double>();
    std::optional<QuantileSketch> decoded = QuantileSketch::Decode(reader);
    if (!decoded || decoded->empty()) return false;
    sketch = std::make_unique<QuantileSketch>(*std::move(decoded));
    return min <= max;  // false with NaN too
  }
};
static_assert(sizeof(DurationSlot) == 32);

}  // namespace iocd::domain

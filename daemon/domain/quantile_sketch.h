#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/coding.h"

namespace iocd::domain {

/// Counts samples >= 0 in bins whose bounds grow geometrically, so that any quantile is known
/// within 1% of its value (DDSketch: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable
/// quantile sketch with relative-error guarantees", PVLDB 12, 2019). Zero has a bin of its own.
/// Merging two sketches gives exactly the sketch of both samples.
///
/// Memory: 8 bytes a non-empty bin, sorted; samples between kSmallest and kLargest fall into 2,419
/// bins, so a sketch is at most 20 KB whatever it is fed. Smaller samples count as kSmallest,
/// larger as kLargest (admission refuses what is outside an indicator's bounds before). A bin's
/// count stops at 2^32 - 1.
class QuantileSketch {
 public:
  static constexpr double kRelativeError = 0.01;
  static constexpr double kSmallest = 1e-9;
  static constexpr double kLargest = 1e12;

  /// Bin i holds the samples in (gamma^(i-1), gamma^i], gamma = (1 + e) / (1 - e).
  using BinIndex = std::int32_t;
  static constexpr BinIndex kLowestBin = -1'036;  // holds kSmallest
  static constexpr BinIndex kHighestBin = 1'382;  // holds kLargest
  static constexpr std::size_t kBinCount = kHighestBin - kLowestBin + 1;
  static constexpr BinIndex kZeroBin = std::numeric_limits<BinIndex>::min();

  /// The bin of a sample. Costs a logarithm: who feeds several sketches asks once.
  static BinIndex BinOf(double sample);

  void Add(double sample) { AddToBin(BinOf(sample)); }
  /// `bin` comes from BinOf().
  void AddToBin(BinIndex bin);
  void Merge(const QuantileSketch& other);
  void Clear();

  std::uint64_t Count() const { return count_; }
  bool empty() const { return count_ == 0; }

  /// The sample at rank floor(q * (n - 1)), 0 <= q <= 1, within kRelativeError; nullopt if empty.
  std::optional<double> Quantile(double q) const;

  /// Bytes held on the heap.
  std::size_t HeapBytes() const { return bins_.capacity() * sizeof(Bin); }

  /// Appends a canonical form: equal sketches append equal bytes. Zeros (u64), number of bins
  /// (u16), each bin's index (i16) and count (u32), lowest first.
  void EncodeTo(std::string* out) const;
  /// nullopt if the bytes are no sketch's canonical form. Takes memory for bins that are there
  /// only.
  static std::optional<QuantileSketch> Decode(Reader& reader);

  friend bool operator==(const QuantileSketch&, const QuantileSketch&) = default;

 private:
  friend class SketchMerger;
  struct Bin {
    BinIndex index;
    std::uint32_t count;
    friend bool operator==(const Bin&, const Bin&) = default;
  };
  std::vector<Bin> bins_;  // sorted by index, counts > 0
  std::uint64_t zeros_ = 0;
  std::uint64_t count_ = 0;
};

/// Merges many sketches at the cost of one pass over their bins. Holds 19 KB, on the stack.
class SketchMerger {
 public:
  void Add(const QuantileSketch& sketch);
  /// The sketch of all samples of the sketches added.
  QuantileSketch Finish() const;

 private:
  std::array<std::uint64_t, QuantileSketch::kBinCount> counts_{};
  std::uint64_t zeros_ = 0;
  // The bins in use: [first_, end_).
  std::size_t first_ = QuantileSketch::kBinCount;
  std::size_t end_ = 0;
};

}  // namespace iocd::domain

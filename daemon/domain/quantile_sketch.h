#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iocd::domain {

/// Counts samples >= 0 in bins whose bounds grow geometrically, so that any quantile is known within
/// 1% of its value (DDSketch: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch
/// with relative-error guarantees", PVLDB 12, 2019). Zero has a bin of its own. Merging two sketches
/// gives exactly the sketch of both samples.
///
/// Memory: 8 bytes a non-empty bin, sorted; samples between kSmallest and kLargest fall into at most
/// 2,500 bins, so a sketch is at most 20 KB whatever it is fed. Smaller samples count as kSmallest,
/// larger as kLargest (admission refuses what is outside an indicator's bounds before).
class QuantileSketch {
 public:
  static constexpr double kRelativeError = 0.01;
  static constexpr double kSmallest = 1e-9;
  static constexpr double kLargest = 1e12;

  void Add(double sample);
  void Merge(const QuantileSketch& other);
  void Clear();

  std::uint64_t Count() const { return count_; }
  bool empty() const { return count_ == 0; }

  /// The sample at rank floor(q * (n - 1)), 0 <= q <= 1, within kRelativeError; nullopt if empty.
  std::optional<double> Quantile(double q) const;

  /// Bytes held on the heap.
  std::size_t HeapBytes() const { return bins_.capacity() * sizeof(Bin); }

  /// Appends a canonical form: equal sketches append equal bytes.
  void EncodeTo(std::string* out) const;

  friend bool operator==(const QuantileSketch&, const QuantileSketch&) = default;

 private:
  struct Bin {
    std::int32_t index;
    std::uint32_t count;
    friend bool operator==(const Bin&, const Bin&) = default;
  };
  std::vector<Bin> bins_;  // sorted by index, counts > 0
  std::uint64_t zeros_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace iocd::domain

#include "domain/quantile_sketch.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace iocd::domain {
namespace {

constexpr double kGamma =
    (1 + QuantileSketch::kRelativeError) / (1 - QuantileSketch::kRelativeError);
const double kLogGamma = std::log(kGamma);
constexpr std::uint32_t kMaxBinCount = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kEncodedBinBytes = sizeof(std::int16_t) + sizeof(std::uint32_t);
// More samples than can ever be sent, and few enough that counts never add up to an overflow.
constexpr std::uint64_t kMaxZeros = std::numeric_limits<std::uint64_t>::max() / 2;

/// The value that is within the relative error of every sample of the bin.
double ValueOfBin(QuantileSketch::BinIndex index) {
  return 2 * std::exp(index * kLogGamma) / (kGamma + 1);
}

/// The place of the first bin that is not below `index`. Bins of a live feed lie close together,
/// and as many bins as there are numbers between two of them is the most there can be: that narrows
/// the search to a few bins, mostly to one.
template <typename Bin>
std::size_t PlaceOf(const std::vector<Bin>& bins, QuantileSketch::BinIndex index) {
  if (bins.empty() || index <= bins.front().index) return 0;
  if (index > bins.back().index) return bins.size();
  const auto size = static_cast<std::ptrdiff_t>(bins.size());
  const std::ptrdiff_t lowest = size - (bins.back().index - index + 1);
  const std::ptrdiff_t highest = index - bins.front().index;
  const auto place = std::lower_bound(
      bins.begin() + std::max<std::ptrdiff_t>(lowest, 0), bins.begin() + std::min(highest, size),
      index, [](const Bin& bin, QuantileSketch::BinIndex wanted) { return bin.index < wanted; });
  return static_cast<std::size_t>(place - bins.begin());
}

}  // namespace

QuantileSketch::BinIndex QuantileSketch::BinOf(double sample) {
  if (!(sample > 0)) return kZeroBin;
  const double held = std::clamp(sample, kSmallest, kLargest);
  return static_cast<BinIndex>(std::ceil(std::log(held) / kLogGamma));
}

void QuantileSketch::AddToBin(BinIndex bin) {
  if (bin == kZeroBin) {
    ++zeros_;
    ++count_;
    return;
  }
  std::size_t place = PlaceOf(bins_, bin);
  if (place == bins_.size() || bins_[place].index != bin) {
    // Doubling, as the vector would grow by itself, could hold twice the bins that exist.
    if (bins_.size() == bins_.capacity()) {
      bins_.reserve(std::clamp<std::size_t>(bins_.size() * 2, 2, kBinCount));
    }
    bins_.insert(bins_.begin() + static_cast<std::ptrdiff_t>(place), {bin, 0});
  }
  if (bins_[place].count == kMaxBinCount) return;
  ++bins_[place].count;
  ++count_;
}

void QuantileSketch::Merge(const QuantileSketch& other) {
  SketchMerger merger;
  merger.Add(*this);
  merger.Add(other);
  *this = merger.Finish();
}

void QuantileSketch::Clear() { *this = QuantileSketch(); }

std::optional<double> QuantileSketch::Quantile(double q) const {
  if (empty()) return std::nullopt;
  const auto rank = static_cast<std::uint64_t>(std::floor(q * static_cast<double>(count_ - 1)));
  std::uint64_t below = zeros_;
  if (rank < below) return 0;
  for (const Bin& bin : bins_) {
    below += bin.count;
    if (rank < below) return ValueOfBin(bin.index);
  }
  return bins_.empty() ? 0 : ValueOfBin(bins_.back().index);
}

void QuantileSketch::EncodeTo(std::string* out) const {
  Put<std::uint64_t>(out, zeros_);
  Put<std::uint16_t>(out, static_cast<std::uint16_t>(bins_.size()));
  for (const Bin& bin : bins_) {
    char bytes[kEncodedBinBytes];
    const auto index = static_cast<std::int16_t>(bin.index);
    std::memcpy(bytes, &index, sizeof index);
    std::memcpy(bytes + sizeof index, &bin.count, sizeof bin.count);
    out->append(bytes, sizeof bytes);
  }
}

std::optional<QuantileSketch> QuantileSketch::Decode(Reader& reader) {
  QuantileSketch sketch;
  sketch.count_ = sketch.zeros_ = reader.Get<std::uint64_t>();
  const std::size_t size = reader.Get<std::uint16_t>();
  if (sketch.zeros_ > kMaxZeros || size * kEncodedBinBytes > reader.rest().size()) {
    return std::nullopt;
  }
  sketch.bins_.reserve(size);
  BinIndex previous = kLowestBin - 1;
  for (std::size_t i = 0; i < size; ++i) {
    const BinIndex index = reader.Get<std::int16_t>();
    const auto count = reader.Get<std::uint32_t>();
    if (index <= previous || index > kHighestBin || count == 0) return std::nullopt;
    sketch.bins_.push_back({index, count});
    sketch.count_ += count;
    previous = index;
  }
  if (!reader.ok()) return std::nullopt;
  return sketch;
}

void SketchMerger::Add(const QuantileSketch& sketch) {
  zeros_ += sketch.zeros_;
  if (sketch.bins_.empty()) return;
  const auto place = [](const QuantileSketch::Bin& bin) {
    return static_cast<std::size_t>(bin.index - QuantileSketch::kLowestBin);
  };
  first_ = std::min(first_, place(sketch.bins_.front()));
  end_ = std::max(end_, place(sketch.bins_.back()) + 1);
  for (const QuantileSketch::Bin& bin : sketch.bins_) counts_[place(bin)] += bin.count;
}

QuantileSketch SketchMerger::Finish() const {
  QuantileSketch merged;
  merged.zeros_ = merged.count_ = zeros_;
  const auto used = [](std::uint64_t count) { return count != 0; };
  if (first_ < end_) {
    merged.bins_.reserve(static_cast<std::size_t>(
        std::count_if(counts_.begin() + first_, counts_.begin() + end_, used)));
  }
  for (std::size_t i = first_; i < end_; ++i) {
    if (counts_[i] == 0) continue;
    const auto count =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(counts_[i], kMaxBinCount));
    merged.bins_.push_back(
        {QuantileSketch::kLowestBin + static_cast<QuantileSketch::BinIndex>(i), count});
    merged.count_ += count;
  }
  return merged;
}

}  // namespace iocd::domain

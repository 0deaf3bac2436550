#include "domain/quantile_sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace iocd::domain {
namespace {

struct Distribution {
  std::string name;
  std::function<double(std::mt19937_64&)> draw;
};

/// Numbers in [0, 1), from the generator's bits alone: equal on every machine.
double Unit(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

std::vector<Distribution> Distributions() {
  return {
      {"uniform", [](auto& r) { return 1 + 99 * Unit(r); }},
      {"exponential", [](auto& r) { return -24 * std::log(1 - Unit(r)); }},
      {"pareto", [](auto& r) { return std::pow(1 - Unit(r), -1.5); }},
      {"half zeros", [](auto& r) { return r() % 2 == 0 ? 0.0 : 10 * Unit(r); }},
      {"tiny", [](auto& r) { return 1e-9 * (1 + Unit(r)); }},
      {"huge", [](auto& r) { return 1e12 * (0.5 + Unit(r) / 2); }},
      {"over all sizes", [](auto& r) { return std::pow(10, -9 + 21 * Unit(r)); }},
      {"two points", [](auto& r) { return r() % 10 == 0 ? 720.0 : 0.25; }},
      {"all equal", [](auto&) { return 47.82; }},
  };
}

std::vector<double> Draw(const Distribution& distribution, std::size_t count, int seed) {
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  std::vector<double> samples(count);
  for (double& sample : samples) sample = distribution.draw(random);
  return samples;
}

QuantileSketch SketchOf(const std::vector<double>& samples) {
  QuantileSketch sketch;
  for (const double sample : samples) sketch.Add(sample);
  return sketch;
}

TEST(QuantileSketchTest, GivesTheItemAtTheRankWithinOnePercent) {
  for (const Distribution& distribution : Distributions()) {
    for (const std::size_t count : {1u, 2u, 3u, 10u, 1'000u, 20'000u}) {
      std::vector<double> samples = Draw(distribution, count, 7);
      const QuantileSketch sketch = SketchOf(samples);
      std::sort(samples.begin(), samples.end());
      for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1.0}) {
        const auto rank = static_cast<std::size_t>(std::floor(q * static_cast<double>(count - 1)));
        const std::optional<double> quantile = sketch.Quantile(q);
        ASSERT_TRUE(quantile);
        // A hair above 1% for the rounding of a logarithm at the very edge of a bin.
        EXPECT_NEAR(*quantile, samples[rank], samples[rank] * 0.01 * (1 + 1e-9))
            << distribution.name << ", n = " << count << ", q = " << q;
      }
    }
  }
}

TEST(QuantileSketchTest, HasNoQuantileWithoutSamples) {
  EXPECT_FALSE(QuantileSketch().Quantile(0.5));
  EXPECT_TRUE(QuantileSketch().empty());
}

TEST(QuantileSketchTest, KeepsZeroInABinOfItsOwn) {
  const QuantileSketch sketch = SketchOf({0, 0, 0, 5});
  EXPECT_EQ(sketch.Quantile(0.5), 0.0);
  EXPECT_NEAR(*sketch.Quantile(1), 5, 0.05);
  EXPECT_EQ(SketchOf({0, 0}).Quantile(1), 0.0);
}

TEST(QuantileSketchTest, MergingGivesTheSketchOfAllSamples) {
  for (const Distribution& distribution : Distributions()) {
    const std::vector<double> samples = Draw(distribution, 3'000, 11);
    const auto middle = samples.begin() + 1'234;
    QuantileSketch merged = SketchOf({samples.begin(), middle});
    merged.Merge(SketchOf({middle, samples.end()}));
    EXPECT_EQ(merged, SketchOf(samples)) << distribution.name;
    EXPECT_EQ(merged.Count(), samples.size());
  }
}

TEST(QuantileSketchTest, MergingAnEmptySketchChangesNothing) {
  const QuantileSketch samples = SketchOf({0, 1, 2});
  QuantileSketch merged = samples;
  merged.Merge(QuantileSketch());
  EXPECT_EQ(merged, samples);
  QuantileSketch from_empty;
  from_empty.Merge(samples);
  EXPECT_EQ(from_empty, samples);
}

TEST(QuantileSketchTest, TheOrderOfSamplesLeavesNoTrace) {
  std::vector<double> samples = Draw(Distributions()[1], 500, 3);
  std::string forwards, backwards;
  SketchOf(samples).EncodeTo(&forwards);
  std::reverse(samples.begin(), samples.end());
  SketchOf(samples).EncodeTo(&backwards);
  EXPECT_EQ(forwards, backwards);
  std::string other;
  samples.back() *= 2;
  SketchOf(samples).EncodeTo(&other);
  EXPECT_NE(forwards, other);
}

TEST(QuantileSketchTest, HoldsItsBinsBetweenTheSmallestAndTheLargest) {
  EXPECT_EQ(QuantileSketch::BinOf(QuantileSketch::kSmallest), QuantileSketch::kLowestBin);
  EXPECT_EQ(QuantileSketch::BinOf(QuantileSketch::kLargest), QuantileSketch::kHighestBin);
  EXPECT_EQ(QuantileSketch::BinOf(1e-300), QuantileSketch::kLowestBin);
  EXPECT_EQ(QuantileSketch::BinOf(1e300), QuantileSketch::kHighestBin);
  EXPECT_EQ(QuantileSketch::BinOf(0), QuantileSketch::kZeroBin);
  EXPECT_EQ(QuantileSketch::BinOf(-0.0), QuantileSketch::kZeroBin);
}

TEST(QuantileSketchTest, TakesAtMostTwentyKilobytesWhateverItIsFed) {
  QuantileSketch sketch;
  for (double sample = 1e-10; sample < 1e13; sample *= 1.001) sketch.Add(sample);
  EXPECT_LE(sketch.HeapBytes(), 20'000u);
  EXPECT_GE(sketch.HeapBytes(), QuantileSketch::kBinCount * 8);
}

TEST(QuantileSketchTest, ClearingLeavesAnEmptySketch) {
  QuantileSketch sketch = SketchOf({0, 1, 2});
  sketch.Clear();
  EXPECT_EQ(sketch, QuantileSketch());
  EXPECT_EQ(sketch.HeapBytes(), 0u);
}

}  // namespace
}  // namespace iocd::domain

#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"

namespace iocd::domain {

/// How values of an indicator combine over time and over space (departments, members).
/// The numbers stand in the event log: never renumber.
enum class Kind : std::uint8_t {
  kFlow = 1,      // value; sums over time and space
  kRatio = 2,     // numerator, denominator; sum over sum
  kDuration = 3,  // one sample >= 0; quantile sketch, its value is the mean
  kStock = 4,     // value; latest over time, sum over space
  kCoverage = 5,  // numerator and denominator, or a bare fraction; latest, then sum over sum
  kScore = 6,     // value and weight; latest, then weighted mean
  kRank = 7,      // value; latest, does not combine
  kReported = 8,  // value; latest, does not combine
  kWorst = 9,     // value; latest, then the worst by direction
};

/// Better upwards, better downwards, or neither.
enum class Direction : std::uint8_t { kNone = 0, kHigher = 1, kLower = 2 };

/// True for the kinds that live in rolling windows; the others keep the latest value by event time.
constexpr bool IsWindowed(Kind kind) {
  return kind == Kind::kFlow || kind == Kind::kRatio || kind == Kind::kDuration;
}

absl::string_view KindName(Kind kind);                  // "flow", as in the catalogue
std::optional<Kind> ParseKind(absl::string_view name);  // nullopt: no such kind
absl::string_view DirectionName(Direction direction);   // "none", "higher", "lower"
std::optional<Direction> ParseDirection(absl::string_view name);

/// The rolling windows, shortest first.
enum class Window : std::uint8_t { k1m, k5m, k15m, k1h, k6h, k24h, k7d, k30d };
inline constexpr std::size_t kWindowCount = 8;
inline constexpr std::array<Window, kWindowCount> kAllWindows = {
    Window::k1m, Window::k5m,  Window::k15m, Window::k1h,
    Window::k6h, Window::k24h, Window::k7d,  Window::k30d};

/// Length and bucket of a window, in seconds.
struct WindowSpec {
  absl::string_view name;  // "1m"
  std::int64_t length;
  std::int64_t bucket;
  constexpr std::int64_t BucketCount() const { return length / bucket; }
};

inline constexpr std::array<WindowSpec, kWindowCount> kWindowSpecs = {{
    {"1m", 60, 1},
    {"5m", 300, 5},
    {"15m", 900, 15},
    {"1h", 3'600, 60},
    {"6h", 21'600, 300},
    {"24h", 86'400, 900},
    {"7d", 604'800, 3'600},
    {"30d", 2'592'000, 21'600},
}};

constexpr const WindowSpec& Spec(Window window) {
  return kWindowSpecs[static_cast<std::size_t>(window)];
}
std::optional<Window> ParseWindow(absl::string_view name);

/// What the exposition and queries call the window of the kinds that keep the latest value.
inline constexpr absl::string_view kLatestWindowName = "latest";

}  // namespace iocd::domain

#include "domain/indicator_kind.h"

#include <utility>

namespace iocd::domain {
namespace {

template <typename T, std::size_t N>
using Names = std::array<std::pair<T, absl::string_view>, N>;

constexpr Names<Kind, 9> kKindNames = {{
    {Kind::kFlow, "flow"},
    {Kind::kRatio, "ratio"},
    {Kind::kDuration, "duration"},
    {Kind::kStock, "stock"},
    {Kind::kCoverage, "coverage"},
    {Kind::kScore, "score"},
    {Kind::kRank, "rank"},
    {Kind::kReported, "reported"},
    {Kind::kWorst, "worst"},
}};

constexpr Names<Direction, 3> kDirectionNames = {{
    {Direction::kNone, "none"},
    {Direction::kHigher, "higher"},
    {Direction::kLower, "lower"},
}};

template <typename T, std::size_t N>
absl::string_view NameOf(const Names<T, N>& names, T value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "";
}

template <typename T, std::size_t N>
std::optional<T> ValueOf(const Names<T, N>& names, absl::string_view name) {
  for (const auto& [value, candidate] : names) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

}  // namespace

absl::string_view KindName(Kind kind) { return NameOf(kKindNames, kind); }
std::optional<Kind> ParseKind(absl::string_view name) { return ValueOf(kKindNames, name); }

absl::string_view DirectionName(Direction direction) { return NameOf(kDirectionNames, direction); }
std::optional<Direction> ParseDirection(absl::string_view name) {
  return ValueOf(kDirectionNames, name);
}

std::optional<Window> ParseWindow(absl::string_view name) {
  for (const Window window : kAllWindows) {
    if (Spec(window).name == name) return window;
  }
  return std::nullopt;
}

}  // namespace iocd::domain

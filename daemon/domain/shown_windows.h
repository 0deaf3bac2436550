#pragma once

#include <array>
#include <span>

#include "absl/strings/string_view.h"
#include "domain/catalogue.h"
#include "domain/indicator_kind.h"

namespace iocd::domain {

/// The windows in which values of a kind are shown: the eight, or for the kinds that keep the
/// latest value one (that a Reading then ignores).
inline std::span<const Window> ShownWindows(Kind kind) {
  const std::span<const Window> all(kAllWindows);
  return IsWindowed(kind) ? all : all.last(1);
}

/// The name under which a value of that kind is shown: "1m" … "30d", or "latest".
inline absl::string_view ShownWindowName(Kind kind, Window window) {
  return IsWindowed(kind) ? Spec(window).name : kLatestWindowName;
}

/// The indicator that departments send and from which the province's value is made: itself, or the
/// one that it is fed by. That one's kind says how the province's value reads.
inline const Indicator& SentIndicator(const Catalogue& catalogue, const Indicator& indicator) {
  return indicator.fed_by ? catalogue.data().indicators[*indicator.fed_by] : indicator;
}

/// The quantiles that are shown of durations.
inline constexpr std::array<double, 4> kShownQuantiles = {0.5, 0.9, 0.95, 0.99};

}  // namespace iocd::domain

#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace iocd::domain {

/// How often an indicator is owed.
enum class Cadence : std::uint8_t { kRealtime, kDaily, kMonthly, kQuarterly, kYearly };
absl::string_view CadenceName(Cadence cadence);
std::optional<Cadence> ParseCadence(absl::string_view name);

}  // namespace iocd::domain

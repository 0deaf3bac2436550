#include "domain/cadence.h"

namespace iocd::domain {
namespace {

struct CadenceEntry {
  Cadence cadence;
  absl::string_view name;
};

constexpr CadenceEntry kCadences[] = {
    {Cadence::kRealtime, "realtime"}, {Cadence::kDaily, "daily"},
    {Cadence::kMonthly, "monthly"},   {Cadence::kQuarterly, "quarterly"},
    {Cadence::kYearly, "yearly"},
};

}  // namespace

absl::string_view CadenceName(Cadence cadence) {
  return kCadences[static_cast<std::size_t>(cadence)].name;
}

std::optional<Cadence> ParseCadence(absl::string_view name) {
  for (const CadenceEntry& entry : kCadences) {
    if (entry.name == name) return entry.cadence;
  }
  return std::nullopt;
}

}  // namespace iocd::domain

#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "exposition/text_format.h"

namespace iocd::exposition {

/// The `ioc_` families, in the order in which they are written. All are gauges. docs/metrics.md
/// says what each means and when it is absent.
enum class Family : std::size_t {
  kDepartmentInfo,
  kDepartmentLastSeen,
  kDepartmentSimulated,
  kIndicatorInfo,
  kIndicatorCadence,
  kIndicatorValue,
  kIndicatorEvents,
  kIndicatorMin,
  kIndicatorMax,
  kIndicatorQuantile,
  kIndicatorLastEvent,
  kProvinceValue,
  kProvinceMembersRatio,
  kProvinceQuantile,
  kMemberValue,
  kPeriodValue,
  kTargetValue,
  kTargetActual,
  kTargetExpected,
  kTargetShortfall,
  kTargetPaceRatio,
  kTargetForecast,
  kTargetDeadline,
  kTargetStatus,
  kReportState,
  kDepartmentCompleteness,
  kDepartmentOnTime,
  kDepartmentLate,
};
inline constexpr std::size_t kFamilyCount = static_cast<std::size_t>(Family::kDepartmentLate) + 1;

struct FamilyText {
  absl::string_view name;
  absl::string_view help;
};
const FamilyText& TextOf(Family family);

/// Samples of all families, each family in a buffer of its own, so that one pass over the
/// indicators can write to all of them.
class FamilyBuffers {
 public:
  std::string& operator[](Family family) { return bodies_[static_cast<std::size_t>(family)]; }

  /// Appends the families that have samples, each under its `# HELP` and `# TYPE`.
  void AppendTo(Format format, std::string* out) const;

 private:
  std::array<std::string, kFamilyCount> bodies_;
};

}  // namespace iocd::exposition

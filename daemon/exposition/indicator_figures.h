#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "domain/rollup.h"
#include "domain/shown_windows.h"

namespace iocd::exposition {

/// What is shown of one value in one window; the sketch stays behind.
struct Figure {
  std::uint64_t events = 0;  // 0: nothing to show
  std::optional<double> value;
  double min = 0, max = 0;                                         // duration only
  std::array<double, domain::kShownQuantiles.size()> quantiles{};  // duration only
  double members_ratio = 1;
};

/// Everything that is shown of one indicator, copied out of the state in one go, so that the lock
/// on the state is not held while text is made. Reused from indicator to indicator for its memory.
class IndicatorFigures {
 public:
  /// Reads indicator number `indicator`. `reading.window` is not looked at.
  void ReadFrom(const domain::Reading& reading, std::size_t indicator);

  // One figure per shown window, window fastest.
  std::vector<Figure> departments;  // by place in ReportersOf(indicator)
  std::vector<Figure> members;      // by place in the member set
  std::vector<Figure> province;
  std::vector<std::optional<Timestamp>> last_event;  // by place in ReportersOf(indicator)

 private:
  void ReadDepartments(const domain::Reading& reading, std::size_t indicator);
  void ReadProvince(const domain::Reading& reading, std::size_t indicator);
  void ReadMembers(const domain::Reading& reading, std::size_t indicator);

  // By shown window: what the departments have, for the province.
  std::array<std::vector<domain::Aggregate>, domain::kWindowCount> reported_;
};

}  // namespace iocd::exposition

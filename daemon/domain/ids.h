#pragma once

#include <cstdint>
#include <utility>

namespace iocd::domain {

/// Small integers that stand for codes inside the daemon. The engine assigns them with `define`
/// records before first use and never reuses one, so a number in the log means the same for ever.
enum class DepartmentId : std::uint32_t {};
enum class IndicatorId : std::uint32_t {};
enum class MemberId : std::uint32_t {};

/// The member of a series that has none. Real members count from 1.
inline constexpr MemberId kNoMember{0};

/// Names one series: what one department reports of one indicator, for one member or for none.
struct SeriesKey {
  DepartmentId department{};
  IndicatorId indicator{};
  MemberId member = kNoMember;

  friend bool operator==(const SeriesKey&, const SeriesKey&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const SeriesKey& key) {
    return H::combine(std::move(state), key.department, key.indicator, key.member);
  }
};

}  // namespace iocd::domain

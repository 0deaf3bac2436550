#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "domain/rollup.h"

namespace iocd::domain {

// Under which department a series is shown, on which day. Departments and indicators are indices
// into the catalogue's vectors.

/// The day by whose departments a reading goes: that of its `now`; of a period that had ended by
/// then its last day.
CivilDate DayOf(const Reading& reading);

/// The department under which what `department` sent is shown on that day: itself, or the one as
/// which it goes on. One that was dissolved is shown as itself.
std::size_t ShownAs(const Catalogue& catalogue, std::size_t department, CivilDate day);

/// The departments that are shown as `department` on that day, itself first; none if it is gone.
std::vector<std::size_t> UnitsOf(const Catalogue& catalogue, std::size_t department, CivilDate day);

/// What the department has of the indicator, for a member or none: its own series, and those that
/// it has taken over by the reading's day. Windows and periods add up. A latest value that was
/// taken over stands beside its own, combined as departments are (of values that do not combine
/// the newer one), until it has one of a later event time than the merger: that speaks for both.
///
/// Without value if the department is gone by then; but of one that was dissolved windows and
/// periods still hold what it sent.
Aggregate HeldAggregate(const Reading& reading, std::size_t department, std::size_t indicator,
                        MemberId member);

}  // namespace iocd::domain

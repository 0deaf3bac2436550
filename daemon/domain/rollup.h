#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/timestamp.h"
#include "domain/aggregate.h"
#include "domain/catalogue.h"
#include "domain/series.h"
#include "domain/target_status.h"

namespace iocd::domain {

/// Gives the state of a series, or nullptr if it has had no event. The engine's state is one; calls
/// and the use of what they return happen while the reader holds that state still.
class SeriesSource {
 public:
  virtual ~SeriesSource() = default;
  virtual const Series* Find(const SeriesKey& key) const = 0;
};

/// A moment, and a window or a calendar period in which to look. `window` is ignored for the kinds
/// that keep the latest.
struct Reading {
  const Catalogue& catalogue;
  const SeriesSource& source;
  Timestamp now;
  Window window = Window::k30d;
  std::optional<Period> period{};  // instead of the window, of every kind
};

/// A value with what it is made of.
struct Combined {
  Aggregate aggregate;
  std::optional<double> value;    // Value(kind, aggregate)
  std::size_t have = 0, owe = 0;  // parts that have a value, among those that owe one

  /// 0..1; 1 where nothing is owed.
  double MembersRatio() const {
    return owe == 0 ? 1.0 : static_cast<double>(have) / static_cast<double>(owe);
  }
};

// Departments that are merged go on as their successor (domain/held_series.h): what they sent is
// counted there, once, and only departments that are there owe a part: on the day of `now`, of a
// period that had ended by then on its last day. Arguments are indices into the catalogue's
// vectors.

/// A department's value of an indicator, or of one member of it: its series, or its members
/// combined, of which those count that have no parts.
Combined DepartmentValue(const Reading& reading, std::size_t department, std::size_t indicator,
                         std::optional<std::size_t> member = std::nullopt);

/// The province's value: the owner's for `reporters: owner`, otherwise its reporters combined; of
/// an indicator that is `fed_by` another, the roll-up of that other.
Combined ProvinceValue(const Reading& reading, std::size_t indicator);

/// The same from values that have been read before: `reporters` holds the aggregate of
/// DepartmentValue() of each of ReportersOf(indicator), in that order. For whoever shows both and
/// would otherwise read every series twice. Only of indicators that are made so:
/// CombinesReporters().
Combined CombineReporters(const Reading& reading, std::size_t indicator,
                          std::span<const Aggregate> reporters);
/// Whether the province's value is that of several reporters: not one owner's, nor another's
/// roll-up.
bool CombinesReporters(const Indicator& indicator);

/// A member's value: the departments that report it, combined; of one with parts all of those.
/// `member` is an index into the indicator's member set.
Combined MemberValue(const Reading& reading, std::size_t indicator, std::size_t member);

/// The buckets of a windowed kind in `reading.window`, of the series that DepartmentValue() adds up
/// for one member that has no parts, or for none.
std::vector<BucketValue> DepartmentBuckets(const Reading& reading, std::size_t department,
                                           std::size_t indicator, MemberId member);

/// The value of the scope of a target: the province's, or the department's (a merged one's is its
/// successor's).
Combined ScopeValue(const Reading& reading, const Target& target);

/// The value that a target is held against, and how far its data reach: ScopeValue() of the 30 day
/// window ending at `now` for windowed kinds; the latest value with its event time for the others
/// (of a combination the oldest part's). nullopt: no value.
std::optional<TargetActual> ActualOf(const Reading& reading, const Target& target);

}  // namespace iocd::domain

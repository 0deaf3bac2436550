#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "engine/year_calendar.h"

namespace iocd::year {

/// What the reporters of an indicator owe, in the words of docs/calendar.md.
struct Duty {
  std::optional<Every> every;  // nullopt: realtime
  bool admin = false;
  enum class Due { kWorkingDay, kDayOfMonth, kLastOfMonth } due = Due::kWorkingDay;
  int number = 0;  // of that day
  int hour = 17, minute = 0;
  int grace_days = 0, late_days = 0;
  int silence_minutes = 0;  // realtime only
};

/// The instants that decide about the report of a period.
struct Times {
  Timestamp owed_from, due_at, late_from, closes_at;
};
Times TimesOf(const Duty& duty, const Span& span);

/// A department that goes on as another, and one that is founded.
struct Merger {
  std::size_t department, successor;
  Day on;
};
struct Founding {
  std::size_t department;
  Day on;
};

/// Days on which reports are due that need not be given, both inclusive.
struct LetOff {
  std::size_t department;
  std::optional<std::size_t> indicator;  // nullopt: all
  Day first, last;
};

/// Son La as shipped, and what a year needs beside it: all departments report monthly, quarterly
/// and yearly too, by rules of every sort and by both calendars; one department is founded and
/// takes the place of another, one is merged into one that was there before, and some are let off.
struct Territory {
  Territory();

  domain::CatalogueData data;
  Day reports_from;
  std::vector<Duty> duties;  // by indicator
  std::vector<Merger> mergers;
  Founding founding;
  std::vector<LetOff> let_off;

  /// Whether `reporters` names the department, and the value is no roll-up.
  bool Names(std::size_t department, std::size_t indicator) const;
  /// Whether the department itself is to report the period, which began when it was there.
  bool HasShare(std::size_t department, std::size_t indicator, const Span& span) const;
  /// Whether it owes the report: it has a share, or takes the place of one that has.
  bool Owes(std::size_t department, std::size_t indicator, const Span& span, Day due) const;
  /// Who sends the report that `department` owes at an instant: before it takes the place of
  /// another whose share is the only one, that other.
  std::size_t SenderFor(std::size_t department, std::size_t indicator, const Span& span,
                        Timestamp when) const;
  bool Exists(std::size_t department, Day day) const;
  bool IsLetOff(std::size_t department, std::size_t indicator, Day due) const;
  /// Index of the department with that code.
  std::size_t Department(absl::string_view code) const;
  std::size_t Indicator(absl::string_view code) const;

 private:
  void Add(const std::string& code, domain::Kind kind, const Duty& duty,
           const std::vector<std::string>& kinds = {});
  void LetOffFor(std::size_t department, std::optional<std::size_t> indicator, Date first,
                 Date last);
};

}  // namespace iocd::year

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "domain/cadence.h"
#include "domain/calendar.h"
#include "domain/civil_date.h"
#include "domain/due_rule.h"
#include "domain/ids.h"
#include "domain/indicator_kind.h"
#include "domain/target_status.h"
#include "domain/working_days.h"

namespace iocd::domain {

/// A unit that reports: department, agency, party committee, mass organisation.
struct Department {
  std::string code;
  std::string name_vi, name_en;
  std::string kind;    // "so", "ban_nganh", … : a word of the catalogue's own
  bool counts = true;  // false: a reporter outside the roster whose completeness is shown
  std::optional<CivilDate> valid_from;  // its first day; nullopt: it was there before everything
  std::optional<CivilDate> valid_to;    // the day from which it is no more; nullopt: it goes on
  // From `valid_to` on its series, targets and history go on as this one's: index of a department.
  std::optional<std::size_t> successor;
  std::optional<std::size_t> parent;  // the department above it, e.g. of a commune its district
  DepartmentId id{};                  // assigned by the engine

  /// Whether it is there on that day.
  bool ExistsOn(CivilDate day) const {
    return (!valid_from || *valid_from <= day) && (!valid_to || day < *valid_to);
  }
};

struct Member {
  std::string code;
  std::string name_vi, name_en;
  std::optional<std::size_t> parent;  // the member of the same set that it is a part of
  MemberId id{};                      // assigned by the engine
};

/// A set of members (areas, sectors) into which an indicator may be divided.
struct MemberSet {
  std::string code;
  std::vector<Member> members;
};

/// Who reports an indicator.
enum class Reporters : std::uint8_t { kOwner, kAll, kKinds };

struct Indicator {
  std::string code;
  std::string name_vi, name_en;
  Kind kind{};
  std::string unit;  // "percent": values are fractions, 0.4782
  Direction direction = Direction::kNone;
  Cadence cadence = Cadence::kMonthly;
  CalendarKind calendar = CalendarKind::kCivil;  // of its periods, and of deadlines that are years
  DueRule due = DefaultDueRule(Cadence::kMonthly);
  Reporters reporters = Reporters::kOwner;
  std::vector<std::string> reporter_kinds;   // with kKinds
  std::optional<std::size_t> owner;          // index of a department; required with kOwner
  std::optional<std::size_t> member_set;     // index of a member set
  std::optional<std::size_t> fed_by;         // index of the indicator whose roll-up it is
  std::optional<double> minimum, maximum;    // of the value, inclusive; percent as fraction
  bool count_once_by_reference = false;      // an event that is sent again counts once
  std::string numerator_vi, denominator_vi;  // what the parts count; empty: not stated
  IndicatorId id{};                          // assigned by the engine
};

/// One target: what a document asks of the province or of a department.
struct Target {
  std::optional<std::size_t> department;  // scope: a department, or the province if nullopt
  std::size_t indicator = 0;
  std::string deadline_text;  // as written, "2025"; "none" without
  TargetTerms terms;
  std::optional<double> stretch;  // of a range: shown, does not decide
  std::string document;           // source document
  CivilDate document_date;
  std::string note;
};

/// Reports that a department need not give, since somebody with the right to do so let it off.
struct Waiver {
  std::size_t department = 0;            // index
  std::optional<std::size_t> indicator;  // index; nullopt: all that it owes
  CivilDate first, last;                 // of the days on which the reports are due, inclusive
  std::string reason, author;            // never empty
  CivilDate date;                        // of the decision
};

/// What a territory's catalogue says, as read. Cross references are indices into these vectors.
struct CatalogueData {
  std::string territory, name_vi, name_en;
  // Nothing is owed that was due before this day; nullopt: no such day.
  std::optional<CivilDate> reports_from;
  WorkingDays working_days;
  std::vector<Department> departments;
  std::vector<MemberSet> member_sets;
  std::vector<Indicator> indicators;
  std::vector<Target> targets;
  std::vector<Waiver> waivers;
};

/// Whether `reporters` of the indicator names the department (an index into `data`).
bool Reports(const CatalogueData& data, std::size_t department, const Indicator& indicator);

/// A checked catalogue with its look-ups. Immutable once shared; thread-safe then.
class Catalogue {
 public:
  /// `data` is consistent: codes unique, indices valid (config/configuration.h checks).
  explicit Catalogue(CatalogueData data);

  const CatalogueData& data() const { return data_; }
  /// The engine fills in ids before the catalogue is shared.
  CatalogueData& mutable_data() { return data_; }

  /// nullptr: not in the catalogue.
  const Department* FindDepartment(absl::string_view code) const;
  const Indicator* FindIndicator(absl::string_view code) const;
  const Member* FindMember(const Indicator& indicator, absl::string_view code) const;

  /// Whether the department, or one whose successor it is, is named by `reporters`. Both are
  /// elements of this catalogue, as its Find functions return them, not copies.
  bool MayReport(const Department& department, const Indicator& indicator) const;
  /// Indices of the departments that may report the indicator, in catalogue order.
  const std::vector<std::size_t>& ReportersOf(std::size_t indicator) const;
  /// The member set of the indicator, or nullptr.
  const MemberSet* MembersOf(const Indicator& indicator) const;

  /// The department as which `department` goes on on that day: itself before its `valid_to`, then
  /// its successor, or that one's. nullopt: it was dissolved.
  std::optional<std::size_t> HolderOn(std::size_t department, CivilDate day) const;
  /// Whether one of ReportersOf(indicator) is there on that day and has its duty then: its own, or
  /// as the successor that it is by that day.
  bool ReportsOn(std::size_t department, std::size_t indicator, CivilDate day) const;
  /// Those that the department succeeds, at once or through others. Indices, in catalogue order.
  const std::vector<std::size_t>& PredecessorsOf(std::size_t department) const {
    return predecessors_[department];
  }

  /// Members of a set (an index) that have no parts, so that events may name them. Indices into its
  /// members, in their order.
  const std::vector<std::size_t>& LeavesOf(std::size_t member_set) const {
    return leaves_[member_set];
  }
  /// Of those the ones that `member` consists of; of a leaf itself.
  const std::vector<std::size_t>& LeavesOf(std::size_t member_set, std::size_t member) const {
    return leaves_of_member_[member_set][member];
  }
  /// `member` is an element of this catalogue, and in the set of the indicator.
  bool IsLeaf(const Indicator& indicator, const Member& member) const;

  /// Of several targets for one (scope, indicator, deadline) the one with the newest document is in
  /// force. Indices into data().targets, in catalogue order.
  const std::vector<std::size_t>& TargetsInForce() const { return targets_in_force_; }

 private:
  CatalogueData data_;
  absl::flat_hash_map<std::string, std::size_t> departments_, indicators_;
  std::vector<absl::flat_hash_map<std::string, std::size_t>> members_;   // by member set
  std::vector<std::vector<std::size_t>> leaves_;                         // by member set
  std::vector<std::vector<std::vector<std::size_t>>> leaves_of_member_;  // by set, member
  std::vector<std::vector<std::size_t>> predecessors_;                   // by department
  std::vector<std::vector<std::size_t>> reporters_;                      // by indicator
  std::vector<std::vector<bool>> may_report_;                            // by indicator, department
  std::vector<std::size_t> targets_in_force_;
};

}  // namespace iocd::domain

#include "config/target_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/roster_builder.h"
#include "domain/quantity.h"

namespace iocd::config {
namespace {

using domain::Direction;
using domain::Indicator;
using domain::Target;
using domain::TargetOperator;
using domain::Trajectory;

/// Differences that are noise of the unit.
double DefaultTolerance(absl::string_view unit) {
  if (unit == domain::kPercentUnit) return 0.0005;
  if (unit == "percentage_point") return 0.05;
  if (unit == "rank") return 1;
  return 0;
}

}  // namespace

void TargetBuilder::Take(const TargetDraft& draft) {
  const std::optional<std::size_t> indicator = indicators_.Resolve(draft.indicator);
  const std::optional<std::size_t> department =
      draft.scope ? departments_.Resolve(*draft.scope) : std::nullopt;
  const bool scope_known = !draft.scope || department;
  if (!indicator || !scope_known || !draft.sound || !sound_[*indicator]) return;
  Target target = draft.value;
  target.indicator = *indicator;
  target.department = department;
  target.terms.direction = data_.indicators[*indicator].direction;
  const Indicator& of = data_.indicators[*indicator];
  // A year ends with that of the indicator's calendar.
  const auto deadline = domain::ParsePeriod(target.deadline_text, of.calendar);
  if (deadline && deadline->kind == domain::PeriodKind::kYear) {
    target.terms.deadline = deadline->End();
  }
  CheckReporter(draft, target);
  CheckOperator(draft, of, target);
  const std::size_t before = mistakes_.count();
  ReadQuantities(draft, of, target);
  if (mistakes_.count() == before) CheckStretch(draft, of, target);
  CheckDates(draft, target);
  CheckDocument(draft, target);
  CheckRivals(draft, target);
  data_.targets.push_back(std::move(target));
}

std::optional<double> TargetBuilder::Quantity(const Text& text, absl::string_view what,
                                              const Indicator& indicator, bool within_bounds) {
  const absl::StatusOr<double> value = domain::ParseQuantity(text.value, indicator.unit);
  if (!value.ok()) {
    mistakes_.Add(text.place, absl::StrCat("the ", what, " ", value.status().message()));
    return std::nullopt;
  }
  const auto object = [&](absl::string_view side, double bound) {
    mistakes_.Add(text.place, absl::StrCat("the ", what, " ", text.value, " is ", side, " ",
                                           domain::QuantityToText(bound, indicator.unit),
                                           ", the bound of '", indicator.code, "'"));
  };
  if (within_bounds && indicator.minimum && *value < *indicator.minimum) {
    object("below", *indicator.minimum);
  }
  if (within_bounds && indicator.maximum && *value > *indicator.maximum) {
    object("above", *indicator.maximum);
  }
  return *value;
}

void TargetBuilder::ReadQuantities(const TargetDraft& draft, const Indicator& indicator,
                                   Target& target) {
  domain::TargetTerms& terms = target.terms;
  terms.value = Quantity(draft.quantity, "value", indicator, true).value_or(0);
  if (draft.stretch) target.stretch = Quantity(*draft.stretch, "stretch", indicator, true);
  if (draft.baseline) terms.baseline = Quantity(*draft.baseline, "baseline", indicator, true);
  terms.tolerance = DefaultTolerance(indicator.unit);
  if (draft.tolerance) {
    terms.tolerance =
        Quantity(*draft.tolerance, "tolerance", indicator, false).value_or(terms.tolerance);
    if (terms.tolerance < 0) {
      mistakes_.Add(draft.tolerance->place,
                    absl::StrCat("the tolerance ", draft.tolerance->value, " is below 0"));
    }
  }
  for (const MilestoneDraft& milestone : draft.milestones) {
    if (const auto value = Quantity(milestone.value, "milestone", indicator, true)) {
      terms.milestones.emplace_back(milestone.date, *value);
    }
  }
}

void TargetBuilder::CheckReporter(const TargetDraft& draft, const Target& target) {
  if (!target.department) return;
  const Indicator& indicator = data_.indicators[target.indicator];
  if (ReportsOrSucceeds(data_, *target.department, indicator)) return;
  const std::string reporters =
      indicator.reporters == domain::Reporters::kKinds
          ? absl::StrCat("departments of kind ", absl::StrJoin(indicator.reporter_kinds, ", "))
      : indicator.owner ? absl::StrCat("its owner '", data_.departments[*indicator.owner].code, "'")
                        : "its owner";
  mistakes_.Add(draft.scope->place,
                absl::StrCat("department '", draft.scope->value, "' does not report '",
                             indicator.code, "', so this target could never have a value; ",
                             "allowed: province, or who reports it: ", reporters));
}

void TargetBuilder::CheckOperator(const TargetDraft& draft, const Indicator& indicator,
                                  const Target& target) {
  const TargetOperator op = target.terms.op;
  const bool upwards = op == TargetOperator::kAtLeast || op == TargetOperator::kMoreThan;
  if (indicator.direction == Direction::kNone) {
    mistakes_.Add(draft.indicator.place,
                  absl::StrCat("'", indicator.code,
                               "' has the direction none, so it cannot have a "
                               "target: give the indicator a direction"));
  } else if (upwards != (indicator.direction == Direction::kHigher)) {
    mistakes_.Add(
        draft.op.place,
        absl::StrCat("the operator '", draft.op.value, "' goes against the direction of '",
                     indicator.code, "', which is better ",
                     upwards ? "lower: '<=' or '<'" : "higher: '>=' or '>'"));
  }
}

void TargetBuilder::CheckStretch(const TargetDraft& draft, const Indicator& indicator,
                                 const Target& target) {
  const bool lower = indicator.direction == Direction::kLower;
  const double sign = lower ? -1 : 1;
  if (!target.stretch || sign * (*target.stretch - target.terms.value) > 0) return;
  mistakes_.Add(draft.stretch->place,
                absl::StrCat("the stretch ", draft.stretch->value, " asks no more than the value ",
                             draft.quantity.value, ": it must lie ", lower ? "below" : "above",
                             " the value, which is the floor of the range and decides"));
}

/// Dates are judged whatever is wrong with the quantities beside them.
void TargetBuilder::CheckDates(const TargetDraft& draft, const Target& target) {
  const domain::TargetTerms& terms = target.terms;
  const bool reversed = draft.baseline && terms.deadline && *terms.deadline <= terms.baseline_date;
  if (reversed) {
    mistakes_.Add(
        draft.baseline->place,
        absl::StrCat("the deadline ", target.deadline_text,
                     " is not after the date of the baseline, ", terms.baseline_date.ToText(),
                     " (a year means its end): give the baseline of an earlier date, or "
                     "'baseline: none'"));
  }
  if (!draft.milestones.empty() && !reversed) CheckMilestones(draft, target);
}

void TargetBuilder::CheckMilestones(const TargetDraft& draft, const Target& target) {
  const domain::TargetTerms& terms = target.terms;
  const Place& first = draft.milestones.front().value.place;
  if (terms.trajectory == Trajectory::kMaintain) {
    mistakes_.Add(first, "a target with the trajectory maintain has no milestones");
    return;
  }
  if (!draft.baseline || !terms.deadline) {
    mistakes_.Add(first, absl::StrCat("milestones need a baseline and a deadline between which "
                                      "they lie; here the ",
                                      draft.baseline ? "deadline" : "baseline", " is none"));
    return;
  }
  domain::CivilDate previous = terms.baseline_date;
  for (const MilestoneDraft& milestone : draft.milestones) {
    const domain::CivilDate date = milestone.date;
    if (date <= previous || date >= *terms.deadline) {
      mistakes_.Add(milestone.value.place,
                    absl::StrCat("the milestone of ", date.ToText(), " must lie after ",
                                 previous.ToText(), " and before ", terms.deadline->ToText(),
                                 ": milestones stand in the order of time, between baseline and "
                                 "deadline"));
    }
    previous = std::max(previous, date);
  }
}

/// What is in force follows from the dates of documents, so one has one date.
void TargetBuilder::CheckDocument(const TargetDraft& draft, const Target& target) {
  const auto [known, is_new] =
      documents_.try_emplace(target.document, DatedDocument{target.document_date, draft.place});
  if (is_new || known->second.date == target.document_date) return;
  mistakes_.Add(
      draft.place,
      absl::StrCat("the document '", target.document, "' has the date ",
                   target.document_date.ToText(), " here and ", known->second.date.ToText(), " at ",
                   mistakes_.PlaceText(known->second.place),
                   ": a document has one date; if these are two, as a decision and its "
                   "amendment, give each its own name"));
}

std::string TargetBuilder::KeyText(const Target& target) const {
  return absl::StrCat(
      "scope ", target.department ? data_.departments[*target.department].code : "province",
      ", indicator ", data_.indicators[target.indicator].code, ", deadline ", target.deadline_text);
}

void TargetBuilder::CheckRivals(const TargetDraft& draft, const Target& target) {
  std::vector<Taken>& rivals = taken_[{target.department, target.indicator, target.terms.deadline}];
  for (const Taken& rival : rivals) {
    const bool same_document = rival.document == target.document;
    if (!same_document && rival.document_date != target.document_date) continue;
    mistakes_.Add(
        draft.place,
        absl::StrCat("a second target for one key (", KeyText(target), "), ",
                     same_document ? "from the same document"
                                   : "from a document of the same day, so that none is the newer",
                     "; first at ", mistakes_.PlaceText(rival.place), ": ",
                     same_document
                         ? "leave one of them; one of a new decision stands beside that of the old "
                           "one, with its own document and date"
                         : "leave the one that holds, or correct a document_date"));
    break;
  }
  rivals.push_back({target.document, target.document_date, draft.place});
}

}  // namespace iocd::config

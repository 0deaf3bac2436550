#include "query/to_proto.h"

#include <string>
#include <vector>

#include "domain/shown_windows.h"
#include "domain/supersession.h"
#include "wire/proto_time.h"

namespace iocd::query {
namespace {

absl::string_view OperatorName(domain::TargetOperator op) {
  switch (op) {
    case domain::TargetOperator::kAtLeast:
      return "ge";
    case domain::TargetOperator::kMoreThan:
      return "gt";
    case domain::TargetOperator::kAtMost:
      return "le";
    case domain::TargetOperator::kLessThan:
      return "lt";
  }
  return "";
}

std::string Text(absl::string_view text) { return std::string(text); }

void AddDurationFigures(const domain::Aggregate& aggregate, ioc::v1::WindowValue* out) {
  out->set_min(aggregate.min);
  out->set_max(aggregate.max);
  for (const double q : domain::kShownQuantiles) {
    const std::optional<double> value = aggregate.sketch.Quantile(q);
    if (!value) continue;
    ioc::v1::Quantile* quantile = out->add_quantiles();
    quantile->set_q(q);
    quantile->set_value(*value);
  }
}

void AddTerms(const domain::Target& target, ioc::v1::TargetRow* out) {
  const domain::TargetTerms& terms = target.terms;
  out->set_document(target.document);
  out->set_document_date(target.document_date.ToText());
  out->set_trajectory(terms.trajectory == domain::Trajectory::kLinear ? "linear" : "maintain");
  out->set_note(target.note);
  if (terms.baseline) {
    out->set_baseline(*terms.baseline);
    out->set_baseline_date(terms.baseline_date.ToText());
  }
  for (const auto& [date, value] : terms.milestones) {
    ioc::v1::Milestone* milestone = out->add_milestones();
    milestone->set_date(date.ToText());
    milestone->set_value(value);
  }
  out->set_tolerance(terms.tolerance);
}

bool HasParts(domain::Kind kind, const domain::Aggregate& aggregate) {
  return kind == domain::Kind::kRatio || (kind == domain::Kind::kCoverage && aggregate.has_second);
}

}  // namespace

ioc::v1::Department ToProto(const domain::Catalogue& catalogue,
                            const domain::Department& department,
                            const engine::DepartmentActivity& activity) {
  const std::vector<domain::Department>& all = catalogue.data().departments;
  ioc::v1::Department out;
  out.set_code(department.code);
  out.set_name_vi(department.name_vi);
  out.set_name_en(department.name_en);
  out.set_kind(department.kind);
  if (activity.last_seen) *out.mutable_last_seen() = wire::ToProto(*activity.last_seen);
  out.set_simulated(activity.simulated);
  out.set_counts(department.counts);
  if (department.valid_from) out.set_valid_from(department.valid_from->ToText());
  if (department.valid_to) out.set_valid_to(department.valid_to->ToText());
  if (department.successor) out.set_successor(all[*department.successor].code);
  if (department.parent) out.set_parent(all[*department.parent].code);
  return out;
}

ioc::v1::Territory TerritoryToProto(const domain::Catalogue& catalogue) {
  ioc::v1::Territory out;
  out.set_code(catalogue.data().territory);
  out.set_name_vi(catalogue.data().name_vi);
  out.set_name_en(catalogue.data().name_en);
  return out;
}

ioc::v1::Indicator IndicatorToProto(const domain::Catalogue& catalogue, std::size_t index) {
  const domain::CatalogueData& data = catalogue.data();
  const domain::Indicator& indicator = data.indicators[index];
  ioc::v1::Indicator out;
  out.set_code(indicator.code);
  out.set_name_vi(indicator.name_vi);
  out.set_name_en(indicator.name_en);
  out.set_kind(Text(domain::KindName(indicator.kind)));
  out.set_unit(indicator.unit);
  out.set_direction(Text(domain::DirectionName(indicator.direction)));
  out.set_cadence(Text(domain::CadenceName(indicator.cadence)));
  if (indicator.owner) out.set_owner(data.departments[*indicator.owner].code);
  for (const std::size_t reporter : catalogue.ReportersOf(index)) {
    out.add_reporters(data.departments[reporter].code);
  }
  if (const domain::MemberSet* set = catalogue.MembersOf(indicator)) {
    out.set_member_set(set->code);
    for (const domain::Member& member : set->members) {
      ioc::v1::Member* added = out.add_members();
      added->set_code(member.code);
      added->set_name_vi(member.name_vi);
      added->set_name_en(member.name_en);
      if (member.parent) added->set_parent(set->members[*member.parent].code);
    }
  }
  if (indicator.fed_by) out.set_fed_by(data.indicators[*indicator.fed_by].code);
  if (indicator.minimum) out.set_minimum(*indicator.minimum);
  if (indicator.maximum) out.set_maximum(*indicator.maximum);
  return out;
}

ioc::v1::WindowValue ToProto(domain::Kind kind, domain::Window window,
                             const domain::Combined& combined) {
  const domain::Aggregate& aggregate = combined.aggregate;
  ioc::v1::WindowValue out;
  out.set_window(Text(domain::ShownWindowName(kind, window)));
  out.set_events(aggregate.events);
  out.set_members_ratio(combined.MembersRatio());
  out.set_partial(combined.MembersRatio() < domain::kPartialBelow);
  if (combined.value) out.set_value(*combined.value);
  if (!aggregate.HasValue()) return out;
  if (HasParts(kind, aggregate)) {
    out.set_numerator(aggregate.first);
    out.set_denominator(aggregate.second);
  }
  if (kind == domain::Kind::kDuration) AddDurationFigures(aggregate, &out);
  return out;
}

ioc::v1::Bucket ToProto(domain::Kind kind, const domain::BucketValue& bucket) {
  ioc::v1::Bucket out;
  *out.mutable_start() = wire::ToProto(bucket.start);
  out.set_events(bucket.content.events);
  if (const auto value = domain::Value(kind, bucket.content)) out.set_value(*value);
  return out;
}

ioc::v1::TargetRow ToProto(const domain::Catalogue& catalogue, const domain::TargetRow& row) {
  const domain::Target& target = *row.target;
  const domain::TargetAssessment& assessment = row.assessment;
  ioc::v1::TargetRow out;
  out.set_scope(Text(domain::ScopeOf(catalogue, target)));
  out.set_indicator(catalogue.data().indicators[target.indicator].code);
  out.set_target(target.deadline_text);
  out.set_owner(Text(domain::OwnerOf(catalogue, target)));
  out.set_operator_(Text(OperatorName(target.terms.op)));
  out.set_target_value(target.terms.value);
  if (target.stretch) out.set_stretch(*target.stretch);
  if (target.terms.deadline)
    *out.mutable_deadline() = wire::ToProto(target.terms.deadline->Start());
  if (row.actual) {
    out.set_actual(row.actual->value);
    *out.mutable_actual_time() = wire::ToProto(row.actual->data_end);
  }
  if (assessment.expected) out.set_expected(*assessment.expected);
  if (assessment.shortfall) out.set_shortfall(*assessment.shortfall);
  if (assessment.pace) out.set_pace_ratio(*assessment.pace);
  if (assessment.forecast) out.set_forecast(*assessment.forecast);
  out.set_status(Text(domain::TargetStatusName(assessment.status)));
  AddTerms(target, &out);
  const std::vector<domain::Target>& targets = catalogue.data().targets;
  const auto index = static_cast<std::size_t>(&target - targets.data());
  if (const domain::Target* newer = domain::SupersededBy(targets, index)) {
    out.set_superseded_by(newer->document);
  }
  if (assessment.gap) out.set_gap(*assessment.gap);
  return out;
}

}  // namespace iocd::query

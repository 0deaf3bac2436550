#include "query/watch_changes.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/shown_windows.h"
#include "query/lookup.h"
#include "query/report_rows.h"
#include "query/to_proto.h"
#include "wire/proto_time.h"

namespace iocd::query {
namespace {

using standing::IndicatorValue;
using standing::Standing;

std::int64_t HourOf(Timestamp time) { return time.nanos / Duration::Seconds(3'600).nanos; }

// --- Whether a row calls for a message ---

/// Of the indicator, of a department or the province (nullopt).
domain::Kind KindOf(const domain::Catalogue& catalogue, std::size_t indicator,
                    std::optional<std::size_t> department) {
  const domain::Indicator& asked = catalogue.data().indicators[indicator];
  return department ? asked.kind : domain::SentIndicator(catalogue, asked).kind;
}

/// The end of the period that the actual covers; nullopt also where that is now, whenever that is.
std::optional<Timestamp> StandingEnd(const Standing& standing, const domain::TargetRow& row) {
  if (!row.actual) return std::nullopt;
  const domain::Target& target = *row.target;
  const bool windowed =
      domain::IsWindowed(KindOf(*standing.catalogue, target.indicator, target.department));
  if (windowed && row.actual->data_end == standing.now) return std::nullopt;
  return row.actual->data_end;
}

std::optional<double> ValueOf(const domain::TargetRow& row) {
  if (!row.actual) return std::nullopt;
  return row.actual->value;
}

bool FiguresDiffer(const domain::TargetAssessment& a, const domain::TargetAssessment& b) {
  return a.expected != b.expected || a.shortfall != b.shortfall || a.pace != b.pace ||
         a.forecast != b.forecast;
}

/// Whether `after` says nothing that calls for a message, when a realtime source was heard apart.
bool SameReport(const domain::Report& a, const domain::Report& b) {
  return a.period == b.period && a.freshness == b.freshness && a.waiver == b.waiver &&
         a.counts_as_late == b.counts_as_late && (!a.period || a.received == b.received);
}

bool SamePunctuality(const domain::Punctuality& a, const domain::Punctuality& b) {
  return a.due == b.due && a.received == b.received && a.due_this_year == b.due_this_year &&
         a.on_time == b.on_time && a.late == b.late;
}

absl::string_view FreshnessOf(const Standing& standing, const IndicatorValue& value) {
  if (!value.department) return {};
  for (const domain::Report& report : standing.departments[*value.department].present) {
    if (report.indicator == value.indicator) return domain::FreshnessName(report.freshness);
  }
  return {};
}

// --- Rows ---

ioc::v1::IndicatorRow RowOf(const Standing& standing, const IndicatorValue& value) {
  const domain::Catalogue& catalogue = *standing.catalogue;
  const domain::CatalogueData& data = catalogue.data();
  const domain::Indicator& indicator = data.indicators[value.indicator];
  const domain::Kind kind = KindOf(catalogue, value.indicator, value.department);
  ioc::v1::IndicatorRow row;
  row.set_scope(value.department ? data.departments[*value.department].code
                                 : std::string(domain::kProvinceScope));
  row.set_indicator(indicator.code);
  row.set_window(std::string(domain::ShownWindowName(kind, domain::Window::k30d)));
  if (value.value) row.set_value(*value.value);
  if (value.time) *row.mutable_value_time() = wire::ToProto(*value.time);
  row.set_members_ratio(value.members_ratio);
  row.set_partial(value.members_ratio < domain::kPartialBelow);
  row.set_freshness(std::string(FreshnessOf(standing, value)));
  return row;
}

/// Holds two standings of one catalogue against each other.
class Comparison {
 public:
  /// `before` may be nullptr.
  Comparison(const Standing* before, const Standing& after, const WatchScope& scope)
      : before_(before),
        after_(after),
        scope_(scope),
        departments_(DepartmentsOn(*after.catalogue, scope.department, after.now)),
        complete_(before == nullptr || !HasTheSameRows()),
        new_hour_(before != nullptr && HourOf(before->now) != HourOf(after.now)) {}

  std::shared_ptr<const ioc::v1::WatchResponse> Message() const {
    auto message = std::make_shared<ioc::v1::WatchResponse>();
    AddTargets(message.get());
    AddIndicators(message.get());
    AddDepartments(message.get());
    const bool empty = message->targets().empty() && message->indicators().empty() &&
                       message->departments().empty();
    if (empty && !complete_) return nullptr;
    message->set_complete(complete_);
    *message->mutable_time() = wire::ToProto(after_.now);
    return message;
  }

 private:
  bool HasTheSameRows() const {
    return before_->catalogue == after_.catalogue &&
           std::equal(before_->targets.begin(), before_->targets.end(), after_.targets.begin(),
                      after_.targets.end(),
                      [](const auto& a, const auto& b) { return a.target == b.target; }) &&
           departments_ == DepartmentsOn(*after_.catalogue, scope_.department, before_->now);
  }

  bool Covers(const domain::Target& target) const {
    return scope_.every || target.department == scope_.department;
  }

  bool Differs(const domain::TargetRow& a, const domain::TargetRow& b) const {
    return a.assessment.status != b.assessment.status || ValueOf(a) != ValueOf(b) ||
           StandingEnd(*before_, a) != StandingEnd(after_, b) ||
           (new_hour_ && FiguresDiffer(a.assessment, b.assessment));
  }

  bool Differs(const IndicatorValue& a, const IndicatorValue& b) const {
    return a != b || FreshnessOf(*before_, a) != FreshnessOf(after_, b);
  }

  bool Differs(const domain::DepartmentReports& a, const domain::DepartmentReports& b) const {
    return !SamePunctuality(a.punctuality, b.punctuality) ||
           !std::equal(a.present.begin(), a.present.end(), b.present.begin(), b.present.end(),
                       [this](const auto& one, const auto& other) {
                         return one.indicator == other.indicator && SameReport(one, other) &&
                                !IsHeardUnsaid(other);
                       });
  }

  /// A realtime source that was heard in the hour that has ended: it is told of with the hour,
  /// whether or not it was heard again since the standing before, since no message told of it by
  /// itself.
  bool IsHeardUnsaid(const domain::Report& report) const {
    return new_hour_ && !report.period && report.received &&
           HourOf(*report.received) >= HourOf(before_->now);
  }

  void AddTargets(ioc::v1::WatchResponse* message) const {
    for (std::size_t i = 0; i < after_.targets.size(); ++i) {
      const domain::TargetRow& row = after_.targets[i];
      if (!Covers(*row.target)) continue;
      if (!complete_ && !Differs(before_->targets[i], row)) continue;
      *message->add_targets() = ToProto(*after_.catalogue, row);
    }
  }

  void AddIndicators(ioc::v1::WatchResponse* message) const {
    for (std::size_t i = 0; i < after_.indicators.size(); ++i) {
      const IndicatorValue& value = after_.indicators[i];
      if (!scope_.every && value.department != scope_.department) continue;
      if (!complete_ && !Differs(before_->indicators[i], value)) continue;
      *message->add_indicators() = RowOf(after_, value);
    }
  }

  void AddDepartments(ioc::v1::WatchResponse* message) const {
    for (const std::size_t i : departments_) {
      if (!complete_ && !Differs(before_->departments[i], after_.departments[i])) continue;
      *message->add_departments() = ToProto(*after_.catalogue, i, after_.departments[i]);
    }
  }

  const Standing* const before_;
  const Standing& after_;
  const WatchScope scope_;
  const std::vector<std::size_t> departments_;
  const bool complete_;
  const bool new_hour_;
};

}  // namespace

absl::StatusOr<WatchScope> FindWatchScope(const domain::Catalogue& catalogue,
                                          absl::string_view scope) {
  const auto department = FindScope(catalogue, scope);
  if (!department.ok()) return department.status();
  return WatchScope{scope.empty(), *department};
}

std::shared_ptr<const ioc::v1::WatchResponse> Changes(const Standing* before, const Standing& after,
                                                      const WatchScope& scope) {
  return Comparison(before, after, scope).Message();
}

}  // namespace iocd::query

#include "lines.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace iocd::ledger {
namespace {

std::string Number(const std::optional<double>& number) {
  return number.has_value() ? absl::StrFormat("%.17g", *number) : "-";
}
std::string Seconds(Timestamp time) {
  return absl::StrFormat("@%.17g", static_cast<double>(time.nanos) / 1e9);
}
std::string Seconds(const std::optional<Timestamp>& time) {
  return time.has_value() ? Seconds(*time) : "-";
}

}  // namespace

std::string Line(const PeriodRevision& revision) {
  const PeriodFigures& figures = revision.figures;
  return absl::StrCat(revision.key.scope, " ", revision.key.indicator, " ",
                      domain::CalendarName(revision.key.calendar), " ", revision.key.period, " #",
                      revision.revision, " ", Number(figures.value), "=", Number(figures.numerator),
                      "/", Number(figures.denominator), " ", figures.events, "ev ",
                      figures.members_have, "of", figures.members_owe, " ",
                      RevisionStateName(revision.state), " ", Seconds(revision.recorded_at));
}

std::string Line(const Report& report) {
  return absl::StrCat(report.department, " ", report.indicator, " ", report.period, " ",
                      report.year, " due", Seconds(report.due_at), " late",
                      Seconds(report.late_from), " closes", Seconds(report.closes_at), " received ",
                      Seconds(report.received_at), " ", domain::FreshnessName(report.state),
                      report.waived ? " waived" : "", report.counts_as_late ? " counts" : "");
}

std::string Line(const LateCount& count) {
  return absl::StrCat(count.department, " ", count.reports);
}

std::string Line(const RecordedWaiver& recorded) {
  const Waiver& waiver = recorded.waiver;
  return absl::StrCat(waiver.department, " ", waiver.indicator.value_or("*"), " ",
                      waiver.first.ToText(), "..", waiver.last.ToText(), " '", waiver.reason, "' ",
                      waiver.author, " ", waiver.document_date.ToText(), " ",
                      Seconds(recorded.recorded_at), " withdrawn ", Seconds(recorded.withdrawn_at));
}

std::string Line(const Change& change) {
  return absl::StrCat(change.key.kind, " ", change.key.scope, " ", change.key.indicator, " ",
                      change.key.target, " ", Seconds(change.at), " ",
                      change.text.has_value() ? absl::StrCat("'", *change.text, "'") : "-", " ",
                      Number(change.value));
}

}  // namespace iocd::ledger

#include "iocctl/report_standing.h"

#include "base/timestamp.h"
#include "domain/civil_date.h"

namespace iocctl {
namespace {

iocd::Timestamp Instant(const google::protobuf::Timestamp& time) {
  return {time.seconds() * 1'000'000'000 + time.nanos()};
}

}  // namespace

Standing StandingOf(const ioc::v1::Report& report, const google::protobuf::Timestamp& now) {
  using iocd::domain::CivilDate;
  if (report.state() == "late") return Standing::kLate;
  if (report.state() == "missing") return Standing::kMissing;
  if (report.state() == "waived") return Standing::kWaived;
  if (report.state() == "due") {
    const iocd::Timestamp due = Instant(report.due());
    if (due <= Instant(now)) return Standing::kGrace;
    return CivilDate::Containing(due) == CivilDate::Containing(Instant(now)) ? Standing::kDueToday
                                                                             : Standing::kDueLater;
  }
  if (!report.has_received()) return Standing::kNotOwedYet;
  return report.counts_as_late() ? Standing::kSentLate : Standing::kSent;
}

}  // namespace iocctl

#include "query/series_question.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "domain/last_event.h"
#include "domain/shown_windows.h"
#include "query/lookup.h"
#include "query/to_proto.h"
#include "wire/proto_time.h"

namespace iocd::query {
namespace {

using domain::Combined;
using domain::Indicator;
using domain::Reading;

absl::Status DoesNotReport(const domain::Catalogue& catalogue, const Indicator& indicator,
                           absl::string_view department) {
  std::string message =
      absl::StrCat("department '", department, "' does not report '", indicator.code, "'; ");
  if (indicator.fed_by) {
    absl::StrAppend(&message, "the province's value is made from '",
                    domain::SentIndicator(catalogue, indicator).code, "': ask for that.");
  } else {
    absl::StrAppend(&message, "GET /api/v1/indicators?department=", department,
                    " lists what it reports.");
  }
  return absl::InvalidArgumentError(message);
}

absl::StatusOr<domain::Window> ParseBucketsOf(const domain::Catalogue& catalogue,
                                              const SeriesQuestion& question,
                                              absl::string_view name) {
  const Indicator& indicator = catalogue.data().indicators[question.indicator];
  if (!domain::IsWindowed(indicator.kind)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "indicator '", indicator.code, "' keeps its latest value (kind ",
        domain::KindName(indicator.kind), ") and has no buckets; ask without buckets_of."));
  }
  const std::optional<domain::Window> window = domain::ParseWindow(name);
  if (!window) {
    return absl::InvalidArgumentError(absl::StrCat(
        "there is no window ", Quoted(name), "; windows are 1m, 5m, 15m, 1h, 6h, 24h, 7d, 30d."));
  }
  if (!question.department) {
    return absl::InvalidArgumentError("buckets_of needs a department: buckets are of one series.");
  }
  if (catalogue.MembersOf(indicator) != nullptr && !question.member) {
    return absl::InvalidArgumentError(absl::StrCat("buckets_of needs a member too: indicator '",
                                                   indicator.code,
                                                   "' is divided, and buckets are of one series."));
  }
  if (question.member) {
    const domain::Member& member = catalogue.MembersOf(indicator)->members[*question.member];
    if (!catalogue.IsLeaf(indicator, member)) {
      return absl::InvalidArgumentError(absl::StrCat("buckets_of needs a member without parts: '",
                                                     member.code,
                                                     "' has some, and buckets are of one series."));
    }
  }
  return *window;
}

Combined ValueOf(const Reading& reading, const SeriesQuestion& question) {
  if (question.department) {
    return domain::DepartmentValue(reading, *question.department, question.indicator,
                                   question.member);
  }
  if (question.member) return domain::MemberValue(reading, question.indicator, *question.member);
  return domain::ProvinceValue(reading, question.indicator);
}

std::optional<Timestamp> NewestEvent(const Reading& reading, const SeriesQuestion& question) {
  if (question.department) {
    return domain::LastEventTime(reading, *question.department, question.indicator,
                                 question.member);
  }
  std::size_t sent = question.indicator;
  if (!question.member) {
    sent = reading.catalogue.data().indicators[sent].fed_by.value_or(sent);
  }
  std::optional<Timestamp> newest;
  for (const std::size_t reporter : reading.catalogue.ReportersOf(sent)) {
    newest = std::max(newest, domain::LastEventTime(reading, reporter, sent, question.member));
  }
  return newest;
}

// The kind by which the answer reads: only the province's own value may come from another
// indicator.
domain::Kind KindOf(const domain::Catalogue& catalogue, const SeriesQuestion& question) {
  const Indicator& indicator = catalogue.data().indicators[question.indicator];
  if (question.department || question.member) return indicator.kind;
  return domain::SentIndicator(catalogue, indicator).kind;
}

}  // namespace

absl::StatusOr<SeriesQuestion> ParseSeriesQuestion(const domain::Catalogue& catalogue,
                                                   const ioc::v1::GetSeriesRequest& request) {
  if (request.indicator().empty()) {
    return absl::InvalidArgumentError(
        "no indicator is named; add one, GET /api/v1/indicators lists them.");
  }
  SeriesQuestion question;
  const auto index = FindIndicator(catalogue, request.indicator());
  if (!index.ok()) return index.status();
  question.indicator = *index;
  const Indicator& indicator = catalogue.data().indicators[*index];

  if (!request.department().empty()) {
    const auto department = FindDepartment(catalogue, request.department());
    if (!department.ok()) return department.status();
    if (!catalogue.MayReport(catalogue.data().departments[*department], indicator)) {
      return DoesNotReport(catalogue, indicator, request.department());
    }
    question.department = *department;
  }
  if (!request.member().empty()) {
    const auto member = FindMember(catalogue, indicator, request.member());
    if (!member.ok()) return member.status();
    question.member = *member;
  }
  if (!request.buckets_of().empty()) {
    const auto window = ParseBucketsOf(catalogue, question, request.buckets_of());
    if (!window.ok()) return window.status();
    question.buckets_of = *window;
  }
  return question;
}

ioc::v1::GetSeriesResponse AnswerSeries(const Reading& reading, const SeriesQuestion& question) {
  ioc::v1::GetSeriesResponse out;
  const domain::Kind kind = KindOf(reading.catalogue, question);
  for (const domain::Window window : domain::ShownWindows(kind)) {
    const Reading in_window{reading.catalogue, reading.source, reading.now, window};
    *out.add_windows() = ToProto(kind, window, ValueOf(in_window, question));
  }
  if (question.buckets_of) {
    const Indicator& indicator = reading.catalogue.data().indicators[question.indicator];
    const domain::MemberId member =
        question.member ? reading.catalogue.MembersOf(indicator)->members[*question.member].id
                        : domain::kNoMember;
    const Reading in_window{reading.catalogue, reading.source, reading.now, *question.buckets_of};
    for (const domain::BucketValue& bucket :
         domain::DepartmentBuckets(in_window, *question.department, question.indicator, member)) {
      *out.add_buckets() = ToProto(kind, bucket);
    }
  }
  if (const auto newest = NewestEvent(reading, question)) {
    *out.mutable_last_event_time() = wire::ToProto(*newest);
  }
  return out;
}

}  // namespace iocd::query

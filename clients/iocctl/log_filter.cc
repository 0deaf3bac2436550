#include "iocctl/log_filter.h"

#include <algorithm>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/nearest.h"
#include "iocctl/time_flag.h"

namespace iocctl {
namespace {

using iocd::engine::Dictionary;
using iocd::eventlog::DefinedThing;
using iocd::eventlog::DefineRecord;

/// The ids of a code; InvalidArgument if it has none.
absl::StatusOr<std::vector<std::uint32_t>> IdsOf(const Dictionary& dictionary, DefinedThing thing,
                                                 absl::string_view sort, const std::string& code) {
  std::vector<std::uint32_t> ids;
  std::vector<absl::string_view> known;
  for (const DefineRecord& record : dictionary.All(thing)) {
    if (record.code == code) ids.push_back(record.id);
    known.push_back(record.code);
  }
  if (!ids.empty()) return ids;
  return absl::InvalidArgumentError(
      absl::StrCat("the log knows no ", sort, " '", code, "'", iocd::DidYouMean(code, known)));
}

}  // namespace

absl::StatusOr<LogFilter> LogFilter::Make(const LogDumpOptions& options,
                                          const Dictionary& dictionary, absl::Time now) {
  LogFilter filter;
  if (!options.department.empty()) {
    const auto ids = IdsOf(dictionary, DefinedThing::kDepartment, "department", options.department);
    if (!ids.ok()) return ids.status();
    filter.department_ = iocd::domain::DepartmentId{ids->front()};
  }
  if (!options.indicator.empty()) {
    const auto ids = IdsOf(dictionary, DefinedThing::kIndicator, "indicator", options.indicator);
    if (!ids.ok()) return ids.status();
    for (const std::uint32_t id : *ids) {
      filter.indicators_.push_back(iocd::domain::IndicatorId{id});
    }
  }
  const auto from = ParseTimeFlag("--from", options.from, now);
  if (!from.ok()) return from.status();
  const auto to = ParseTimeFlag("--to", options.to, now);
  if (!to.ok()) return to.status();
  filter.from_ = *from;
  filter.to_ = *to;
  filter.producer_ = options.producer;
  filter.sequence_ = options.sequence;
  filter.reference_ = options.reference;
  filter.takes_all_ = !filter.department_ && !filter.ChoosesEvents() && options.producer.empty() &&
                      !options.sequence && !filter.from_ && !filter.to_;
  return filter;
}

bool LogFilter::TakesBatch(const iocd::eventlog::BatchHeader& batch) const {
  if (from_ && batch.arrival < *from_) return false;
  if (to_ && batch.arrival >= *to_) return false;
  if (!producer_.empty() && batch.producer != producer_) return false;
  const auto* sequence = std::get_if<iocd::eventlog::Sequence>(&batch.key);
  return !sequence_ || (sequence != nullptr && *sequence == *sequence_);
}

bool LogFilter::TakesEvent(const iocd::eventlog::BatchHeader& batch,
                           const iocd::domain::Event& event) const {
  if (department_ && batch.department != *department_ && event.series.department != *department_) {
    return false;
  }
  if (!reference_.empty() && event.reference != reference_) return false;
  return indicators_.empty() || std::find(indicators_.begin(), indicators_.end(),
                                          event.series.indicator) != indicators_.end();
}

bool LogFilter::TakesWithoutEvents(const iocd::eventlog::BatchHeader& batch) const {
  return !ChoosesEvents() && (!department_ || batch.department == *department_);
}

}  // namespace iocctl

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/timestamp.h"
#include "engine/dictionary.h"
#include "eventlog/batch_record.h"
#include "iocctl/log_commands.h"

namespace iocctl {

/// Which batches and events of a log are asked for.
class LogFilter {
 public:
  /// InvalidArgument with a sentence: a code that `dictionary` does not define, or a time that is
  /// none. `now` is what "now" means as a time.
  static absl::StatusOr<LogFilter> Make(const LogDumpOptions& options,
                                        const iocd::engine::Dictionary& dictionary, absl::Time now);

  /// Nothing is left out.
  bool TakesAll() const { return takes_all_; }
  /// Whether events are chosen one by one, so that a batch may be shown in part.
  bool ChoosesEvents() const { return !indicators_.empty() || !reference_.empty(); }

  /// Looks at the batch, not at its events.
  bool TakesBatch(const iocd::eventlog::BatchHeader& batch) const;
  /// Whether to show an event of a batch that TakesBatch() has taken.
  bool TakesEvent(const iocd::eventlog::BatchHeader& batch, const iocd::domain::Event& event) const;
  /// Whether a batch is shown of which no event is: it has to be the department's own.
  bool TakesWithoutEvents(const iocd::eventlog::BatchHeader& batch) const;

 private:
  bool takes_all_ = false;
  std::optional<iocd::domain::DepartmentId> department_;
  std::string producer_, reference_;
  std::optional<std::uint64_t> sequence_;
  std::vector<iocd::domain::IndicatorId> indicators_;  // one for each kind that the code has had
  std::optional<iocd::Timestamp> from_, to_;
};

}  // namespace iocctl

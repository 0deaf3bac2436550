#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ioc/client/publisher.h"
#include "tool/department_channels.h"

namespace iocsim {

/// One publisher for each department, made with its first event. All batches are marked simulated.
class DepartmentPublishers {
 public:
  struct Totals {
    std::uint64_t accepted = 0, refused = 0, failed_batches = 0;
    std::string first_refusal, first_failure;
  };

  /// `channels` has every department that will publish. `producer` is new for each run, so that
  /// sequences may start at 1.
  DepartmentPublishers(ioc::tool::DepartmentChannels channels, std::string producer);

  void Publish(const std::string& department, ioc::v1::Event event);
  /// Waits for every answer, at most `timeout` for each department.
  void Flush(absl::Duration timeout);
  Totals totals() const;
  std::size_t size() const { return publishers_.size(); }

 private:
  ioc::client::Publisher& Of(const std::string& department);
  void OnAnswer(const ioc::client::Answer& answer);
  void OnDeadLetter(const std::string& department, const ioc::client::DeadLetter& letter);

  const ioc::tool::DepartmentChannels channels_;
  const std::string producer_;
  mutable std::mutex mutex_;
  Totals totals_;                                                              // guarded by mutex_
  std::map<std::string, std::unique_ptr<ioc::client::Publisher>> publishers_;  // ends first
};

}  // namespace iocsim

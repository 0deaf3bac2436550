#include "iocsim/department_publishers.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace iocsim {
namespace {

// Long enough for a restart of the daemon.
constexpr absl::Duration kGiveUpAfter = absl::Minutes(1);

}  // namespace

using ioc::client::Answer;
using ioc::client::DeadLetter;
using ioc::client::Publisher;

DepartmentPublishers::DepartmentPublishers(ioc::tool::DepartmentChannels channels,
                                           std::string producer)
    : channels_(std::move(channels)), producer_(std::move(producer)) {}

void DepartmentPublishers::Publish(const std::string& department, ioc::v1::Event event) {
  Of(department).Publish(std::move(event)).IgnoreError();  // events of the feed are small
}

void DepartmentPublishers::Flush(absl::Duration timeout) {
  for (auto& [department, publisher] : publishers_) publisher->Flush(timeout).IgnoreError();
}

DepartmentPublishers::Totals DepartmentPublishers::totals() const {
  std::lock_guard lock(mutex_);
  return totals_;
}

Publisher& DepartmentPublishers::Of(const std::string& department) {
  std::unique_ptr<Publisher>& publisher = publishers_[department];
  if (publisher == nullptr) {
    ioc::client::PublisherOptions options;
    options.department = department;
    options.producer = producer_;
    options.simulated = true;
    options.max_in_flight = 8;
    options.give_up_after = kGiveUpAfter;
    options.on_answer = [this](const Answer& answer) { OnAnswer(answer); };
    options.on_dead_letter = [this, department](const DeadLetter& letter) {
      OnDeadLetter(department, letter);
    };
    publisher = std::make_unique<Publisher>(channels_.at(department), std::move(options));
  }
  return *publisher;
}

void DepartmentPublishers::OnAnswer(const Answer& answer) {
  std::lock_guard lock(mutex_);
  totals_.accepted += answer.response.accepted();
  if (answer.status.ok()) return;
  if (totals_.failed_batches++ == 0) totals_.first_failure = std::string(answer.status.message());
}

void DepartmentPublishers::OnDeadLetter(const std::string& department, const DeadLetter& letter) {
  std::lock_guard lock(mutex_);
  if (totals_.refused++ == 0) {
    totals_.first_refusal = absl::StrCat(department, ", ", letter.event.indicator(), ": ",
                                         letter.code, ": ", letter.message);
  }
}

}  // namespace iocsim

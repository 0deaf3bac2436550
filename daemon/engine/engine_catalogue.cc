// What the engine does when another catalogue, or other upkeep, is to take the place of the
// present.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/engine.h"
#include "eventlog/group_format.h"

namespace iocd::engine {

std::shared_ptr<const domain::Catalogue> Engine::catalogue() const {
  MutexLock lock(catalogue_mutex_);
  return catalogue_;
}

void Engine::ChangeCatalogue(domain::Catalogue catalogue, ChangeDone done) {
  auto next = std::make_shared<domain::Catalogue>(std::move(catalogue));
  BetweenGroups([this, next = std::move(next), done = std::move(done)](absl::Status why) mutable {
    if (!why.ok()) return std::move(done)(std::move(why));
    why = defect_.ok() ? UseCatalogue(std::move(next)) : defect_;
    if (why.ok()) {
      PublishSizes();
      return std::move(done)(absl::OkStatus());
    }
    SetHealthy(why);
    std::move(done)(absl::UnavailableError(absl::StrCat(
        "the catalogue stays as it was: the event log does not take what the new one adds (",
        why.message(), ")")));
  });
}

absl::Status Engine::UseCatalogue(std::shared_ptr<domain::Catalogue> next) {
  if (absl::Status defined = DefineMissing(*next); !defined.ok()) return defined;
  state_.dictionary().AssignIds(next.get());
  std::shared_ptr<const domain::Catalogue> before = std::move(next);
  {
    MutexLock lock(catalogue_mutex_);
    catalogue_.swap(before);
  }
  changes_.fetch_add(1, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status Engine::DefineMissing(const domain::Catalogue& next) {
  const std::vector<eventlog::DefineRecord> missing = state_.dictionary().Missing(next);
  if (missing.empty()) return absl::OkStatus();
  std::string group(eventlog::kGroupHeaderBytes, '\0');
  for (const eventlog::DefineRecord& record : missing) eventlog::AppendTo(&group, record);
  absl::Status status = PrepareLog(group.size());
  const std::uint64_t position = log_->NextPosition();
  if (status.ok()) status = log_->Append(&group);
  if (!status.ok()) return status;
  MutexLock lock(state_mutex_);
  for (const eventlog::DefineRecord& record : missing) {
    if (absl::Status applied = state_.Apply(record, position); !applied.ok()) {
      FoundDefect(applied);
      return applied;
    }
  }
  return absl::OkStatus();
}

void Engine::ChangeUpkeep(const eventlog::Retention& retention,
                          std::uint64_t snapshot_every_bytes) {
  BetweenGroups([=, this](const absl::Status& refused) {
    if (!refused.ok()) return;  // nothing is kept up any more
    retention_ = retention;
    snapshot_every_bytes_ = snapshot_every_bytes;
  });
}

}  // namespace iocd::engine

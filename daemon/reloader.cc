#include "reloader.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/limits.h"
#include "config/changes.h"

namespace iocd {
namespace {

using ingest::ReloadOutcome;
using Sentences = std::vector<std::string>;

void Append(Sentences more, Sentences* sentences) {
  sentences->insert(sentences->end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

/// Cuts a list that nobody would read to its end.
Sentences Shortened(Sentences sentences) {
  if (sentences.size() <= limits::kMaxReloadSentences) return sentences;
  const std::size_t more = sentences.size() - limits::kMaxReloadSentences;
  sentences.resize(limits::kMaxReloadSentences);
  sentences.push_back(absl::StrCat("… and ", more, " more"));
  return sentences;
}

ReloadOutcome WithMistakes(Sentences mistakes) {
  ReloadOutcome outcome;
  outcome.status = absl::FailedPreconditionError(absl::StrCat(
      "the configuration has ", mistakes.size(), mistakes.size() == 1 ? " mistake" : " mistakes",
      "; the one before stays at work, unchanged"));
  outcome.mistakes = Shortened(std::move(mistakes));
  return outcome;
}

absl::Status Starting() {
  return absl::UnavailableError("the daemon is starting; ask for the reload again in a moment");
}

absl::Status Stopping() {
  return absl::UnavailableError(
      "the daemon is stopping; its next start reads the configuration anyway");
}

}  // namespace

Reloader::Reloader(Load load, config::Settings started, engine::Engine& engine,
                   ReloadObserver& observer)
    : load_(std::move(load)),
      started_(std::move(started)),
      engine_(engine),
      observer_(observer),
      at_work_(started_) {}

void Reloader::Start() {
  {
    MutexLock lock(mutex_);
    phase_ = Phase::kRunning;
  }
  thread_ = std::thread([this] { Run(); });
}

void Reloader::Stop() {
  {
    MutexLock lock(mutex_);
    phase_ = Phase::kStopping;
  }
  changed_.NotifyOne();
  if (thread_.joinable()) thread_.join();
}

void Reloader::Request(std::string asked_by, Done done) {
  absl::Status refused;
  {
    MutexLock lock(mutex_);
    if (phase_ == Phase::kRunning) {
      waiting_.push_back({std::move(asked_by), std::move(done)});
      changed_.NotifyOne();
      return;
    }
    refused = phase_ == Phase::kStarting ? Starting() : Stopping();
  }
  std::move(done)({refused, {}, {}});
}

void Reloader::Run() {
  while (true) {
    std::vector<Waiting> asked;
    bool stopping = false;
    {
      MutexLock lock(mutex_);
      while (waiting_.empty() && phase_ == Phase::kRunning) changed_.Wait(mutex_);
      asked.swap(waiting_);
      stopping = phase_ == Phase::kStopping;
    }
    ReloadOutcome outcome{Stopping(), {}, {}};
    if (!stopping) {
      observer_.ReloadBegins(absl::StrJoin(
          asked, ", ", [](std::string* out, const Waiting& one) { out->append(one.asked_by); }));
      outcome = Reload();
      observer_.ReloadEnds(outcome);
    }
    for (Waiting& one : asked) std::move(one.done)(outcome);
    if (stopping) return;
  }
}

ReloadOutcome Reloader::Reload() {
  auto loaded = load_();
  if (auto* mistakes = std::get_if<Sentences>(&loaded)) return WithMistakes(std::move(*mistakes));
  auto& next = std::get<config::Configuration>(loaded);
  Sentences mistakes;
  std::vector<Ready> parts = PrepareParts(next, &mistakes);
  if (!mistakes.empty()) return WithMistakes(std::move(mistakes));

  ReloadOutcome outcome;
  Sentences changes;
  for (Ready& part : parts) Append(std::move(part.access_changes), &changes);
  const std::size_t access_changes = changes.size();
  Sentences catalogue_changes =
      config::CatalogueChanges(engine_.catalogue()->data(), next.catalogue.data());
  const bool same_catalogue = catalogue_changes.empty();
  Append(std::move(catalogue_changes), &changes);
  Append(OtherChanges(next, &parts), &changes);
  // First what can still fail. But an engine that takes no catalogue any more, for a defect of its
  // own, keeps no revocation out: one that says what it said need not be taken.
  outcome.status = ChangeCatalogue(std::move(next.catalogue));
  if (same_catalogue) outcome.status = absl::OkStatus();
  if (!outcome.status.ok()) return outcome;
  for (Ready& part : parts) std::move(part.adopt)();
  at_work_ = std::move(next.settings);
  engine_.ChangeUpkeep({at_work_.log_retention, at_work_.log_max_bytes},
                       at_work_.snapshot_every_bytes);
  outcome.changes = Shortened(std::move(changes));
  outcome.access_changes = std::min(access_changes, outcome.changes.size());
  return outcome;
}

std::vector<Reloader::Ready> Reloader::PrepareParts(const config::Configuration& next,
                                                    Sentences* mistakes) const {
  std::vector<Ready> ready;
  for (const Part& part : parts_) {
    absl::StatusOr<Ready> one = part(next);
    if (one.ok()) {
      ready.push_back(*std::move(one));
    } else {
      mistakes->emplace_back(one.status().message());
    }
  }
  return ready;
}

Sentences Reloader::OtherChanges(const config::Configuration& next,
                                 std::vector<Ready>* parts) const {
  Sentences changes = config::SettingsChanges(at_work_, next.settings);
  for (Ready& part : *parts) Append(std::move(part.changes), &changes);
  Append(config::ChangesAtNextStart(started_, next.settings), &changes);
  return changes;
}

absl::Status Reloader::ChangeCatalogue(domain::Catalogue catalogue) {
  // Shared: the engine's thread may still be in set_value() when this one has gone on.
  auto changed = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> outcome = changed->get_future();
  engine_.ChangeCatalogue(std::move(catalogue), [changed](absl::Status status) {
    changed->set_value(std::move(status));
  });
  return outcome.get();
}

}  // namespace iocd

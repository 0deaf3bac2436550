#pragma once

#include <functional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "config/configuration.h"
#include "engine/engine.h"
#include "ingest/reloading.h"

namespace iocd {

/// Told of reloads, for metrics and logs. Calls come from the thread that reloads.
class ReloadObserver {
 public:
  virtual ~ReloadObserver() = default;
  virtual void ReloadBegins(const std::string& /*asked_by*/) {}
  virtual void ReloadEnds(const ingest::ReloadOutcome& /*outcome*/) {}
};

/// Puts changed configuration files to work while the daemon runs: all that they say, or nothing of
/// it. Reads and compares on a thread of its own, one reload at a time; requests that come
/// meanwhile share the next one. All that it is given outlives it, or its Stop().
class Reloader final : public ingest::Reloading {
 public:
  /// The configuration as a start would read it now, flags applied, or every mistake in it.
  using Load = std::function<std::variant<config::Configuration, std::vector<std::string>>()>;

  /// A part of the daemon that has what the next configuration asks of it ready to hand.
  struct Ready {
    /// Puts it to work; cannot fail. Not called if the reload comes to nothing.
    absl::AnyInvocable<void() &&> adopt;
    std::vector<std::string> changes;         // for people, beside those of catalogue and settings
    std::vector<std::string> access_changes;  // of whom the daemon trusts: told before all others
  };
  /// Makes a part ready, which changes nothing yet, and keeps nothing of `next`. An error is a
  /// mistake in what the configuration names: a sentence that says where.
  using Part = std::function<absl::StatusOr<Ready>(const config::Configuration& next)>;

  /// `started`: the settings that the daemon was started with, flags applied.
  Reloader(Load load, config::Settings started, engine::Engine& engine, ReloadObserver& observer);
  ~Reloader() override { Stop(); }
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  /// Before Start().
  void AddPart(Part part) { parts_.push_back(std::move(part)); }

  /// Takes requests from now on; they were refused before. Once the engine is ready.
  void Start();
  /// Ends the reload under way, and refuses those that wait and those to come. Before the engine's
  /// Stop(). Idempotent.
  void Stop();

  void Request(std::string asked_by, Done done) override;

 private:
  struct Waiting {
    std::string asked_by;
    Done done;
  };
  enum class Phase { kStarting, kRunning, kStopping };

  void Run();
  ingest::ReloadOutcome Reload();
  /// The parts that are ready; the mistakes of the others.
  std::vector<Ready> PrepareParts(const config::Configuration& next,
                                  std::vector<std::string>* mistakes) const;
  /// Those of neither access nor the catalogue.
  std::vector<std::string> OtherChanges(const config::Configuration& next,
                                        std::vector<Ready>* parts) const;
  absl::Status ChangeCatalogue(domain::Catalogue catalogue);

  const Load load_;
  const config::Settings started_;
  engine::Engine& engine_;
  ReloadObserver& observer_;
  std::vector<Part> parts_;
  config::Settings at_work_;  // reloading thread only

  Mutex mutex_;
  CondVar changed_;
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kStarting;
  std::vector<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace iocd

// The composition root: flags, configuration, parts in their order, signals, shutdown.

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "audit/audit_files.h"
#include "audit/audit_log.h"
#include "audit_reporter.h"
#include "backup_reporter.h"
#include "base/clock_guard.h"
#include "base/listen_address.h"
#include "base/posix_file_system.h"
#include "base/system_clock.h"
#include "caretaker.h"
#include "config/configuration.h"
#include "engine/engine.h"
#include "engine_reporter.h"
#include "exposition/daemon_metrics.h"
#include "http/server.h"
#include "ingest/admin_service.h"
#include "ingest/backups.h"
#include "ingest/grpc_server.h"
#include "ingest/grpc_tls.h"
#include "ingest/ingest_service.h"
#include "ingest/ingestor.h"
#include "query/query.h"
#include "query/query_service.h"
#include "reload_reporter.h"
#include "reloader.h"
#include "tls/material.h"

namespace iocd {
namespace {

constexpr int kDone = 0, kFailed = 1, kUsage = 2;

/// gRPC calls under way get this long; with the HTTP server's patience below the 10 s in which the
/// daemon ends.
constexpr Duration kGrpcPatience = Duration::Seconds(3);
/// And, once they are cancelled, this long to notice.
constexpr std::chrono::milliseconds kCancelPatience{500};
/// And the snapshot of a clean stop until so long after the signal, whatever the servers took;
/// without it the next start reads more of the log.
constexpr std::chrono::seconds kSnapshotPatience{8};

struct Flags {
  std::string config;
  std::optional<std::string> data_dir, grpc_listen, http_listen;
  bool demo = false;
  bool insecure_listen = false;
};

using Mistakes = std::vector<std::string>;

/// What is settled before anything runs.
struct Plan {
  config::Configuration configuration;
  ListenAddress grpc, http;
  bool demo = false;
  std::shared_ptr<const tls::TlsMaterial> tls = nullptr;  // nullptr: both doors are plain
};

template <typename... Parts>
int Complain(int exit_code, const Parts&... parts) {
  std::fputs(absl::StrCat("iocd: ", parts..., "\n").c_str(), stderr);
  return exit_code;
}

/// Returns an exit code if the program ends here.
std::optional<int> ParseFlags(int argc, char** argv, Flags* flags) {
  CLI::App app("iocd: the daemon of the intelligent operations centre");
  app.set_version_flag("--version", "iocd " IOCD_VERSION);
  app.add_option("--config", flags->config, "configuration file (required)")->type_name("FILE");
  app.add_option("--data-dir", flags->data_dir, "where the event log lives [./var]")
      ->type_name("DIR");
  app.add_option("--grpc-listen", flags->grpc_listen, "gRPC address [127.0.0.1:7443]")
      ->type_name("HOST:PORT");
  app.add_option("--http-listen", flags->http_listen, "HTTP address [127.0.0.1:7480]")
      ->type_name("HOST:PORT");
  app.add_flag("--demo", flags->demo, "take simulated batches");
  app.add_flag("--insecure-listen", flags->insecure_listen,
               "listen beyond this machine although any sender may send for any department");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    return Complain(kUsage, error.what(), " (see iocd --help)");
  }
  if (flags->config.empty()) {
    return Complain(kUsage,
                    "--config is required: name the configuration file, e.g. --config "
                    "config/iocd.yaml");
  }
  return std::nullopt;
}

/// One of the two addresses, or nothing and a mistake.
ListenAddress PlanAddress(const std::string& text, bool insecure_listen, Mistakes* mistakes) {
  const auto address = ParseListenAddress(text);
  if (!address.ok()) {
    mistakes->emplace_back(address.status().message());
    return {};
  }
  if (!address->IsLoopback() && !insecure_listen) {
    mistakes->push_back(
        absl::StrCat(address->ToText(),
                     " is reachable from other machines, where any sender could send for any ",
                     "department; use a loopback address, or --insecure-listen"));
  }
  return *address;
}

/// Everything that can be wrong before the daemon touches its data: all of it, if anything is.
/// Also for what is to be reloaded, so that a next start would not refuse it.
std::variant<Plan, Mistakes> MakePlan(const Flags& flags) {
  auto loaded = config::Load(flags.config);
  Mistakes mistakes;
  if (const auto* found = std::get_if<std::vector<config::Mistake>>(&loaded)) {
    for (const config::Mistake& mistake : *found) mistakes.push_back(mistake.ToText());
    return mistakes;
  }
  Plan plan{std::get<config::Configuration>(std::move(loaded)), {}, {}, flags.demo};
  config::Settings& settings = plan.configuration.settings;
  settings.data_dir = flags.data_dir.value_or(settings.data_dir);
  if (settings.tls) {
    auto material = tls::LoadMaterial(*settings.tls, SystemClock().Now());
    if (material.ok()) {
      plan.tls = *std::move(material);
    } else {
      mistakes.push_back(absl::StrCat(flags.config, ": ", material.status().message()));
    }
  }
  settings.grpc_listen = flags.grpc_listen.value_or(settings.grpc_listen);
  settings.http_listen = flags.http_listen.value_or(settings.http_listen);
  plan.grpc = PlanAddress(settings.grpc_listen, flags.insecure_listen, &mistakes);
  plan.http = PlanAddress(settings.http_listen, flags.insecure_listen, &mistakes);
  if (!mistakes.empty()) return mistakes;
  return plan;
}

/// What a reload reads.
std::variant<config::Configuration, Mistakes> LoadAgain(const Flags& flags) {
  auto plan = MakePlan(flags);
  if (auto* mistakes = std::get_if<Mistakes>(&plan)) return std::move(*mistakes);
  return std::get<Plan>(std::move(plan)).configuration;
}

/// Blocks the signals that the daemon waits for, in this and every later thread.
sigset_t BlockSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// As many open files as the system allows: a backup holds every segment of the log open.
void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Whether a signal to stop waits to be taken.
bool StopIsPending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

/// Waits for the signal to stop, and returns its name. Meanwhile the caretaker looks each second,
/// and another signal reloads the configuration.
const char* WaitForStop(const sigset_t& signals, Caretaker& caretaker, Reloader& reloader) {
  constexpr timespec kLookAfter{.tv_sec = 1, .tv_nsec = 0};
  while (true) {
    caretaker.Look();
    const int signal = sigtimedwait(&signals, nullptr, &kLookAfter);
    if (signal == SIGTERM || signal == SIGINT) {
      const char* name = signal == SIGTERM ? "SIGTERM" : "SIGINT";
      spdlog::info("stopping: {}", name);
      return name;
    }
    if (signal == SIGHUP) reloader.Request("SIGHUP", [](const ingest::ReloadOutcome&) {});
  }
}

/// The newest arrival that the log holds.
std::optional<Timestamp> NewestArrival(const engine::Engine& engine) {
  std::optional<Timestamp> newest;
  engine.Read([&](const engine::State& state) { newest = state.newest_arrival(); });
  return newest;
}

void LogStart(const Plan& plan, const engine::Engine& engine, std::uint16_t grpc_port,
              std::uint16_t http_port) {
  const domain::CatalogueData& catalogue = engine.catalogue()->data();
  spdlog::info("iocd " IOCD_VERSION " of {}: {} departments, {} indicators, {} targets",
               catalogue.name_vi, catalogue.departments.size(), catalogue.indicators.size(),
               catalogue.targets.size());
  const engine::Recovery& recovery = engine.recovery();
  if (!recovery.snapshot.path.empty()) {
    spdlog::info("went on from {} ({} bytes)", recovery.snapshot.path, recovery.snapshot.bytes);
  }
  spdlog::info("read {} batches with {} events from the log in {}", recovery.batches,
               recovery.events, plan.configuration.settings.data_dir);
  spdlog::warn("open mode: no identities are configured, any sender may send for any department");
  if (plan.demo) spdlog::warn("--demo: simulated batches are taken");
  if (plan.tls != nullptr) {
    spdlog::info("both speak TLS; the certificate is valid until {}; clients are asked for {}",
                 ToLocalText(plan.tls->own.not_after),
                 plan.tls->client_ca.empty() ? "none" : "theirs");
  }
  spdlog::info("gRPC on {}, HTTP on {}", ListenAddress{plan.grpc.host, grpc_port}.ToText(),
               ListenAddress{plan.http.host, http_port}.ToText());
}

/// What the audit log is to say of the daemon itself.
audit::Entry OwnEntry(const char* action, std::string what) {
  audit::Entry entry;
  entry.action = action;
  entry.what = std::move(what);
  return entry;
}

std::string Describe(const Plan& plan) {
  return absl::StrCat("iocd " IOCD_VERSION ", gRPC on ", plan.grpc.ToText(), ", HTTP on ",
                      plan.http.ToText(), ", open mode", plan.demo ? ", --demo" : "");
}

/// Ends the gRPC server. False: it has not ended in time, because a peer holds a connection on
/// which nothing moves, and gRPC waits for that to break. It uses what it was given until the
/// process ends.
bool StopInTime(ingest::GrpcServer& server) {
  auto stopped = std::make_shared<std::promise<void>>();
  const std::future<void> end = stopped->get_future();
  std::thread([&server, stopped] {
    server.Stop(kGrpcPatience);
    stopped->set_value();
  }).detach();
  const std::chrono::nanoseconds patience(kGrpcPatience.nanos);
  return end.wait_for(patience + kCancelPatience) == std::future_status::ready;
}

/// Lets the engine take its last snapshot, but not for longer than the daemon has to end.
void StopInTime(engine::Engine& engine, std::chrono::steady_clock::time_point deadline) {
  std::mutex mutex;
  std::condition_variable stopped;
  bool is_stopped = false;
  std::thread hurry([&] {
    std::unique_lock<std::mutex> lock(mutex);
    if (!stopped.wait_until(lock, deadline, [&] { return is_stopped; })) engine.HurryStop();
  });
  engine.Stop();
  {
    const std::lock_guard<std::mutex> lock(mutex);
    is_stopped = true;
  }
  stopped.notify_one();
  hurry.join();
}

int Run(Plan plan, const Flags& flags, const sigset_t& signals) {
  const SystemClock clock;
  exposition::DaemonMetrics metrics;
  EngineReporter reporter(metrics);
  const config::Settings& settings = plan.configuration.settings;
  engine::Engine engine({.data_directory = settings.data_dir,
                         .segment_bytes = settings.log_segment_bytes,
                         .retention = {settings.log_retention, settings.log_max_bytes},
                         .snapshot_every_bytes = settings.snapshot_every_bytes,
                         .stop_requested = &StopIsPending},
                        PosixFileSystem(), std::move(plan.configuration.catalogue), reporter);

  AuditReporter audit_reporter(metrics);
  audit::AuditLog audit_log({audit::AuditDirectory(settings.data_dir)}, PosixFileSystem(), clock,
                            audit_reporter);
  audit_log.Record(OwnEntry(audit::kStart, Describe(plan)));
  ClockGuard clock_guard;
  ingest::Ingestor ingestor(engine, clock, clock_guard, metrics, audit_log, {.demo = plan.demo});
  ingest::IngestService ingest_service(ingestor);
  BackupReporter backup_reporter(metrics);
  ingest::Backups backups(engine, backup_reporter, audit_log, IOCD_VERSION);
  ReloadReporter reload_reporter(metrics, clock);
  Reloader reloader([&flags] { return LoadAgain(flags); }, settings, engine, reload_reporter);
  ingest::AdminService admin_service(engine, clock, clock_guard, backups, reloader, audit_log);
  const query::Query query(engine, clock);
  query::QueryService query_service(query);
  std::optional<tls::TlsStore> tls;
  if (plan.tls != nullptr) tls.emplace(plan.tls);
  auto server = ingest::GrpcServer::Start(
      {plan.grpc,
       {&ingest_service, &query_service, &admin_service},
       {ioc::v1::IngestService::service_full_name(), ioc::v1::QueryService::service_full_name(),
        ioc::v1::AdminService::service_full_name()},
       tls ? ingest::TlsServerCredentials(*tls) : nullptr});
  if (!server.ok()) return Complain(kFailed, server.status().message());
  http::Server http({plan.http.ToText(), tls ? &*tls : nullptr},
                    {engine, clock, clock_guard, metrics, ingestor, query, reloader, audit_log});
  const absl::Status http_started = http.Start();
  if (!http_started.ok()) return Complain(kFailed, http_started.message());

  // Meanwhile every door says that the daemon is starting.
  const absl::Status recovered = engine.Recover();
  if (absl::IsCancelled(recovered)) {
    spdlog::info("stopped while reading the event log, which is as it was");
    return kDone;
  }
  if (!recovered.ok()) return Complain(kFailed, recovered.message());
  audit_log.Start();  // only now: recovery has taken the data directory for this process
  clock_guard.LogHolds(NewestArrival(engine));
  Caretaker caretaker(engine, clock, clock_guard, **server, audit_log, settings.snapshot_every);
  caretaker.Look();
  metrics.ConfigurationIsAtWork(clock.Now());
  reloader.AddPart([&caretaker](const config::Configuration& next) {
    const Duration every = next.settings.snapshot_every;
    return Reloader::Ready{[&caretaker, every] { caretaker.ChangeSnapshotEvery(every); }, {}};
  });
  reloader.Start();
  http.SetReady(true);
  LogStart(plan, engine, static_cast<std::uint16_t>((*server)->port()),
           static_cast<std::uint16_t>(http.port()));
  audit_log.Record(OwnEntry(audit::kStop, WaitForStop(signals, caretaker, reloader)));
  const auto deadline = std::chrono::steady_clock::now() + kSnapshotPatience;

  (*server)->SetServing(false);
  http.SetReady(false);
  reloader.Stop();
  ingest_service.Drain();
  backups.Drain();
  const bool ended = StopInTime(**server);
  http.Stop();
  StopInTime(engine, deadline);
  audit_log.Stop();
  spdlog::info("stopped; everything acknowledged is on disk");
  if (!ended) {
    spdlog::default_logger()->flush();
    std::_Exit(kDone);  // gRPC still uses what would be destroyed here
  }
  return kDone;
}

int Main(int argc, char** argv) {
  const sigset_t signals = BlockSignals();
  RaiseFileLimit();
  Flags flags;
  if (const auto exit_code = ParseFlags(argc, argv, &flags)) return *exit_code;
  auto plan = MakePlan(flags);
  if (const auto* mistakes = std::get_if<Mistakes>(&plan)) {
    for (const std::string& mistake : *mistakes) Complain(kUsage, mistake);
    return kUsage;
  }
  spdlog::set_default_logger(spdlog::stderr_color_mt("iocd"));
  return Run(std::get<Plan>(std::move(plan)), flags, signals);
}

}  // namespace
}  // namespace iocd

int main(int argc, char** argv) { return iocd::Main(argc, argv); }

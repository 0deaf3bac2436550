// The composition root: flags, configuration, parts in their order, signals, shutdown.

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "access/access_control.h"
#include "access/quota_keeper.h"
#include "audit/audit_files.h"
#include "audit/audit_log.h"
#include "audit_reporter.h"
#include "backup_reporter.h"
#include "base/clock_guard.h"
#include "base/listen_address.h"
#include "base/posix_file_system.h"
#include "base/process_memory.h"
#include "base/processor_time.h"
#include "base/system_clock.h"
#include "bookkeeper/bookkeeper.h"
#include "bookkeeper/bookkeeper_thread.h"
#include "bookkeeper/ledger_backup.h"
#include "bookkeeper/open_ledger.h"
#include "caretaker.h"
#include "config/plan.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "engine_reporter.h"
#include "exposition/daemon_metrics.h"
#include "grpc_reporter.h"
#include "http/server.h"
#include "ingest/admin_service.h"
#include "ingest/backups.h"
#include "ingest/grpc_server.h"
#include "ingest/grpc_tls.h"
#include "ingest/ingest_service.h"
#include "ingest/ingestor.h"
#include "ingest/reload_entry.h"
#include "ledger_reporter.h"
#include "live_parts.h"
#include "memory_guard.h"
#include "query/query.h"
#include "query/query_service.h"
#include "query/watchers.h"
#include "reload_reporter.h"
#include "reloader.h"
#include "standing/keeper_thread.h"
#include "standing/standing_keeper.h"
#include "stop_in_time.h"
#include "tls/material.h"

namespace iocd {
namespace {

using config::Flags;
using config::Plan;

constexpr int kDone = 0, kFailed = 1, kUsage = 2;

/// The snapshot of a clean stop gets until so long after the signal, whatever the servers took;
/// without it the next start reads more of the log.
constexpr std::chrono::seconds kSnapshotPatience{8};

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

/// The log's times are those of every office that reads it, wherever the machine thinks it stands.
void LogInLocalTime() {
  setenv("TZ", "<+07>-7", 1);
  tzset();
  spdlog::set_pattern("[%Y-%m-%d %H:%M:%S.%e%z] [%n] [%^%l%$] %v");
}

std::vector<std::string> TextsOf(const std::vector<config::Mistake>& mistakes) {
  std::vector<std::string> texts;
  for (const config::Mistake& mistake : mistakes) texts.push_back(mistake.ToText());
  return texts;
}

/// What a reload reads. `tls` is nullptr where the daemon was started without.
std::variant<config::Configuration, std::vector<std::string>> LoadAgain(const Flags& flags,
                                                                        const Clock& clock,
                                                                        const tls::TlsStore* tls) {
  auto plan = MakePlan(flags, clock, tls ? tls->Current().get() : nullptr);
  if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&plan)) {
    return TextsOf(*mistakes);
  }
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

/// Waits for the signal to stop, and returns its name. Meanwhile caretaker and memory guard look
/// each second, and another signal reloads the configuration.
const char* WaitForStop(const sigset_t& signals, Caretaker& caretaker, MemoryGuard& memory_guard,
                        Reloader& reloader, audit::Recorder& recorder) {
  constexpr timespec kLookAfter{.tv_sec = 1, .tv_nsec = 0};
  while (true) {
    caretaker.Look();
    memory_guard.Look();
    const int signal = sigtimedwait(&signals, nullptr, &kLookAfter);
    if (signal == SIGTERM || signal == SIGINT) {
      const char* name = signal == SIGTERM ? "SIGTERM" : "SIGINT";
      spdlog::info("stopping: {}", name);
      return name;
    }
    if (signal != SIGHUP) continue;
    reloader.Request("SIGHUP", [&recorder](const ingest::ReloadOutcome& outcome) {
      ingest::RecordReload({.how = audit::How::kLocal, .call = "SIGHUP"}, outcome, recorder);
    });
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
  if (plan.configuration.access == nullptr) {
    spdlog::warn("open mode: no identities are configured, any sender may send for any department");
  } else {
    spdlog::info("{} identities are known", plan.configuration.access->identities().size());
    if (plan.tls == nullptr)
      spdlog::warn("without 'tls' only tokens can say who calls, in clear text");
  }
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
                      plan.http.ToText(), plan.configuration.access ? "" : ", open mode",
                      plan.demo ? ", --demo" : "");
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
  access::AccessControl access(plan.configuration.access);
  access::QuotaKeeper quotas(settings.quotas);
  door::Doorkeeper doorkeeper(access, clock, audit_log, metrics);
  ingest::Ingestor ingestor(engine, clock, clock_guard, metrics, quotas, audit_log,
                            {.demo = plan.demo});
  ingest::IngestService ingest_service(ingestor, doorkeeper, quotas, clock);
  BackupReporter backup_reporter(metrics);
  ingest::Backups backups(
      engine, [&] { return bookkeeper::OpenLedgerCopy(PosixFileSystem(), settings.data_dir); },
      backup_reporter, doorkeeper, audit_log, IOCD_VERSION);
  std::optional<tls::TlsStore> tls;
  if (plan.tls != nullptr) {
    tls.emplace(plan.tls);
    metrics.SetCertificateEnd(plan.tls->own.not_after);
  }
  ReloadReporter reload_reporter(metrics, clock);
  Reloader reloader([&] { return LoadAgain(flags, clock, tls ? &*tls : nullptr); }, settings,
                    engine, reload_reporter);
  ingest::AdminService admin_service(engine, clock, clock_guard, backups, reloader, doorkeeper,
                                     audit_log);
  const query::Query query(engine, clock);
  query::Watchers watchers(engine, doorkeeper, clock, metrics);
  query::QueryService query_service(query, watchers, doorkeeper);
  standing::StandingKeeper standing_keeper(engine, clock, &ProcessorTimeOfThread);
  standing_keeper.AddListener([&](const standing::StandingPtr& standing, Duration took) {
    metrics.ObserveStanding(static_cast<double>(took.nanos) * 1e-9);
    watchers.Tell(standing);
  });
  auto server = ingest::GrpcServer::Start(
      {plan.grpc,
       {&ingest_service, &query_service, &admin_service},
       {ioc::v1::IngestService::service_full_name(), ioc::v1::QueryService::service_full_name(),
        ioc::v1::AdminService::service_full_name()},
       tls ? ingest::TlsServerCredentials(*tls) : nullptr});
  if (!server.ok()) return Complain(kFailed, server.status().message());
  http::Server http({plan.http.ToText(), tls ? &*tls : nullptr},
                    {engine, clock, clock_guard, metrics, ingestor, query, doorkeeper, reloader,
                     audit_log, watchers});
  const absl::Status http_started = http.Start();
  if (!http_started.ok()) return Complain(kFailed, http_started.message());

  // Meanwhile every door says that the daemon is starting.
  const absl::Status recovered = engine.Recover();
  if (absl::IsCancelled(recovered)) {
    spdlog::info("stopped while reading the event log, which is as it was");
    return kDone;
  }
  if (!recovered.ok()) return Complain(kFailed, recovered.message());
  auto ledger = bookkeeper::OpenLedger(settings.data_dir);
  if (!ledger.ok()) return Complain(kFailed, ledger.status().message());
  metrics.LedgerStands(clock.Now(), bookkeeper::LedgerBytes(ledger->path));
  audit_log.Start();  // only now: recovery has taken the data directory for this process
  clock_guard.LogHolds(NewestArrival(engine));
  LedgerReporter ledger_reporter(metrics);
  bookkeeper::Bookkeeper bookkeeper(engine, clock, clock_guard, *std::move(ledger),
                                    ledger_reporter);
  standing_keeper.AddListener(
      [&](const standing::StandingPtr& standing, Duration) { bookkeeper.Tell(standing); });
  standing::KeeperThread keeper_thread(standing_keeper);
  Caretaker caretaker(engine, clock, clock_guard, **server, ingest_service, backups, watchers,
                      audit_log, metrics, settings.data_dir, settings.snapshot_every);
  caretaker.Look();
  MemoryGuard memory_guard(quotas, metrics, {&ResidentBytes, &ReleaseFreedMemory},
                           MemoryOfMachine() / 4 * 3);
  memory_guard.Look();
  metrics.ConfigurationIsAtWork(clock.Now());
  reloader.AddPart(TlsPart(tls ? &*tls : nullptr, clock, metrics));
  reloader.AddPart(AccessPart(access));
  reloader.AddPart(QuotaPart(quotas));
  reloader.AddPart(SnapshotPart(caretaker));
  reloader.Start();
  bookkeeper::BookkeeperThread bookkeeper_thread(bookkeeper);
  http.SetReady(true);
  LogStart(plan, engine, static_cast<std::uint16_t>((*server)->port()),
           static_cast<std::uint16_t>(http.port()));
  audit_log.Record(
      OwnEntry(audit::kStop, WaitForStop(signals, caretaker, memory_guard, reloader, audit_log)));
  const auto deadline = std::chrono::steady_clock::now() + kSnapshotPatience;

  (*server)->SetServing(false);
  http.SetReady(false);
  reloader.Stop();
  ingest_service.Drain();
  backups.Drain();
  watchers.Drain();
  const bool ended = StopInTime(**server);
  http.Stop();
  keeper_thread.Stop();
  bookkeeper_thread.Stop();  // nothing is taken any more: the ledger gets the last of it
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
  auto plan = MakePlan(flags, SystemClock());
  if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&plan)) {
    for (const std::string& mistake : TextsOf(*mistakes)) Complain(kUsage, mistake);
    return kUsage;
  }
  spdlog::set_default_logger(spdlog::stderr_color_mt("iocd"));
  LogInLocalTime();
  ReportGrpcErrors();
  return Run(std::get<Plan>(std::move(plan)), flags, signals);
}

}  // namespace
}  // namespace iocd

int main(int argc, char** argv) { return iocd::Main(argc, argv); }

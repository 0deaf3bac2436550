#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "base/clock_guard.h"
#include "base/posix_file_system.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "ingest/admin_service.h"
#include "ingest/backups.h"
#include "ingest/grpc_server.h"
#include "ingest/ingest_service.h"
#include "ingest/ingestor.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "support/manual_clock.h"
#include "support/recorded_entries.h"
#include "support/scripted_reloading.h"
#include "support/temporary_directory.h"
#include "support/test_catalogue.h"

namespace iocd::ingest {

/// A gRPC server on a free port of the loopback, with an engine that writes into a directory of its
/// own, removed afterwards.
///
/// Catalogue: that of support/test_catalogue.h, and "owned".
class ServerFixture : public ::testing::Test {
 protected:
  ServerFixture();
  ~ServerFixture() override;

  void StartEngine();
  void StartServer();
  void StopServer();
  void StopEngine() { engine_.reset(); }

  std::shared_ptr<grpc::Channel> NewChannel() const;

  /// A batch of department "a" whose event is valid.
  ioc::v1::PushRequest Request(std::uint64_t sequence, double value = 1) const;
  ioc::v1::Event ValidEvent(double value = 1) const;

  struct Reply {
    grpc::Status status;
    ioc::v1::PushResponse response;
  };
  Reply Push(const ioc::v1::PushRequest& request);

  /// iocd_dropped_total of one reason.
  double Dropped(const std::string& reason) const;

  /// The sum of "flow" of department "a" in the last 30 days; nothing if it has no series.
  std::optional<double> FlowOfA() const;

  const testing::TemporaryDirectory directory_;
  domain::CatalogueData catalogue_data_ = testing::TestCatalogueData();
  engine::Engine::Options engine_options_;
  Ingestor::Options ingest_options_;
  testing::ManualClock clock_{Timestamp::FromSeconds(1'732'000'000)};
  std::unique_ptr<ClockGuard> clock_guard_;
  exposition::DaemonMetrics metrics_;
  testing::RecordedEntries recorded_;
  access::AccessControl access_;
  access::QuotaKeeper quotas_{access::Quotas{}};
  std::unique_ptr<door::Doorkeeper> doorkeeper_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<Ingestor> ingestor_;
  std::unique_ptr<IngestService> service_;
  BackupObserver no_observer_;
  BackupObserver* observer_ = &no_observer_;  // of backups
  // The daemon's ledger, of which an engine alone has none.
  Backups::OpenLedger open_ledger_ = [] { return absl::NotFoundError("there is no ledger"); };
  std::unique_ptr<Backups> backups_;
  testing::ScriptedReloading reloading_;
  std::unique_ptr<AdminService> admin_service_;
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<ioc::v1::IngestService::Stub> stub_;
};

}  // namespace iocd::ingest

#include "http/server_fixture.h"

#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/posix_file_system.h"
#include "support/test_catalogue.h"

namespace iocd::testing {
namespace {

constexpr std::chrono::seconds kPatience{60};  // only a test that fails waits so long

domain::Catalogue Catalogue() {
  domain::CatalogueData data = TestCatalogueData();
  data.indicators.push_back(OwnedIndicator());
  return domain::Catalogue(std::move(data));
}

}  // namespace

ServerFixture::ServerFixture(engine::Engine::Options options) {
  options.data_directory = directory_.path();
  options.segment_bytes = 1 << 20;
  engine_ = std::make_unique<engine::Engine>(std::move(options), PosixFileSystem(), Catalogue(),
                                             metrics_);
  const absl::Status recovered = engine_->Recover();
  EXPECT_TRUE(recovered.ok()) << recovered;
  clock_guard_.LogHolds(std::nullopt);
  ingestor_ = std::make_unique<ingest::Ingestor>(*engine_, clock_, clock_guard_, metrics_, quotas_,
                                                 recorded_, ingest::Ingestor::Options{});
  query_ = std::make_unique<query::Query>(*engine_, clock_);
  watchers_ = std::make_unique<query::Watchers>(*engine_, doorkeeper_, clock_, metrics_);
  server_ = std::make_unique<http::Server>(http::Server::Options{"127.0.0.1:0"}, Dependencies());
  const absl::Status started = server_->Start();
  EXPECT_TRUE(started.ok()) << started;
}

ServerFixture::~ServerFixture() {
  server_.reset();
  engine_.reset();
}

bool ServerFixture::CountsDropped(const std::string& reason, std::size_t count) {
  const std::string line =
      absl::StrCat("iocd_dropped_total{reason=\"", reason, "\"} ", count, "\n");
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  do {
    if (absl::StrContains(Get("/metrics").body, line)) return true;
  } while (std::chrono::steady_clock::now() < deadline);
  return false;
}

}  // namespace iocd::testing

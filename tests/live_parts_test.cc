// What a reload puts to work in the parts of the daemon, with the stores that they really have.
#include "live_parts.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "audit/audit_log.h"
#include "ingest/server_fixture.h"
#include "support/certificates.h"

namespace iocd {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LivePartsTest : public ingest::ServerFixture {
 protected:
  config::Configuration Next() const { return {settings_, domain::Catalogue(catalogue_data_)}; }

  /// Makes the part ready for `next_`, which must go well.
  static Reloader::Ready Ready(const Reloader::Part& part, const config::Configuration& next) {
    auto ready = part(next);
    EXPECT_TRUE(ready.ok()) << ready.status();
    return ready.ok() ? *std::move(ready) : Reloader::Ready{.adopt = [] {}};
  }
  void Reload(const Reloader::Part& part) { std::move(Ready(part, Next()).adopt)(); }

  std::optional<double> Metric(const std::string& family, const std::string& label = "") const {
    for (const prometheus::MetricFamily& one : metrics_.Collect(*engine_)) {
      for (const prometheus::ClientMetric& metric : one.metric) {
        if (one.name != family) continue;
        if (label.empty() || metric.label.front().value == label) {
          return one.type == prometheus::MetricType::Gauge ? metric.gauge.value
                                                           : metric.counter.value;
        }
      }
    }
    return std::nullopt;
  }

  config::Settings settings_;  // of the next configuration
};

TEST_F(LivePartsTest, SnapshotsAreAskedForAsOftenAsTheFilesSayNow) {
  StartServer();
  audit::Observer nobody;
  audit::AuditLog audit_log({directory_.File("audit")}, PosixFileSystem(), clock_, nobody);
  query::Watchers watchers(*engine_, *doorkeeper_, clock_, metrics_);
  Caretaker caretaker(*engine_, clock_, *clock_guard_, *server_, *service_, *backups_, watchers,
                      audit_log, metrics_, directory_.path(), Duration::Seconds(3'600));
  ASSERT_TRUE(Push(Request(1)).status.ok());
  settings_.snapshot_every = Duration::Seconds(60);
  Reload(SnapshotPart(caretaker));
  clock_.Advance(Duration::Seconds(61));
  caretaker.Look();
  const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (Metric("iocd_snapshots_total", exposition::kSnapshotTaken) != 1) {
    ASSERT_LT(std::chrono::steady_clock::now(), patience) << "nobody asked for a snapshot";
    std::this_thread::yield();
  }
  EXPECT_GT(Metric("iocd_disk_free_bytes"), 0) << "it also tells how full the disk is";
}

TEST_F(LivePartsTest, DepartmentsAreHeldToTheQuotasThatTheFilesSayNow) {
  const Reloader::Part part = QuotaPart(quotas_);
  ASSERT_TRUE(quotas_.BeginStream("a").status.ok());
  settings_.quotas.usual.streams = 1;
  Reloader::Ready ready = Ready(part, Next());
  ASSERT_TRUE(quotas_.BeginStream("a").status.ok()) << "it is only ready";
  quotas_.EndStream("a");
  std::move(ready.adopt)();
  EXPECT_TRUE(absl::IsResourceExhausted(quotas_.BeginStream("a").status));
}

class AccessPartTest : public LivePartsTest {
 protected:
  static std::shared_ptr<const access::Rules> Readers(const std::vector<std::string>& names) {
    access::Rules::Data data;
    for (const std::string& name : names) {
      data.identities.push_back({.name = name, .roles = {access::Role::kReader}});
    }
    return std::make_shared<const access::Rules>(std::move(data));
  }
  config::Configuration With(std::shared_ptr<const access::Rules> rules) const {
    return {settings_, domain::Catalogue(catalogue_data_), std::move(rules)};
  }
};

TEST_F(AccessPartTest, OthersAreTrustedAndThatIsToldAsAChangeOfAccess) {
  access_.Replace(Readers({"x"}));
  const auto rules = Readers({"x", "y"});
  Reloader::Ready ready = Ready(AccessPart(access_), With(rules));
  EXPECT_THAT(ready.access_changes,
              ElementsAre("identity 'y' is new", "identity 'y': roles is [reader], was []"));
  EXPECT_THAT(ready.changes, IsEmpty());
  EXPECT_NE(access_.InForce(), rules);
  std::move(ready.adopt)();
  EXPECT_EQ(access_.InForce(), rules);
}

TEST_F(AccessPartTest, BetweenOpenModeAndIdentitiesThereIsOnlyARestart) {
  std::move(Ready(AccessPart(access_), With(Readers({"x"}))).adopt)();
  EXPECT_EQ(access_.InForce(), nullptr);
  access_.Replace(Readers({"x"}));
  std::move(Ready(AccessPart(access_), With(nullptr)).adopt)();
  EXPECT_NE(access_.InForce(), nullptr);
}

class TlsPartTest : public LivePartsTest {
 protected:
  TlsPartTest() {
    StartEngine();
    settings_.tls = tls::TlsFiles{directory_.File("server.crt"), directory_.File("server.key"),
                                  directory_.File("ca.crt")};
    Write("ca.crt", authority_.certificate());
    Write(server_);
    store_.emplace(*tls::LoadMaterial(*settings_.tls, clock_.Now()));
  }

  void Write(const std::string& name, const std::string& text) {
    const std::string path = directory_.File(name);
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(chmod(path.c_str(), 0600), 0);
  }
  void Write(const testing::IssuedCertificate& server) {
    Write("server.crt", server.certificate);
    Write("server.key", server.key);
  }
  testing::IssuedCertificate Renewed() { return authority_.Issue({.not_after = kEnd}); }

  static constexpr Timestamp kEnd = Timestamp::FromSeconds(1'767'225'600);
  const testing::Authority authority_;
  const testing::IssuedCertificate server_ = authority_.Issue({});
  std::optional<tls::TlsStore> store_;
  const Reloader::Part part_ = [this](const config::Configuration& next) {
    return TlsPart(&*store_, clock_, metrics_)(next);
  };
};

TEST_F(TlsPartTest, ARenewedCertificateIsShownToNewConnections) {
  const testing::IssuedCertificate renewed = Renewed();
  Write(renewed);
  Reloader::Ready ready = Ready(part_, Next());
  EXPECT_THAT(ready.changes,
              ElementsAre("tls.certificate is another one, valid until 2026-01-01 07:00:00+07:00: "
                          "for new connections"));
  EXPECT_EQ(store_->Current()->own.certificate, server_.certificate) << "it is only ready";
  std::move(ready.adopt)();
  EXPECT_EQ(store_->Current()->own.certificate, renewed.certificate);
  EXPECT_EQ(store_->Current()->own.key, renewed.key);
  EXPECT_EQ(Metric("iocd_certificate_end_timestamp_seconds"), 1'767'225'600);
}

TEST_F(TlsPartTest, FilesThatSayWhatTheySaidAreNoChange) {
  const Reloader::Ready ready = Ready(part_, Next());
  EXPECT_THAT(ready.changes, IsEmpty());
  EXPECT_THAT(ready.access_changes, IsEmpty());
}

TEST_F(TlsPartTest, OtherAuthoritiesAreAChangeOfAccess) {
  const testing::Authority other;
  Write("ca.crt", other.certificate());
  Reloader::Ready ready = Ready(part_, Next());
  EXPECT_THAT(ready.access_changes, ElementsAre("tls.client_ca has changed: for new connections"));
  std::move(ready.adopt)();
  EXPECT_EQ(store_->Current()->client_ca, other.certificate());
}

TEST_F(TlsPartTest, ARenewedCertificateIsTakenAlsoWhereClientCaIsTakenOut) {
  const testing::IssuedCertificate renewed = Renewed();
  Write(renewed);
  settings_.tls->client_ca.clear();
  Reload(part_);
  EXPECT_EQ(store_->Current()->own.certificate, renewed.certificate);
  EXPECT_EQ(store_->Current()->client_ca, authority_.certificate());
}

TEST_F(TlsPartTest, ACertificateThatHasEndedAtWorkIsToldAndRefusesNoReload) {
  const testing::IssuedCertificate ending = Renewed();
  Write(ending);
  Reload(part_);
  clock_.Advance(kEnd + Duration::Days(1) - clock_.Now());
  const Reloader::Ready ready = Ready(part_, Next());
  EXPECT_THAT(ready.changes, ElementsAre(AllOf(HasSubstr("was valid until 2026-01-01"),
                                               HasSubstr("the next start refuses it"))));
}

TEST_F(TlsPartTest, AMistakeInTheFilesIsToldAndLeavesTheOldOnesAtWork) {
  Write("server.key", Renewed().key);
  const auto refused = part_(Next());
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("server.key"));
  EXPECT_EQ(store_->Current()->own.certificate, server_.certificate);
}

TEST_F(TlsPartTest, BetweenPlainDoorsAndTlsThereIsOnlyARestart) {
  EXPECT_THAT(Ready(TlsPart(nullptr, clock_, metrics_), Next()).changes, IsEmpty());
  settings_.tls.reset();
  Reload(part_);
  EXPECT_EQ(store_->Current()->own.certificate, server_.certificate);
}

}  // namespace
}  // namespace iocd

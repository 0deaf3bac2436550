#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/clock_guard.h"
#include "door/doorkeeper.h"
#include "engine/engine.h"
#include "exposition/daemon_metrics.h"
#include "http/http_client.h"
#include "http/server.h"
#include "ingest/ingestor.h"
#include "query/query.h"
#include "query/watchers.h"
#include "support/manual_clock.h"
#include "support/recorded_entries.h"
#include "support/scripted_reloading.h"
#include "support/temporary_directory.h"

namespace iocd::testing {

/// A server on a port of its own, over a real engine in a directory of its own. Catalogue: that of
/// support/test_catalogue.h, and "owned".
class ServerFixture : public ::testing::Test {
 protected:
  /// The directory and the size of segments of `options` are set here.
  explicit ServerFixture(engine::Engine::Options options = {});
  ~ServerFixture() override;

  HttpReply Get(const std::string& target, const HttpClient::Fields& fields = {}) {
    return HttpClient(server_->port()).Get(target, fields);
  }
  HttpReply Send(const std::string& method, const std::string& target,
                 const HttpClient::Fields& fields = {}, const std::string& body = "") {
    return HttpClient(server_->port()).Send(method, target, fields, body);
  }
  HttpReply PostEvents(const std::string& json, const HttpClient::Fields& fields = {}) {
    return Send("POST", "/api/v1/events", fields, json);
  }

  /// Waits until so many things have been dropped for this reason, and says whether they have
  /// within a time that is ample: the server may learn later than its client that a connection is
  /// over.
  bool CountsDropped(const std::string& reason, std::size_t count = 1);

  http::Dependencies Dependencies() {
    return {*engine_, clock_,      clock_guard_, metrics_,  *ingestor_,
            *query_,  doorkeeper_, reloading_,   recorded_, *watchers_};
  }

  const TemporaryDirectory directory_;
  ManualClock clock_{Timestamp::FromSeconds(1'700'000'000)};
  ClockGuard clock_guard_;
  exposition::DaemonMetrics metrics_;
  RecordedEntries recorded_;
  access::AccessControl access_;
  access::QuotaKeeper quotas_{access::Quotas{}};
  door::Doorkeeper doorkeeper_{access_, clock_, recorded_, metrics_};
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<ingest::Ingestor> ingestor_;
  std::unique_ptr<query::Query> query_;
  std::unique_ptr<query::Watchers> watchers_;
  ScriptedReloading reloading_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace iocd::testing

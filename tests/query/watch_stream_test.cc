#include "query/watch_stream.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "query/query_service.h"
#include "query/watched_centre.h"

namespace iocd::query {
namespace {

class WatchStreamTest : public iocd::testing::WatchedCentre {
 protected:
  struct Call {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<ioc::v1::WatchResponse>> reader;
  };

  WatchStreamTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = ioc::v1::QueryService::NewStub(server_->InProcessChannel({}));
    Tell();
  }
  ~WatchStreamTest() override {
    watchers_.Drain();
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::minutes(1));
  }

  std::unique_ptr<Call> Watch(const std::string& scope) {
    auto call = std::make_unique<Call>();
    ioc::v1::WatchRequest request;
    request.set_scope(scope);
    call->reader = stub_->Watch(&call->context, request);
    return call;
  }
  /// The next message; empty if the call has ended.
  static ioc::v1::WatchResponse Read(Call& call) {
    ioc::v1::WatchResponse message;
    if (!call.reader->Read(&message)) return {};
    return message;
  }
  /// Reads to the end.
  static grpc::Status End(Call& call) {
    while (Read(call).has_time()) {
    }
    return call.reader->Finish();
  }

  Query query_{engine(), clock_};
  QueryService service_{query_, watchers_, doorkeeper_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ioc::v1::QueryService::Stub> stub_;
};

TEST_F(WatchStreamTest, SendsWhatStandsAndThenEachChange) {
  const auto call = Watch("province");
  EXPECT_TRUE(Read(*call).complete());
  for (const double flow : {15, 18, 21}) {
    Push(3);
    Tell();
    const auto message = Read(*call);
    EXPECT_FALSE(message.complete());
    ASSERT_EQ(message.indicators_size(), 1);
    EXPECT_EQ(message.indicators(0).value(), flow);
  }
}

TEST_F(WatchStreamTest, WhoReadsLateGetsTheNewestState) {
  const auto call = Watch("province");
  EXPECT_TRUE(Read(*call).complete());
  double told = 12;
  for (int i = 0; i < 500; ++i) {
    Push(1);
    Tell();
  }
  while (told < 512) {
    const auto message = Read(*call);
    ASSERT_EQ(message.indicators_size(), 1);
    EXPECT_GT(message.indicators(0).value(), told);
    told = message.indicators(0).value();
  }
}

TEST_F(WatchStreamTest, KeepsCodeAndWordsOfARefusal) {
  const grpc::Status status = End(*Watch("nowhere"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message().rfind("a scope is 'province' or a department's code", 0), 0u);
}

TEST_F(WatchStreamTest, TellsOneTooManyWhenToComeAgain) {
  std::vector<std::unique_ptr<Call>> calls;
  for (std::size_t i = 0; i < limits::kMaxWatchers; ++i) {
    calls.push_back(Watch("a"));
    EXPECT_TRUE(Read(*calls.back()).complete());
  }
  const grpc::Status status = End(*Watch("a"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details_size() == 1 && details.details(0).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), 5);
}

TEST_F(WatchStreamTest, EndsWhenTheDaemonStops) {
  const auto call = Watch("province");
  EXPECT_TRUE(Read(*call).complete());
  watchers_.Drain();
  const grpc::Status status = End(*call);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(End(*Watch("province")).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(WatchStreamTest, WhoLeavesIsAWatcherNoMore) {
  const auto call = Watch("province");
  EXPECT_TRUE(Read(*call).complete());
  call->context.TryCancel();
  EXPECT_EQ(End(*call).error_code(), grpc::StatusCode::CANCELLED);
  const auto watchers = [this] {
    for (const prometheus::MetricFamily& family : metrics_.Collect(engine())) {
      if (family.name == "iocd_watchers") return family.metric.front().gauge.value;
    }
    return -1.0;
  };
  // The server learns of it a little later. The bound is for a server that never does.
  const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (watchers() != 0 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  EXPECT_EQ(watchers(), 0);
}

TEST_F(WatchStreamTest, AStandingToldWhileManyComeAndGoHarmsNobody) {
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([this, i] {
      for (int round = 0; round < 20; ++round) {
        const auto call = Watch(i % 2 == 0 ? "province" : "a");
        EXPECT_TRUE(Read(*call).complete());
        call->context.TryCancel();
        End(*call);
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    Push(1);
    Tell();
    watchers_.Look();
  }
  for (std::thread& client : clients) client.join();
}

}  // namespace
}  // namespace iocd::query

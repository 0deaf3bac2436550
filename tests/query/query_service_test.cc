#include "query/query_service.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>

#include "exposition/populated_engine.h"
#include "support/manual_clock.h"
#include "support/recorded_entries.h"

namespace iocd::query {
namespace {

class QueryServiceTest : public ::testing::Test {
 protected:
  QueryServiceTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = ioc::v1::QueryService::NewStub(server_->InProcessChannel({}));
  }
  ~QueryServiceTest() override { server_->Shutdown(); }

  iocd::testing::PopulatedEngine engine_;
  iocd::testing::ManualClock clock_{iocd::testing::kNow};
  Query query_{engine_.harness().engine(), clock_};
  iocd::testing::RecordedEntries recorded_;
  exposition::DaemonMetrics metrics_;
  access::AccessControl access_;
  door::Doorkeeper doorkeeper_{access_, clock_, recorded_, metrics_};
  Watchers watchers_{engine_.harness().engine(), doorkeeper_, clock_, metrics_};
  QueryService service_{query_, watchers_, doorkeeper_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ioc::v1::QueryService::Stub> stub_;
  grpc::ClientContext context_;
};

TEST_F(QueryServiceTest, HandsAnAnswerOn) {
  ioc::v1::GetSeriesRequest request;
  request.set_indicator("flow");
  request.set_department("a");
  ioc::v1::GetSeriesResponse response;
  ASSERT_TRUE(stub_->GetSeries(&context_, request, &response).ok());
  EXPECT_EQ(response.windows(0).value(), 7);
}

TEST_F(QueryServiceTest, KeepsCodeAndWordsOfAnError) {
  ioc::v1::GetScorecardRequest request;
  request.set_scope("nowhere");
  ioc::v1::GetScorecardResponse response;
  const grpc::Status status = stub_->GetScorecard(&context_, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), query_.GetScorecard(request).status().message());
}

TEST_F(QueryServiceTest, ListsTargets) {
  ioc::v1::ListTargetsRequest request;
  request.set_scope("province");
  ioc::v1::ListTargetsResponse response;
  ASSERT_TRUE(stub_->ListTargets(&context_, request, &response).ok());
  ASSERT_EQ(response.targets_size(), 1);
  EXPECT_EQ(response.targets(0).indicator(), "coverage");
}

TEST_F(QueryServiceTest, ServesBothLists) {
  ioc::v1::ListDepartmentsResponse departments;
  ASSERT_TRUE(stub_->ListDepartments(&context_, {}, &departments).ok());
  EXPECT_EQ(departments.departments_size(), 4);
  grpc::ClientContext second;
  ioc::v1::ListIndicatorsResponse indicators;
  ASSERT_TRUE(stub_->ListIndicators(&second, {}, &indicators).ok());
  EXPECT_EQ(indicators.indicators_size(), 9);
}

TEST_F(QueryServiceTest, ServesReports) {
  ioc::v1::ListReportsRequest request;
  request.set_scope("a");
  ioc::v1::ListReportsResponse response;
  ASSERT_TRUE(stub_->ListReports(&context_, request, &response).ok());
  EXPECT_EQ(response.departments(0).department(), "a");
}

}  // namespace
}  // namespace iocd::query

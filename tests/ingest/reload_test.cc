// What AdminService.Reload answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/server_fixture.h"
#include "ioc/v1/admin.grpc.pb.h"

namespace iocd::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReloadTest : public ServerFixture {
 protected:
  void SetUp() override { StartServer(); }

  grpc::Status Reload(ioc::v1::ReloadResponse* response) {
    grpc::ClientContext context;
    return ioc::v1::AdminService::NewStub(NewChannel())->Reload(&context, {}, response);
  }
};

TEST_F(ReloadTest, TellsWhatHasChanged) {
  reloading_.outcome.changes = {"indicator 'x' is new", "indicator 'y' is gone"};
  ioc::v1::ReloadResponse response;
  EXPECT_TRUE(Reload(&response).ok());
  EXPECT_THAT(response.changes(), ElementsAre("indicator 'x' is new", "indicator 'y' is gone"));
  EXPECT_THAT(response.mistakes(), IsEmpty());
  EXPECT_THAT(reloading_.asked_by(), ElementsAre("gRPC"));
}

// gRPC gives up on a status of more than 8 KiB.
TEST_F(ReloadTest, TellsAnyNumberOfMistakesInItsAnswer) {
  reloading_.outcome.status = absl::FailedPreconditionError("the configuration has mistakes");
  reloading_.outcome.mistakes.assign(1'000, std::string(100, 'x'));
  ioc::v1::ReloadResponse response;
  EXPECT_TRUE(Reload(&response).ok());
  EXPECT_EQ(response.mistakes_size(), 1'000);
}

TEST_F(ReloadTest, TellsWhyItCannotBeDoneNow) {
  reloading_.outcome.status = absl::UnavailableError("the daemon is starting");
  ioc::v1::ReloadResponse response;
  const grpc::Status status = Reload(&response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(status.error_message(), "the daemon is starting");
}

}  // namespace
}  // namespace iocd::ingest

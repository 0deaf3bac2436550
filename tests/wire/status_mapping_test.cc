#include "wire/status_mapping.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace iocd::wire {
namespace {

TEST(StatusMappingTest, KeepsCodeAndWords) {
  const grpc::Status status = ToGrpcStatus(absl::AlreadyExistsError("used"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(status.error_message(), "used");
  EXPECT_TRUE(status.error_details().empty());
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

TEST(StatusMappingTest, PutsTheDelayIntoTheStandardErrorDetails) {
  const grpc::Status status =
      ToGrpcStatus(absl::ResourceExhaustedError("full"), Duration{1'500'000'000});
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), 8);
  EXPECT_EQ(details.message(), "full");
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.RetryInfo");
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(0).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
}

TEST(StatusMappingTest, GivesEachCodeOfTheContractItsHttpStatus) {
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kOk), 200);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kInvalidArgument), 400);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kFailedPrecondition), 400);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kUnauthenticated), 401);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kPermissionDenied), 403);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kNotFound), 404);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kAlreadyExists), 409);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kResourceExhausted), 429);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kUnavailable), 503);
  EXPECT_EQ(HttpStatusNumber(absl::StatusCode::kInternal), 500);
}

}  // namespace
}  // namespace iocd::wire

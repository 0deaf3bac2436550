#include "iocsim/load_result.h"

#include <string>

#include "gmock/gmock.h"
#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"
#include "ioc/v1/ingest.pb.h"
#include "iocsim/pacer.h"

namespace iocsim {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

grpc::ByteBuffer Encoded(const ioc::v1::PushResponse& response) {
  const grpc::Slice slice(response.SerializeAsString());
  return {&slice, 1};
}

grpc::ByteBuffer Accepted(std::uint32_t events) {
  ioc::v1::PushResponse response;
  response.set_accepted(events);
  return Encoded(response);
}

TEST(LoadResultTest, CountsEventsByWhatBecameOfThem) {
  LoadResult result;
  result.AddAnswer(Accepted(90), milliseconds(1));
  ioc::v1::PushResponse response;
  response.set_accepted(7);
  response.set_duplicate(true);
  result.AddAnswer(Encoded(response), milliseconds(1));
  response.set_duplicate(false);
  response.add_rejected();
  result.AddAnswer(Encoded(response), milliseconds(1));
  EXPECT_FALSE(result.HasFailed());
  EXPECT_THAT(result.ToJson(std::chrono::seconds(2)),
              HasSubstr(R"("events_per_second": 48, "acked_events": 97, "duplicates": 7, )"
                        R"("rejected": 1, "failed_batches": 0, "seconds": 2.000)"));
}

TEST(LoadResultTest, TakesPercentilesByNearestRank) {
  LoadResult ten;
  for (int i = 10; i >= 1; --i) ten.AddAnswer(Accepted(1), milliseconds(i));
  EXPECT_THAT(ten.ToJson(std::chrono::seconds(1)),
              HasSubstr(R"("ack_ms": {"p50": 5.000, "p99": 10.000, "max": 10.000})"));
  LoadResult hundred;
  for (int i = 1; i <= 100; ++i) hundred.AddAnswer(Accepted(1), milliseconds(i));
  EXPECT_THAT(hundred.ToJson(std::chrono::seconds(1)),
              HasSubstr(R"("ack_ms": {"p50": 50.000, "p99": 99.000, "max": 100.000})"));
}

TEST(LoadResultTest, KeepsFailuresOutOfTheLatencies) {
  LoadResult result;
  ioc::v1::PushResponse failed;
  failed.mutable_error()->set_message("full");
  result.AddAnswer(Encoded(failed), milliseconds(1));
  result.AddAnswer(Accepted(1), milliseconds(50));
  EXPECT_TRUE(result.HasFailed());
  EXPECT_EQ(result.first_failure(), "full");
  EXPECT_THAT(result.ToJson(std::chrono::seconds(1)), HasSubstr(R"("p50": 50.000)"));
}

TEST(PacerTest, SaysWhenEachBatchIsDueWhateverBecameOfThoseBefore) {
  LoadOptions options;
  options.batch_events = 100;
  options.events_per_second = 1'000;
  options.seconds = 0.25;
  const SteadyTime start;
  Pacer pacer(options, start);
  EXPECT_EQ(pacer.NextDue(start), start);
  pacer.CountSent();
  EXPECT_EQ(pacer.NextDue(start + milliseconds(240)), start + milliseconds(100));
  pacer.CountSent();
  EXPECT_EQ(pacer.NextDue(start + milliseconds(240)), start + milliseconds(200));
  pacer.CountSent();
  EXPECT_EQ(pacer.NextDue(start + milliseconds(240)), std::nullopt);  // due after the end
}

TEST(PacerTest, IsDueAtOnceWithoutARateUntilTheEnd) {
  LoadOptions options;
  options.seconds = 1;
  const SteadyTime start;
  const Pacer pacer(options, start);
  EXPECT_EQ(pacer.NextDue(start + milliseconds(999)), start + milliseconds(999));
  EXPECT_EQ(pacer.NextDue(start + milliseconds(1'000)), std::nullopt);
}

}  // namespace
}  // namespace iocsim

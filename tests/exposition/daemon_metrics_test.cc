#include "exposition/daemon_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exposition/populated_engine.h"
#include "exposition/registry_writer.h"

namespace iocd::exposition {
namespace {

using ::testing::HasSubstr;

class DaemonMetricsTest : public ::testing::Test {
 protected:
  DaemonMetricsTest() { EXPECT_TRUE(harness_.Start().ok()); }

  std::string Text() {
    std::string out;
    AppendFamilies(Format::kPrometheusText, metrics_.Collect(harness_.engine()), &out);
    return out;
  }

  iocd::testing::EngineHarness harness_;
  DaemonMetrics metrics_;
};

TEST_F(DaemonMetricsTest, HasEveryKnownLabelValueFromTheStart) {
  const std::string text = Text();
  for (const char* line :
       {"iocd_events_total{result=\"accepted\"} 0\n", "iocd_events_total{result=\"duplicate\"} 0\n",
        "iocd_events_total{result=\"rejected\"} 0\n",
        "iocd_events_rejected_total{code=\"UNKNOWN_INDICATOR\"} 0\n",
        "iocd_events_rejected_total{code=\"IN_FUTURE\"} 0\n", "iocd_batches_total{code=\"OK\"} 0\n",
        "iocd_batches_total{code=\"UNAVAILABLE\"} 0\n",
        "iocd_dropped_total{reason=\"http_connections_exceeded\"} 0\n", "iocd_series 0\n",
        "iocd_commit_seconds_count 0\n", "iocd_queue_depth 0\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST_F(DaemonMetricsTest, CountsAcceptedAndRefusedEventsOfABatch) {
  engine::Answer answer;
  answer.accepted = 7;
  answer.refusals = {{0, domain::RefusalCode::kTooOld, "old"},
                     {3, domain::RefusalCode::kTooOld, ""}};
  metrics_.CountEvents(answer, 9);
  metrics_.CountBatch(absl::StatusCode::kOk);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"accepted\"} 7\n"));
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"rejected\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("iocd_events_rejected_total{code=\"TOO_OLD\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("iocd_batches_total{code=\"OK\"} 1\n"));
}

TEST_F(DaemonMetricsTest, CountsAllEventsOfADuplicateAsDuplicate) {
  engine::Answer answer;
  answer.duplicate = true;
  answer.accepted = 7;
  answer.refusals = {{0, domain::RefusalCode::kTooOld, "old"}};
  metrics_.CountEvents(answer, 8);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"duplicate\"} 8\n"));
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"accepted\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("iocd_events_rejected_total{code=\"TOO_OLD\"} 0\n"));
}

TEST_F(DaemonMetricsTest, CountsEventsWhoseReferenceWasCountedBeforeAsDuplicate) {
  engine::Answer answer;
  answer.accepted = 7;
  answer.already_counted = 2;
  metrics_.CountEvents(answer, 9);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"accepted\"} 7\n"));
  EXPECT_THAT(text, HasSubstr("iocd_events_total{result=\"duplicate\"} 2\n"));
}

TEST_F(DaemonMetricsTest, CountsACodeThatWasNotForeseen) {
  metrics_.CountBatch(absl::StatusCode::kDataLoss);
  EXPECT_THAT(Text(), HasSubstr("iocd_batches_total{code=\"DATA_LOSS\"} 1\n"));
}

TEST_F(DaemonMetricsTest, TellsWhatTheEngineReports) {
  metrics_.CommitBegins();
  metrics_.CommitEnds();
  metrics_.LogFailed("no space");
  engine::Recovery recovery;
  recovery.log.torn_bytes = 17;
  recovery.log.abandoned_bytes = 18;
  recovery.log.lost_bytes = 19;
  recovery.snapshot.damaged = {"a", "b"};
  metrics_.RecoveryBegins();
  metrics_.RecoveryEnds(recovery);
  metrics_.SegmentsForgotten(2);
  metrics_.RemovalFailed("busy");
  metrics_.CountDropped("why", 3);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("iocd_commit_seconds_count 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_failures_total 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_torn_bytes_total 17\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_failed 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_abandoned_bytes_total 18\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_lost_bytes_total 19\n"));
  EXPECT_THAT(text, HasSubstr("iocd_snapshots_damaged_total 2\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_segments_removed_total 2\n"));
  EXPECT_THAT(text, HasSubstr("iocd_log_removal_failures_total 1\n"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("iocd_recovery_seconds 0\n")));
  EXPECT_THAT(text, HasSubstr("iocd_dropped_total{reason=\"why\"} 3\n"));
}

TEST_F(DaemonMetricsTest, TellsWhenTheLogTakesBatchesAgain) {
  metrics_.LogFailed("no space");
  metrics_.LogRecovered();
  EXPECT_THAT(Text(), HasSubstr("iocd_log_failed 0\n"));
}

TEST_F(DaemonMetricsTest, CountsSnapshotsByOutcome) {
  metrics_.SnapshotBegins();
  metrics_.SnapshotEnds({.status = absl::OkStatus(), .bytes = 100});
  metrics_.SnapshotEnds({.status = absl::UnavailableError("no space")});
  metrics_.SnapshotEnds({.status = absl::CancelledError("given up")});
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("iocd_snapshots_total{result=\"taken\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_snapshots_total{result=\"failed\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_snapshots_total{result=\"given_up\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("iocd_snapshot_bytes 100\n"));
}

TEST_F(DaemonMetricsTest, SamplesTheEngine) {
  iocd::testing::PopulatedEngine populated;
  std::string text;
  AppendFamilies(Format::kPrometheusText, metrics_.Collect(populated.harness().engine()), &text);
  EXPECT_THAT(text, HasSubstr("iocd_series 8\n"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("iocd_log_bytes 0\n")));
}

}  // namespace
}  // namespace iocd::exposition

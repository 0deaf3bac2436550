#include "iocctl/spool_status_view.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace iocctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const absl::Time kNow = absl::FromUnixSeconds(1'795'000'000);  // 2026-11-18 18:06:40+07:00

/// Nothing waits, and the daemon has all that it answered.
SpoolStatusData Well() {
  SpoolStatusData data;
  data.directory = "/var/spool/ioc";
  data.state.department = "stp";
  data.state.producer = "mot-cua";
  data.state.max_bytes = 256 << 20;
  data.state.last_answered_sequence = 7;
  data.state.last_answer = kNow - absl::Minutes(12);
  data.target = "10.0.0.1:7443";
  data.last_sequence = 7;
  data.now = kNow;
  return data;
}

SpoolStatusData WithWaiting(absl::Duration age) {
  SpoolStatusData data = Well();
  data.state.waiting_batches = 2;
  data.state.waiting_events = 5;
  data.state.waiting_bytes = 3 << 19;
  data.state.oldest_waiting = kNow - age;
  return data;
}

TEST(SpoolStatusTest, SaysFirstThatAllIsWell) {
  EXPECT_THAT(NeedAttention(Well()), ElementsAre());
  EXPECT_EQ(SpoolStatusText(Well(), "en"),
            "✓ All is well with the spool in /var/spool/ioc (stp, producer mot-cua).\n"
            "  ✓ Nothing waits to be sent.\n"
            "  ✓ No sender runs; nothing waits for one.\n"
            "  ✓ The centre at 10.0.0.1:7443 answers and has everything that it had confirmed.\n"
            "    Its last confirmation came on 2026-11-18 17:54:40+07:00 (12m ago).\n"
            "  ✓ No refused events.\n"
            "  ✓ Room used: 0.0 of 256.0 MiB.\n"
            "  ✓ The disk takes writes.\n");
}

TEST(SpoolStatusTest, SaysTheSameInVietnamese) {
  SpoolStatusData data = WithWaiting(absl::Minutes(5));
  const std::string text = SpoolStatusText(data, "vi");
  EXPECT_THAT(text, StartsWith("! Hàng chờ ở /var/spool/ioc (đơn vị stp, hệ thống mot-cua) cần"));
  EXPECT_THAT(text, HasSubstr("  ✓ Đang chờ gửi: 2 lô, 5 số liệu, lâu nhất từ 2026-11-18 "
                              "18:01:40+07:00 (5m).\n"));
  EXPECT_THAT(text, HasSubstr("  ! Không có chương trình gửi nào đang chạy"));
}

TEST(SpoolStatusTest, WantsASenderOnlyWhereSomethingWaits) {
  SpoolStatusData data = WithWaiting(absl::Minutes(5));
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kSender));
  data.has_sender = true;
  EXPECT_THAT(NeedAttention(data), ElementsAre());
}

TEST(SpoolStatusTest, WantsSomeoneWhereTheDaemonRefusesTheSender) {
  SpoolStatusData data = WithWaiting(absl::Minutes(5));
  data.has_sender = true;
  data.state.last_failure = "UNAVAILABLE: failed to connect";
  EXPECT_THAT(NeedAttention(data), ElementsAre());
  for (const char* failure : {"UNAUTHENTICATED: the certificate was good until yesterday",
                              "PERMISSION_DENIED: 'stp' may not send"}) {
    data.state.last_failure = failure;
    EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kDaemon));
  }
}

TEST(SpoolStatusTest, FindsThatSomethingWaitsForTooLong) {
  SpoolStatusData data = WithWaiting(absl::Hours(1));
  data.has_sender = true;
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kWaiting));
}

TEST(SpoolStatusTest, RaisesAnAlarmWhereTheDaemonHasLessThanItAnswered) {
  SpoolStatusData data = Well();
  data.last_sequence = 6;
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kDaemon));
  EXPECT_THAT(SpoolStatusText(data, "en"),
              HasSubstr("! ALARM: the centre at 10.0.0.1:7443 has batches up to 6 only, but had "
                        "confirmed up to 7."));
  EXPECT_THAT(SpoolStatusJson(data), HasSubstr("\"daemon_lost_data\":true"));
}

TEST(SpoolStatusTest, KeepsTheAlarmOfWhatTheDaemonHadLost) {
  SpoolStatusData data = Well();
  data.state.lost_at = kNow - absl::Hours(20);
  data.state.lost_from = 5;
  data.state.lost_through = 6;
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kDaemon));
  EXPECT_THAT(SpoolStatusText(data, "en"),
              HasSubstr("! ALARM: on 2026-11-17 22:06:40+07:00 the centre at 10.0.0.1:7443 no "
                        "longer had the batches 5 to 6"));
  EXPECT_THAT(SpoolStatusText(data, "vi"), HasSubstr("từ số 5 đến số 6"));
  EXPECT_THAT(SpoolStatusJson(data), HasSubstr("\"lost_through\":6"));
}

TEST(SpoolStatusTest, TellsADaemonThatIsAwayFromOneThatIsTooOldToSay) {
  SpoolStatusData data = Well();
  data.daemon = absl::UnimplementedError("");
  data.last_sequence = 0;
  EXPECT_THAT(NeedAttention(data), ElementsAre());
  EXPECT_THAT(SpoolStatusText(data, "en"), HasSubstr("✓ The centre at 10.0.0.1:7443 answers, but"));
  data.daemon = absl::UnavailableError("failed to connect to all addresses");
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kDaemon));
  EXPECT_THAT(SpoolStatusText(data, "en"), HasSubstr("! The centre at 10.0.0.1:7443 does not"));
}

// The line was blamed while the daemon read its event log after a start.
TEST(SpoolStatusTest, GivesTheWordsOfADaemonThatCannotSayYet) {
  SpoolStatusData data = Well();
  data.daemon = absl::UnavailableError("the daemon is starting");
  EXPECT_THAT(NeedAttention(data), ElementsAre(SpoolCheck::kDaemon));
  EXPECT_THAT(SpoolStatusText(data, "en"),
              HasSubstr("! The centre at 10.0.0.1:7443 cannot say now what it has: the daemon is"));
}

TEST(SpoolStatusTest, NamesRefusedEventsRoomAndDisk) {
  SpoolStatusData data = WithWaiting(absl::Minutes(5));
  data.has_sender = true;
  data.state.waiting_bytes = 210 << 20;
  data.state.dead_letters = 3;
  data.state.oldest_dead_letter = kNow - absl::Hours(2);
  data.write = absl::ResourceExhaustedError("the disk is full");
  EXPECT_THAT(NeedAttention(data),
              ElementsAre(SpoolCheck::kRejected, SpoolCheck::kRoom, SpoolCheck::kDisk));
  const std::string text = SpoolStatusText(data, "en");
  EXPECT_THAT(text, HasSubstr("! Refused events to look at: 3, the oldest since 2026-11-18 16:06"));
  EXPECT_THAT(text, HasSubstr("! The spool is nearly full: 210.0 of 256.0 MiB are used."));
  EXPECT_THAT(text, HasSubstr("! The spool cannot be written: the disk is full"));
  EXPECT_THAT(SpoolStatusJson(data), HasSubstr("\"attention\":[\"rejected\",\"room\",\"disk\"]"));
}

TEST(SpoolStatusTest, LeavesNoPlaceholderInEitherLanguage) {
  SpoolStatusData lost = WithWaiting(absl::Hours(30));
  lost.last_sequence = 1;
  lost.state.last_failure = "UNAVAILABLE: gone";
  lost.state.last_failure_at = kNow;
  lost.state.dead_letters = 1;
  lost.write = absl::UnavailableError("the disk refused");
  SpoolStatusData refused = Well();
  refused.daemon = absl::PermissionDeniedError("who are you?");
  SpoolStatusData starting = Well();
  starting.daemon = absl::UnavailableError("starting");
  for (const std::string language : {"en", "vi"}) {
    for (const SpoolStatusData& data : {Well(), lost, refused, starting}) {
      EXPECT_THAT(SpoolStatusText(data, language), Not(HasSubstr("$")));
    }
  }
}

}  // namespace
}  // namespace iocctl

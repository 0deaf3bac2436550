#include "iocctl/log_dump_line.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "eventlog/record.h"

namespace iocctl {
namespace {

using iocd::domain::Event;
using iocd::domain::Kind;
using iocd::domain::Refusal;
using iocd::domain::RefusalCode;
using iocd::engine::Dictionary;
using iocd::eventlog::BatchHeader;
using iocd::eventlog::BatchRecord;
using iocd::eventlog::BatchRecordBuilder;
using iocd::eventlog::DefinedThing;
using iocd::eventlog::DefineRecord;
using iocd::eventlog::kRecordFrameBytes;
using iocd::eventlog::Sequence;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// 2026-11-22 08:41:07.25+07:00
const iocd::Timestamp kArrival{1'795'311'667'250'000'000};

class LogDumpLineTest : public ::testing::Test {
 protected:
  LogDumpLineTest() {
    Define({DefinedThing::kDepartment, 1, "stp"});
    Define({DefinedThing::kDepartment, 2, "syt"});
    Define({DefinedThing::kMember, 1, "areas/moc_chau"});
    Define({DefinedThing::kIndicator, 1, "received", Kind::kFlow, 0, kInfinity});
    Define({DefinedThing::kIndicator, 2, "on_time", Kind::kRatio, -kInfinity, kInfinity});
    Define({DefinedThing::kIndicator, 3, "content", Kind::kScore, 0, 5});
  }
  void Define(const DefineRecord& record) { ASSERT_TRUE(dictionary_.Apply(record).ok()); }

  static Event Make(std::uint32_t department, std::uint32_t indicator, double first) {
    Event event;
    event.series.department = iocd::domain::DepartmentId{department};
    event.series.indicator = iocd::domain::IndicatorId{indicator};
    event.time = kArrival - iocd::Duration::Seconds(7);
    event.first = first;
    return event;
  }

  std::string Line(const std::vector<Event>& events, const LogDumpOptions& options = {},
                   const std::vector<Refusal>& refusals = {}) {
    BatchRecordBuilder builder(header_, events.size());
    for (const Event& event : events) builder.Add(event);
    const std::string record = std::move(builder).Finish(refusals);
    const auto batch = BatchRecord::Parse(absl::string_view(record).substr(kRecordFrameBytes));
    const auto filter = LogFilter::Make(options, dictionary_, absl::UnixEpoch());
    EXPECT_TRUE(batch.ok() && filter.ok()) << filter.status();
    return BatchLine(*batch, 4711, dictionary_, *filter);
  }

  BatchHeader header_{.arrival = kArrival,
                      .department = iocd::domain::DepartmentId{1},
                      .producer = "mot-cua",
                      .key = Sequence{18'446'744'073'709'551'615u}};
  Dictionary dictionary_;
};

TEST_F(LogDumpLineTest, ShowsABatchWithCodesAndExactNumbers) {
  Event member = Make(1, 1, 0.1);
  member.series.member = iocd::domain::MemberId{1};
  member.reference = "HS \"1\"\\\n";
  EXPECT_EQ(
      Line({member}, {}, {{3, RefusalCode::kTooOld, "too old"}}),
      R"({"kind":"batch","position":4711,"arrival":"2026-11-22T08:41:07.25+07:00",)"
      R"("department":"stp","producer":"mot-cua","sequence":18446744073709551615,)"
      R"("simulated":false,"event_count":1,"events":[{"indicator":"received","department":"stp",)"
      R"("member":"areas/moc_chau","event_time":"2026-11-22T08:41:00.25+07:00","value":0.1,)"
      R"("reference":"HS \"1\"\\\u000a","counted":true}],)"
      R"("refusals":[{"index":3,"code":"TOO_OLD","message":"too old"}]})");
}

TEST_F(LogDumpLineTest, NamesTheNumbersAsTheyWereSent) {
  Event ratio = Make(1, 2, 46);
  Event score = Make(1, 3, 4.5);
  ratio.has_second = score.has_second = true;
  ratio.second = 48;
  score.second = 10;
  const std::string line = Line({ratio, score});
  EXPECT_NE(line.find(R"("ratio":{"numerator":46,"denominator":48})"), line.npos) << line;
  EXPECT_NE(line.find(R"("value":4.5,"weight":10)"), line.npos) << line;
}

TEST_F(LogDumpLineTest, SaysWhatDidNotCountAndWhatNothingDefines) {
  Event event = Make(9, 8, 1);
  event.counts_once = event.already_counted = true;
  const std::string line = Line({event});
  EXPECT_NE(line.find(R"("indicator":"#8","department":"#9")"), line.npos) << line;
  EXPECT_NE(line.find(R"("counted":false)"), line.npos) << line;
}

TEST_F(LogDumpLineTest, ShowsOnlyTheEventsThatAreAskedFor) {
  const std::vector<Event> events = {Make(1, 1, 1), Make(2, 1, 2)};
  LogDumpOptions of_other;
  of_other.department = "syt";
  const std::string line = Line(events, of_other);
  EXPECT_NE(line.find(R"("event_count":2,"events":[{"indicator":"received","department":"syt")"),
            line.npos)
      << line;
  LogDumpOptions of_sender;
  of_sender.department = "stp";
  EXPECT_NE(Line(events, of_sender).find(R"("department":"syt")"), line.npos);
  LogDumpOptions indicator;
  indicator.indicator = "on_time";
  EXPECT_EQ(Line(events, indicator), "");
  EXPECT_EQ(Line(events, indicator, {{0, RefusalCode::kTooOld, "too old"}}), "");
}

TEST_F(LogDumpLineTest, LeavesOutWhatArrivedAtAnotherTime) {
  LogDumpOptions options;
  options.from = "2026-11-22";
  options.to = "2026-11-23";
  EXPECT_NE(Line({Make(1, 1, 1)}, options), "");
  options.to = "2026-11-22T08:41:07+07:00";
  EXPECT_EQ(Line({Make(1, 1, 1)}, options), "");
}

TEST_F(LogDumpLineTest, RefusesCodesThatTheLogDoesNotKnow) {
  LogDumpOptions options;
  options.department = "stpp";
  const auto filter = LogFilter::Make(options, dictionary_, absl::UnixEpoch());
  EXPECT_EQ(filter.status().message(), "the log knows no department 'stpp'; did you mean 'stp'?");
}

TEST_F(LogDumpLineTest, LeavesOutBoundsThatThereAreNot) {
  EXPECT_EQ(DefineLine(*dictionary_.Find(DefinedThing::kIndicator, 1), 40),
            R"({"kind":"define","position":40,"thing":"indicator","id":1,"code":"received",)"
            R"("indicator_kind":"flow","minimum":0})");
  EXPECT_EQ(DefineLine(*dictionary_.Find(DefinedThing::kMember, 1), 40),
            R"({"kind":"define","position":40,"thing":"member","id":1,"code":"areas/moc_chau"})");
  EXPECT_EQ(LostLine(70, 4711), R"({"kind":"lost","position":4711,"bytes":70})");
}

}  // namespace
}  // namespace iocctl

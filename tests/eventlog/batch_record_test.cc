#include "eventlog/batch_record.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "eventlog/define_record.h"
#include "eventlog/record.h"

namespace iocd::eventlog {
namespace {

BatchHeader Header(BatchKey key) {
  return {.arrival = Timestamp::FromSeconds(1'700'000'000),
          .department = domain::DepartmentId{7},
          .producer = "mot-cua",
          .key = std::move(key),
          .content = HashContent("as sent"),
          .simulated = true};
}

domain::Event MakeEvent(double first, std::optional<double> second, absl::string_view reference) {
  domain::Event event;
  event.series = {domain::DepartmentId{7}, domain::IndicatorId{8}, domain::MemberId{9}};
  event.time = {1'699'999'999'123'456'789};
  event.first = first;
  event.second = second.value_or(0);
  event.has_second = second.has_value();
  event.reference = reference;
  return event;
}

BatchRecord ParseWhole(const std::string& framed) {
  absl::string_view rest(framed);
  const auto raw = TakeRecord(&rest);
  EXPECT_TRUE(raw && rest.empty());
  EXPECT_EQ(raw->type, RecordType::kBatch);
  auto record = BatchRecord::Parse(raw->body);
  EXPECT_TRUE(record.ok()) << record.status();
  return *std::move(record);
}

TEST(BatchRecordTest, ReadsBackHeaderEventsAndRefusals) {
  BatchRecordBuilder builder(Header(Sequence{42}), 2);
  builder.Add(MakeEvent(1.5, 3.0, "000.00.01.G12-240504-0001"));
  builder.Add(MakeEvent(-0.0, std::nullopt, ""));
  const std::vector<domain::Refusal> refusals = {
      {3, domain::RefusalCode::kOutOfRange, "46.32 is above 1"}};
  const std::string framed = std::move(builder).Finish(refusals);

  const BatchRecord record = ParseWhole(framed);
  EXPECT_EQ(record.header().arrival, Timestamp::FromSeconds(1'700'000'000));
  EXPECT_EQ(record.header().producer, "mot-cua");
  EXPECT_EQ(record.header().key, BatchKey(Sequence{42}));
  EXPECT_EQ(record.header().content, HashContent("as sent"));
  EXPECT_TRUE(record.header().simulated);
  EXPECT_EQ(*record.Refusals(), refusals);
  std::vector<domain::Event> events;
  EXPECT_TRUE(record.ForEachEvent([&](const domain::Event& event) { events.push_back(event); }));
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].series, MakeEvent(0, {}, "").series);
  EXPECT_EQ(events[0].time.nanos, 1'699'999'999'123'456'789);
  EXPECT_EQ(events[0].second, 3.0);
  EXPECT_EQ(events[0].reference, "000.00.01.G12-240504-0001");
  EXPECT_TRUE(std::signbit(events[1].first));
  EXPECT_FALSE(events[1].has_second);
}

TEST(BatchRecordTest, KeepsABatchIdAndTheLackOfAKey) {
  const std::string with_id = BatchRecordBuilder(Header(std::string("tờ-1")), 0).Finish({});
  EXPECT_EQ(ParseWhole(with_id).header().key, BatchKey(std::string("tờ-1")));
  const std::string without = BatchRecordBuilder(Header(NoKey{}), 0).Finish({});
  EXPECT_EQ(ParseWhole(without).header().key, BatchKey(NoKey{}));
}

TEST(BatchRecordTest, AFinishedRecordTakesTheMarkOfWhatWasAlreadyCounted) {
  BatchRecordBuilder builder(Header(Sequence{1}), 3);
  domain::Event once = MakeEvent(1, 2, "HS-1");
  once.counts_once = true;
  builder.Add(MakeEvent(1, 2, "HS-0"));
  const std::uint32_t first = builder.Add(once);
  builder.Add(once);
  std::string framed = std::move(builder).Finish({});
  const std::string before = framed;
  MarkAlreadyCounted(&framed, first);
  EXPECT_EQ(framed[first], before[first] | 4);

  std::vector<domain::Event> events;
  const BatchRecord record = ParseWhole(framed);
  EXPECT_TRUE(record.ForEachEvent([&](const domain::Event& event) { events.push_back(event); }));
  ASSERT_EQ(events.size(), 3u);
  EXPECT_FALSE(events[0].counts_once);
  EXPECT_TRUE(events[1].counts_once);
  EXPECT_TRUE(events[1].already_counted);
  EXPECT_TRUE(events[1].has_second);
  EXPECT_TRUE(events[2].counts_once);
  EXPECT_FALSE(events[2].already_counted);
}

TEST(BatchRecordTest, FindsEveryCut) {
  BatchRecordBuilder builder(Header(Sequence{1}), 1);
  builder.Add(MakeEvent(1, 2, "reference"));
  const std::string framed = std::move(builder).Finish(
      std::vector<domain::Refusal>{{0, domain::RefusalCode::kTooOld, "an event of 40 days ago"}});
  const absl::string_view body = absl::string_view(framed).substr(kRecordFrameBytes);
  for (std::size_t size = 0; size < body.size(); ++size) {
    const auto record = BatchRecord::Parse(body.substr(0, size));
    const bool sound =
        record.ok() && record->ForEachEvent([](const domain::Event&) {}) && record->Refusals().ok();
    EXPECT_FALSE(sound) << size << " of " << body.size() << " bytes";
  }
}

TEST(DefineRecordTest, ReadsBackWhatItWrote) {
  const DefineRecord record{.thing = DefinedThing::kIndicator,
                            .id = 3,
                            .code = "internet_users_pct",
                            .kind = domain::Kind::kCoverage,
                            .minimum = 0,
                            .maximum = std::numeric_limits<double>::infinity()};
  std::string framed;
  AppendTo(&framed, record);
  absl::string_view rest(framed);
  const auto raw = TakeRecord(&rest);
  ASSERT_TRUE(raw);
  EXPECT_EQ(*ParseDefineRecord(raw->body), record);
  for (std::size_t size = 0; size < raw->body.size(); ++size) {
    EXPECT_FALSE(ParseDefineRecord(raw->body.substr(0, size)).ok());
  }
}

}  // namespace
}  // namespace iocd::eventlog

// What stands in a snapshot is taken back to the last bit, and nothing else is.

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "domain/period_history.h"
#include "domain/spring_2024.h"

namespace iocd::domain {
namespace {

constexpr Kind kAllKinds[] = {Kind::kFlow,  Kind::kRatio,    Kind::kDuration,
                              Kind::kStock, Kind::kCoverage, Kind::kScore,
                              Kind::kRank,  Kind::kReported, Kind::kWorst};

std::string Bytes(const PeriodHistory& history) {
  std::string bytes;
  history.EncodeTo(&bytes);
  return bytes;
}

bool IsTaken(Kind kind, absl::string_view bytes) {
  Reader reader(bytes);
  return PeriodHistory::Decode(kind, reader).has_value() && reader.rest().empty();
}

PeriodHistory Fed(Kind kind, int events) {
  PeriodHistory history(kind);
  std::mt19937_64 random(static_cast<std::uint64_t>(events));
  Timestamp now = Day("2024-01-01").Start();
  for (int i = 0; i < events; ++i) {
    now = now + Duration::Seconds(static_cast<std::int64_t>(random() % 200'000));
    Event event;
    event.time = now - Duration::Seconds(static_cast<std::int64_t>(random() % 2'000'000));
    event.first = static_cast<double>(random() % 1'000);
    event.second = static_cast<double>(1 + random() % 1'000);
    event.has_second = random() % 2 == 0;
    history.Apply(event, now);
  }
  return history;
}

class PeriodHistoryCodecTest : public testing::TestWithParam<Kind> {};

TEST_P(PeriodHistoryCodecTest, ADecodedHistoryAppendsEqualBytes) {
  for (const int events : {0, 1, 7, 500, 3'000}) {
    const std::string bytes = Bytes(Fed(GetParam(), events));
    Reader reader(bytes);
    const std::optional<PeriodHistory> decoded = PeriodHistory::Decode(GetParam(), reader);
    ASSERT_TRUE(decoded) << events;
    EXPECT_TRUE(reader.rest().empty());
    EXPECT_EQ(Bytes(*decoded), bytes) << events;
    EXPECT_EQ(decoded->HasEvents(), events > 0);
  }
}

TEST_P(PeriodHistoryCodecTest, EveryCutOffEncodingIsRefused) {
  const std::string bytes = Bytes(Fed(GetParam(), 12));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(IsTaken(GetParam(), bytes.substr(0, size))) << size;
  }
}

TEST_P(PeriodHistoryCodecTest, ChangedBytesAreRefusedOrAnotherHistorysCanonicalForm) {
  const std::string sound = Bytes(Fed(GetParam(), 12));
  std::mt19937_64 random(17);
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes = sound;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    Reader reader(bytes);
    std::optional<PeriodHistory> taken = PeriodHistory::Decode(GetParam(), reader);
    if (!taken) continue;
    EXPECT_EQ(Bytes(*taken), bytes.substr(0, bytes.size() - reader.rest().size()));
    Event event;
    event.time = Day("2024-03-01").Start();
    taken->Apply(event, event.time);
    EXPECT_TRUE(IsTaken(GetParam(), Bytes(*taken)));
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, PeriodHistoryCodecTest, testing::ValuesIn(kAllKinds),
                         [](const auto& suite) { return std::string(KindName(suite.param)); });

/// What stands in a file of one bucket, to be changed into what no history writes.
struct WrittenBucket {
  std::int32_t number = 0;
  std::uint64_t events = 1;
  double first = 1, second = 1;
  double min = 1, max = 1;
  Timestamp time = At("2024-03-20", 12, 0);
  std::uint8_t has_second = 1;
};

constexpr std::int32_t kHalfMonth = 2024 * 24 + 5;  // 15 to 31 March

void Put(Kind kind, const std::vector<WrittenBucket>& row, std::string* out) {
  iocd::Put(out, static_cast<std::uint32_t>(row.size()));
  for (const WrittenBucket& bucket : row) {
    iocd::Put(out, bucket.number);
    iocd::Put(out, bucket.events);
    iocd::Put<std::int64_t>(out, 0);
    iocd::Put(out, bucket.first);
    if (kind == Kind::kDuration) {
      iocd::Put(out, bucket.min);
      iocd::Put(out, bucket.max);
    } else if (kind != Kind::kFlow) {
      iocd::Put(out, bucket.second);
    }
    if (IsWindowed(kind)) continue;
    iocd::Put(out, bucket.time.nanos);
    iocd::Put(out, bucket.has_second);
  }
}

/// A history of one event on 20 March 2024 in which `change` was made to the rows.
struct Rows {
  std::vector<WrittenBucket> days, half_months;
};
bool IsTakenAfter(Kind kind, const std::function<void(Rows&)>& change) {
  Rows rows;
  rows.days = {{.number = static_cast<std::int32_t>(Day("2024-03-20").days)}};
  rows.half_months = {{.number = kHalfMonth}};
  change(rows);
  std::string bytes;
  Put(kind, rows.days, &bytes);
  Put(kind, rows.half_months, &bytes);
  return IsTaken(kind, bytes);
}

WrittenBucket Earlier(const WrittenBucket& bucket, std::int32_t by) {
  WrittenBucket earlier = bucket;
  earlier.number -= by;
  return earlier;
}

TEST(DamagedPeriodHistoryTest, TheUnchangedOneIsTaken) {
  for (const Kind kind : kAllKinds) {
    EXPECT_TRUE(IsTakenAfter(kind, [](Rows&) {})) << KindName(kind);
  }
}

TEST(DamagedPeriodHistoryTest, RefusesBucketsWithoutEventsOrOutOfOrder) {
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.days[0].events = 0; }));
  EXPECT_FALSE(
      IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.days.push_back(Earlier(rows.days[0], 1)); }));
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.days.push_back(rows.days[0]); }));
}

TEST(DamagedPeriodHistoryTest, RefusesWhatWouldHaveBeenForgotten) {
  const auto with_day = [](std::int32_t age) {
    return IsTakenAfter(Kind::kFlow, [age](Rows& rows) {
      rows.days.insert(rows.days.begin(), Earlier(rows.days[0], age));
    });
  };
  EXPECT_TRUE(with_day(799));
  EXPECT_FALSE(with_day(800));
  const auto with_half_month = [](std::int32_t age) {
    return IsTakenAfter(Kind::kFlow, [age](Rows& rows) {
      rows.half_months.insert(rows.half_months.begin(), Earlier(rows.half_months[0], age));
    });
  };
  EXPECT_TRUE(with_half_month(287));
  EXPECT_FALSE(with_half_month(288));
}

TEST(DamagedPeriodHistoryTest, RefusesRowsThatDisagreeAboutTheNewestEvent) {
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.half_months[0].number += 1; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.half_months.clear(); }));
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) { rows.days.clear(); }));
}

TEST(DamagedPeriodHistoryTest, RefusesADayThatNoTimestampHas) {
  EXPECT_FALSE(IsTakenAfter(Kind::kFlow, [](Rows& rows) {
    rows.days[0].number = std::numeric_limits<std::int32_t>::max();
    rows.half_months[0].number = 141'000'000;
  }));
}

TEST(DamagedPeriodHistoryTest, RefusesAValueWhoseTimeLiesElsewhere) {
  EXPECT_FALSE(
      IsTakenAfter(Kind::kStock, [](Rows& rows) { rows.days[0].time = At("2024-03-21", 0, 1); }));
  EXPECT_FALSE(IsTakenAfter(
      Kind::kStock, [](Rows& rows) { rows.half_months[0].time = Day("2024-03-14").Start(); }));
}

TEST(DamagedPeriodHistoryTest, RefusesNumbersThatNoEventHas) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(IsTakenAfter(Kind::kStock, [&](Rows& rows) { rows.days[0].first = nan; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kCoverage, [&](Rows& rows) { rows.days[0].second = nan; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kDuration, [&](Rows& rows) { rows.days[0].max = nan; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kDuration, [](Rows& rows) { rows.days[0].min = 2; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kStock, [](Rows& rows) { rows.days[0].has_second = 2; }));
  EXPECT_FALSE(IsTakenAfter(Kind::kScore, [](Rows& rows) { rows.days[0].has_second = 0; }));
  EXPECT_TRUE(IsTakenAfter(Kind::kCoverage, [](Rows& rows) { rows.days[0].has_second = 0; }));
}

}  // namespace
}  // namespace iocd::domain

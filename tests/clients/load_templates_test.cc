#include "iocsim/load_templates.h"

#include <map>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace iocsim {
namespace {

ioc::v1::ListIndicatorsResponse Catalogue() {
  ioc::v1::ListIndicatorsResponse catalogue;
  for (const char* kind : {"flow", "ratio", "duration", "stock"}) {
    auto* indicator = catalogue.add_indicators();
    indicator->set_code(std::string("the_") + kind);
    indicator->set_kind(kind);
    for (int i = 0; i < 38; ++i) indicator->add_reporters("d" + std::to_string(i));
  }
  auto* members = catalogue.mutable_indicators(1);
  members->set_member_set("areas");
  members->add_members()->set_code("moc_chau");
  members->add_members()->set_code("yen_chau");
  return catalogue;
}

ioc::v1::PushRequest Parse(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  EXPECT_TRUE(buffer.DumpToSingleSlice(&slice).ok());
  ioc::v1::PushRequest request;
  EXPECT_TRUE(request.ParseFromArray(slice.begin(), static_cast<int>(slice.size())));
  return request;
}

TEST(LoadTemplatesTest, MakesARequestThatProtobufReads) {
  SeriesMix mix(Catalogue());
  BatchTemplate events(mix, 1'000);
  const auto request = Parse(MakeRequest("stttt", "load-1", 300, events.Events(1'800'000'000)));
  EXPECT_EQ(request.department(), "stttt");
  EXPECT_EQ(request.producer(), "load-1");
  EXPECT_EQ(request.sequence(), 300u);
  EXPECT_TRUE(request.simulated());
  std::map<std::string, int> counts;
  for (const auto& event : request.events()) {
    ++counts[event.indicator()];
    EXPECT_EQ(event.reference().size(), 16u);
    EXPECT_EQ(event.member().empty(), event.indicator() != "the_ratio");
  }
  EXPECT_EQ(counts["the_flow"], 700);
  EXPECT_EQ(counts["the_ratio"], 200);
  EXPECT_EQ(counts["the_duration"], 100);
}

TEST(LoadTemplatesTest, KeepsEveryEventTimeWithinTheLastMinuteAsTimeGoesOn) {
  SeriesMix mix(Catalogue());
  BatchTemplate events(mix, 100);
  for (std::int64_t now = 1'800'000'000; now < 1'800'000'090; ++now) {
    const auto request = Parse(MakeRequest("d", "p", 1, events.Events(now)));
    for (const auto& event : request.events()) {
      ASSERT_LE(event.event_time().seconds(), now);
      ASSERT_GT(event.event_time().seconds(), now - 60);
    }
  }
}

TEST(LoadTemplatesTest, CoversEverySeries) {
  SeriesMix mix(Catalogue());
  LoadTemplates templates(mix, 10);
  std::set<std::string> series;
  for (int i = 0; i < 1'000; ++i) {
    const auto request = Parse(MakeRequest("d", "p", 1, templates.Next().Events(1'800'000'000)));
    for (const auto& event : request.events()) {
      series.insert(event.indicator() + event.department() + event.member());
    }
  }
  EXPECT_EQ(series.size(), mix.SeriesCount());
  EXPECT_EQ(series.size(), 38u * 4);
}

TEST(LoadTemplatesTest, GivesTheShareOfAMissingKindToTheNext) {
  ioc::v1::ListIndicatorsResponse catalogue = Catalogue();
  catalogue.mutable_indicators()->DeleteSubrange(0, 1);
  SeriesMix mix(catalogue);
  BatchTemplate events(mix, 10);
  const auto request = Parse(MakeRequest("d", "p", 1, events.Events(1'800'000'000)));
  int ratios = 0;
  for (const auto& event : request.events()) ratios += event.indicator() == "the_ratio" ? 1 : 0;
  EXPECT_EQ(ratios, 9);
}

}  // namespace
}  // namespace iocsim

// Admission when departments are merged and members have parts.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/admission.h"

namespace iocd::domain {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'795'312'800);  // 2026-11-22

/// Departments "stttt" (so) and "bsl" (dang); indicators "flow" and "by_area" of all, "of_so" of
/// kind "so"; one area, "moc_chau".
CatalogueData Data() {
  CatalogueData data;
  data.departments.resize(2);
  data.departments[0].code = "stttt";
  data.departments[0].kind = "so";
  data.departments[1].code = "bsl";
  data.departments[1].kind = "dang";
  data.member_sets.resize(1);
  data.member_sets[0].members.resize(1);
  data.member_sets[0].members[0].code = "moc_chau";
  for (const char* code : {"flow", "by_area", "of_so"}) {
    Indicator& indicator = data.indicators.emplace_back();
    indicator.code = code;
    indicator.reporters = Reporters::kAll;
  }
  data.indicators[1].member_set = 0;
  data.indicators[2].reporters = Reporters::kKinds;
  data.indicators[2].reporter_kinds = {"so"};
  return data;
}

RawEvent WithValue(absl::string_view indicator, double value) {
  RawEvent event;
  event.indicator = indicator;
  event.has_time = true;
  event.seconds = kNow.nanos / 1'000'000'000;
  event.measure = RawEvent::Measure::kValue;
  event.value = value;
  return event;
}

/// "stttt" is merged into "bsl", or dissolved, two days before now.
Catalogue WithEnd(std::optional<std::size_t> successor) {
  CatalogueData data = Data();
  data.departments[0].valid_to = CivilDate{CivilDate::Containing(kNow).days - 2};
  data.departments[0].successor = successor;
  return Catalogue(std::move(data));
}

std::string VerdictAt(const Catalogue& catalogue, Timestamp time) {
  RawEvent event = WithValue("flow", 3);
  event.seconds = time.nanos / 1'000'000'000;
  event.nanos = static_cast<std::int32_t>(time.nanos % 1'000'000'000);
  event.department = "stttt";
  const auto judged = Admit(catalogue, *catalogue.FindDepartment("bsl"), event, kNow);
  if (std::holds_alternative<Event>(judged)) return "ADMITTED";
  const Objection& objection = std::get<Objection>(judged);
  return std::string(RefusalCodeName(objection.code)) + ": " + objection.message;
}

TEST(AdmissionSuccessionTest, TakesWhatHappenedBeforeTheMergerAndNamesTheSuccessorOfTheRest) {
  const Catalogue catalogue = WithEnd(1);
  const Timestamp merged = catalogue.data().departments[0].valid_to->Start();
  EXPECT_EQ(VerdictAt(catalogue, merged - Duration::Days(1)), "ADMITTED");
  EXPECT_EQ(VerdictAt(catalogue, {merged.nanos - 1}), "ADMITTED");
  EXPECT_EQ(VerdictAt(catalogue, merged),
            "NOT_PERMITTED: department 'stttt' was merged on " +
                catalogue.data().departments[0].valid_to->ToText() +
                ": what happened from that day on is sent for its successor 'bsl'");
}

TEST(AdmissionSuccessionTest, TakesNothingFromADepartmentThatWasDissolved) {
  const Catalogue catalogue = WithEnd(std::nullopt);
  const Timestamp end = catalogue.data().departments[0].valid_to->Start();
  EXPECT_EQ(VerdictAt(catalogue, {end.nanos - 1}), "ADMITTED");
  EXPECT_THAT(VerdictAt(catalogue, end),
              AllOf(HasSubstr("NOT_PERMITTED: department 'stttt' was dissolved on "),
                    HasSubstr("event_time before that day")));
}

TEST(AdmissionSuccessionTest, ASuccessorSendsWhatItsPredecessorReports) {
  // Only kind "so" reports `of_so`, so "bsl" does not; as its successor it does.
  for (const bool merged : {false, true}) {
    const Catalogue catalogue = merged ? WithEnd(1) : Catalogue(Data());
    const auto judged =
        Admit(catalogue, *catalogue.FindDepartment("bsl"), WithValue("of_so", 1), kNow);
    EXPECT_EQ(std::holds_alternative<Event>(judged), merged);
  }
}

TEST(AdmissionOfPartsTest, EventsNameMembersWithoutParts) {
  CatalogueData data = Data();
  std::vector<Member>& members = data.member_sets[0].members;
  members.resize(3);
  members[1].code = "district";
  members[0].parent = 1;
  members[2].code = "van_ho";
  const Catalogue catalogue(std::move(data));
  RawEvent event = WithValue("by_area", 0.5);
  event.member = "district";
  auto judged = Admit(catalogue, *catalogue.FindDepartment("bsl"), event, kNow);
  ASSERT_TRUE(std::holds_alternative<Objection>(judged));
  EXPECT_EQ(std::get<Objection>(judged).code, RefusalCode::kNotPermitted);
  EXPECT_EQ(std::get<Objection>(judged).message,
            "member 'district' has parts, and its value is made of theirs: name one of them "
            "(moc_chau)");
  event.member = "";
  judged = Admit(catalogue, *catalogue.FindDepartment("bsl"), event, kNow);
  EXPECT_THAT(std::get<Objection>(judged).message, HasSubstr("name a member (moc_chau, van_ho)"));
  event.member = "moc_chau";
  EXPECT_TRUE(std::holds_alternative<Event>(
      Admit(catalogue, *catalogue.FindDepartment("bsl"), event, kNow)));
}

}  // namespace
}  // namespace iocd::domain

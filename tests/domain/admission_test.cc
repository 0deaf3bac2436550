#include "domain/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>
#include <utility>

#include "base/limits.h"

namespace {
// Counts what this program allocates, for the claim that an admitted event allocates nothing.
std::size_t allocations = 0;
}  // namespace

// Not inlined: the compiler would take the pair of malloc and free apart and warn of a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace iocd::domain {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Timestamp kNow = Timestamp::FromSeconds(1'795'312'800);  // 2026-11-22

/// An indicator for each kind, named after it, reported by all; `of_so` only by kind "so".
Catalogue SmallCatalogue() {
  CatalogueData data;
  data.departments.resize(2);
  data.departments[0].code = "stttt";
  data.departments[0].kind = "so";
  data.departments[0].id = DepartmentId{11};
  data.departments[1].code = "bsl";
  data.departments[1].kind = "dang";
  data.departments[1].id = DepartmentId{12};
  data.member_sets.resize(1);
  data.member_sets[0].code = "areas";
  data.member_sets[0].members.resize(1);
  data.member_sets[0].members[0].code = "moc_chau";
  data.member_sets[0].members[0].id = MemberId{5};
  const auto add = [&](const char* code, Kind kind, const char* unit) -> Indicator& {
    Indicator& indicator = data.indicators.emplace_back();
    indicator.code = code;
    indicator.kind = kind;
    indicator.unit = unit;
    indicator.reporters = Reporters::kAll;
    indicator.id = IndicatorId{static_cast<std::uint32_t>(data.indicators.size())};
    return indicator;
  };
  const auto bound = [](Indicator& indicator, double low, double high) {
    indicator.minimum = low;
    indicator.maximum = high;
  };
  data.indicators.reserve(16);
  add("flow", Kind::kFlow, "dossier").minimum = 0;
  bound(add("ratio", Kind::kRatio, "percent"), 0, 1);
  add("open_ratio", Kind::kRatio, "dossier_per_officer");
  add("duration", Kind::kDuration, "hour");
  add("stock", Kind::kStock, "person").minimum = 0;
  bound(add("coverage", Kind::kCoverage, "percent"), 0, 1);
  bound(add("score", Kind::kScore, "percent"), 0, 1);
  add("rank", Kind::kRank, "rank").minimum = 1;
  add("reported", Kind::kReported, "percent");
  Indicator& worst = add("worst", Kind::kWorst, "percent");
  bound(worst, 0, 1);
  worst.member_set = 0;
  Indicator& of_so = add("of_so", Kind::kFlow, "dossier");
  of_so.reporters = Reporters::kKinds;
  of_so.reporter_kinds = {"so"};
  Indicator& of_owner = add("of_owner", Kind::kFlow, "dossier");
  of_owner.reporters = Reporters::kOwner;
  of_owner.owner = 0;
  return Catalogue(std::move(data));
}

RawEvent Bare(absl::string_view indicator) {
  RawEvent event;
  event.indicator = indicator;
  event.has_time = true;
  event.seconds = kNow.nanos / 1'000'000'000;
  return event;
}

RawEvent WithValue(absl::string_view indicator, double value) {
  RawEvent event = Bare(indicator);
  event.measure = RawEvent::Measure::kValue;
  event.value = value;
  return event;
}

RawEvent WithParts(absl::string_view indicator, double numerator, double denominator) {
  RawEvent event = Bare(indicator);
  event.measure = RawEvent::Measure::kParts;
  event.numerator = numerator;
  event.denominator = denominator;
  return event;
}

RawEvent At(RawEvent event, Timestamp time) {
  event.seconds = time.nanos / 1'000'000'000;
  event.nanos = static_cast<std::int32_t>(time.nanos % 1'000'000'000);
  return event;
}

class AdmissionTest : public ::testing::Test {
 protected:
  std::variant<Event, Objection> Judge(const RawEvent& event, const char* sender = "stttt") {
    return Admit(catalogue_, *catalogue_.FindDepartment(sender), event, kNow);
  }

  /// "ADMITTED", or the code's name and the message.
  std::string Verdict(const RawEvent& event, const char* sender = "stttt") {
    const auto judged = Judge(event, sender);
    if (std::holds_alternative<Event>(judged)) return "ADMITTED";
    const Objection& objection = std::get<Objection>(judged);
    return std::string(RefusalCodeName(objection.code)) + ": " + objection.message;
  }

  Event Admitted(const RawEvent& event, const char* sender = "stttt") {
    EXPECT_EQ(Verdict(event, sender), "ADMITTED");
    return std::get<Event>(Judge(event, sender));
  }

  const Catalogue catalogue_ = SmallCatalogue();
};

// --- What is admitted ---

TEST_F(AdmissionTest, TurnsCodesIntoIdsAndKeepsTimeValueAndReference) {
  RawEvent raw = WithValue("flow", 3);
  raw.nanos = 250;
  raw.reference = "H-2026-000123";
  const Event event = Admitted(raw);
  EXPECT_EQ(event.series, (SeriesKey{DepartmentId{11}, IndicatorId{1}, kNoMember}));
  EXPECT_EQ(event.time.nanos, kNow.nanos + 250);
  EXPECT_EQ(event.first, 3);
  EXPECT_FALSE(event.has_second);
  EXPECT_EQ(event.reference, "H-2026-000123");
}

TEST_F(AdmissionTest, KeepsThePartsOfARatio) {
  const Event event = Admitted(WithParts("ratio", 46, 50));
  EXPECT_EQ(event.first, 46);
  EXPECT_EQ(event.second, 50);
  EXPECT_TRUE(event.has_second);
}

TEST_F(AdmissionTest, TakesACoverageWithItsPartsOrAsABareFraction) {
  EXPECT_TRUE(Admitted(WithParts("coverage", 1, 2)).has_second);
  const Event bare = Admitted(WithValue("coverage", 0.4782));
  EXPECT_EQ(bare.first, 0.4782);
  EXPECT_FALSE(bare.has_second);
}

TEST_F(AdmissionTest, GivesAScoreTheWeightOneUnlessTheSenderGaveAnother) {
  EXPECT_EQ(Admitted(WithValue("score", 0.9)).second, 1);
  RawEvent weighted = WithValue("score", 0.9);
  weighted.weight = 25;
  EXPECT_EQ(Admitted(weighted).second, 25);
}

TEST_F(AdmissionTest, LetsASenderSpeakForAnotherDepartment) {
  RawEvent raw = WithValue("flow", 1);
  raw.department = "bsl";
  EXPECT_EQ(Admitted(raw).series.department, DepartmentId{12});
}

TEST_F(AdmissionTest, AllocatesNothingForAnAdmittedEvent) {
  const Department& sender = *catalogue_.FindDepartment("stttt");
  RawEvent worst = WithValue("worst", 0.5);
  worst.member = "moc_chau";
  worst.department = "bsl";
  worst.reference = "a reference that is too long for any small string optimisation";
  const RawEvent events[] = {WithValue("flow", 1), WithParts("ratio", 1, 2), worst};
  bool admitted = true;
  const std::size_t before = allocations;
  for (const RawEvent& event : events) {
    admitted &= std::holds_alternative<Event>(Admit(catalogue_, sender, event, kNow));
  }
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(admitted);
}

// --- Codes and permissions ---

TEST_F(AdmissionTest, RefusesAnIndicatorThatTheCatalogueDoesNotHave) {
  EXPECT_THAT(Verdict(WithValue("flows", 1)),
              AllOf(HasSubstr("UNKNOWN_INDICATOR"), HasSubstr("'flows'")));
  EXPECT_THAT(Verdict(WithValue("", 1)), HasSubstr("UNKNOWN_INDICATOR"));
}

TEST_F(AdmissionTest, RefusesADepartmentThatTheCatalogueDoesNotHave) {
  RawEvent raw = WithValue("flow", 1);
  raw.department = "stt";
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("UNKNOWN_DEPARTMENT"), HasSubstr("'stt'")));
}

TEST_F(AdmissionTest, RefusesADepartmentThatDoesNotReportTheIndicatorAndSaysWhoDoes) {
  EXPECT_EQ(Verdict(WithValue("of_so", 1), "stttt"), "ADMITTED");
  EXPECT_THAT(Verdict(WithValue("of_so", 1), "bsl"),
              AllOf(HasSubstr("NOT_PERMITTED"), HasSubstr("kind so")));
  EXPECT_THAT(Verdict(WithValue("of_owner", 1), "bsl"),
              AllOf(HasSubstr("NOT_PERMITTED"), HasSubstr("'stttt'")));
}

TEST_F(AdmissionTest, AsksPermissionOfTheDepartmentThatTheEventIsAbout) {
  RawEvent raw = WithValue("of_so", 1);
  raw.department = "bsl";
  EXPECT_THAT(Verdict(raw, "stttt"), HasSubstr("NOT_PERMITTED"));
}

TEST_F(AdmissionTest, QuotesLongOrOddInputOnlyInPart) {
  std::string endless;
  for (int i = 0; i < 1'000; ++i) endless += "ệ";  // three bytes: 64 is not a boundary
  const std::string verdict = Verdict(WithValue(endless, 1));
  EXPECT_THAT(verdict, AllOf(HasSubstr("ệ…'"), Not(HasSubstr("\xE1\xBB…"))));
  EXPECT_LT(verdict.size(), 200);
  EXPECT_THAT(Verdict(WithValue("two\nlines", 1)), HasSubstr("two\\nlines"));
}

TEST_F(AdmissionTest, RequiresAMemberWhereTheIndicatorHasASet) {
  EXPECT_THAT(Verdict(WithValue("worst", 0.1)),
              AllOf(HasSubstr("UNKNOWN_MEMBER"), HasSubstr("'areas'"), HasSubstr("moc_chau")));
  RawEvent raw = WithValue("worst", 0.1);
  raw.member = "moc_chau";
  EXPECT_EQ(Admitted(raw).series.member, MemberId{5});
  raw.member = "moc chau";
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("UNKNOWN_MEMBER"), HasSubstr("'moc chau'")));
}

TEST_F(AdmissionTest, ForbidsAMemberWhereTheIndicatorHasNoSet) {
  RawEvent raw = WithValue("flow", 1);
  raw.member = "moc_chau";
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("UNKNOWN_MEMBER"), HasSubstr("leave it empty")));
}

// --- Measures and values ---

TEST_F(AdmissionTest, RefusesTheMeasureThatTheKindDoesNotTake) {
  EXPECT_THAT(Verdict(WithValue("ratio", 0.9)),
              AllOf(HasSubstr("WRONG_MEASURE"), HasSubstr("{numerator, denominator}")));
  for (const char* code : {"flow", "duration", "stock", "score", "rank", "reported"}) {
    EXPECT_THAT(Verdict(WithParts(code, 1, 2)), HasSubstr("WRONG_MEASURE")) << code;
    EXPECT_THAT(Verdict(Bare(code)), HasSubstr("has neither value nor ratio")) << code;
  }
  EXPECT_THAT(Verdict(Bare("coverage")), HasSubstr("WRONG_MEASURE"));
}

TEST_F(AdmissionTest, TakesAWeightWithScoresOnlyAndOnlyAboveZero) {
  RawEvent flow = WithValue("flow", 1);
  flow.weight = 1;
  EXPECT_THAT(Verdict(flow), AllOf(HasSubstr("WRONG_MEASURE"), HasSubstr("only scores")));
  for (const double weight : {0.0, -1.0, kInfinity, std::nan("")}) {
    RawEvent score = WithValue("score", 0.9);
    score.weight = weight;
    EXPECT_THAT(Verdict(score), AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("weight"))) << weight;
  }
}

TEST_F(AdmissionTest, RefusesNumbersThatAreNotFinite) {
  for (const double bad : {std::nan(""), kInfinity, -kInfinity}) {
    EXPECT_THAT(Verdict(WithValue("flow", bad)), HasSubstr("INVALID_VALUE")) << bad;
    EXPECT_THAT(Verdict(WithValue("reported", bad)), HasSubstr("INVALID_VALUE")) << bad;
    EXPECT_THAT(Verdict(WithParts("ratio", bad, 1)), HasSubstr("INVALID_VALUE")) << bad;
    EXPECT_THAT(Verdict(WithParts("ratio", 1, bad)), HasSubstr("INVALID_VALUE")) << bad;
  }
  EXPECT_THAT(Verdict(WithParts("open_ratio", 1e308, 1e-308)), HasSubstr("INVALID_VALUE"));
}

TEST_F(AdmissionTest, RefusesNegativePartsAndDurationsAndADenominatorOfZero) {
  EXPECT_THAT(Verdict(WithParts("ratio", -1, 5)),
              AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("numerator -1")));
  EXPECT_THAT(Verdict(WithParts("ratio", 1, -5)),
              AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("denominator -5")));
  EXPECT_THAT(Verdict(WithParts("ratio", 0, 0)),
              AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("denominator 0")));
  EXPECT_THAT(Verdict(WithParts("coverage", 1, 0)), HasSubstr("INVALID_VALUE"));
  EXPECT_THAT(Verdict(WithValue("duration", -0.5)), HasSubstr("INVALID_VALUE"));
  EXPECT_EQ(Verdict(WithValue("duration", 0)), "ADMITTED");
  EXPECT_EQ(Verdict(WithParts("ratio", 0, 5)), "ADMITTED");
}

TEST_F(AdmissionTest, RefusesAReferenceOfMoreThan128Bytes) {
  const std::string longest(limits::kMaxReferenceBytes, 'x');
  RawEvent raw = WithValue("flow", 1);
  raw.reference = longest;
  EXPECT_EQ(Verdict(raw), "ADMITTED");
  const std::string longer = longest + "x";
  raw.reference = longer;
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("129 bytes")));
}

TEST_F(AdmissionTest, SaysThatAFractionIsExpectedWhenAPercentIsSent) {
  EXPECT_THAT(Verdict(WithValue("coverage", 46.32)),
              AllOf(HasSubstr("OUT_OF_RANGE"), HasSubstr("is 4632%"),
                    HasSubstr("if 46.32% is meant, send 0.4632")));
  EXPECT_THAT(Verdict(WithValue("score", 86)), HasSubstr("if 86% is meant, send 0.86"));
}

TEST_F(AdmissionTest, TakesTheBoundsThemselvesAndNothingBeyond) {
  EXPECT_EQ(Verdict(WithValue("coverage", 0)), "ADMITTED");
  EXPECT_EQ(Verdict(WithValue("coverage", 1)), "ADMITTED");
  EXPECT_THAT(Verdict(WithValue("coverage", -0.01)),
              AllOf(HasSubstr("OUT_OF_RANGE"), HasSubstr("0% to 100%")));
  EXPECT_THAT(Verdict(WithValue("coverage", 4632)), HasSubstr("OUT_OF_RANGE"));
  EXPECT_THAT(Verdict(WithValue("flow", -1)),
              AllOf(HasSubstr("OUT_OF_RANGE"), HasSubstr("at least 0")));
  EXPECT_THAT(Verdict(WithValue("rank", 0)), HasSubstr("OUT_OF_RANGE"));
  EXPECT_EQ(Verdict(WithValue("reported", -0.2)), "ADMITTED");  // has no bounds
}

TEST_F(AdmissionTest, RefusesANumeratorAboveItsDenominatorWhereTheBoundIsOne) {
  EXPECT_EQ(Verdict(WithParts("ratio", 5, 5)), "ADMITTED");
  EXPECT_THAT(Verdict(WithParts("ratio", 6, 5)),
              AllOf(HasSubstr("OUT_OF_RANGE"), HasSubstr("numerator 6 over denominator 5")));
  EXPECT_EQ(Verdict(WithParts("open_ratio", 6, 5)), "ADMITTED");
}

// --- Time ---

TEST_F(AdmissionTest, RefusesAnEventWithoutTime) {
  RawEvent raw = WithValue("flow", 1);
  raw.has_time = false;
  EXPECT_THAT(Verdict(raw), HasSubstr("MISSING_TIME"));
}

TEST_F(AdmissionTest, RefusesNanosecondsOutsideASecond) {
  for (const std::int32_t nanos : {-1, 1'000'000'000}) {
    RawEvent raw = WithValue("flow", 1);
    raw.nanos = nanos;
    EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("INVALID_VALUE"), HasSubstr("nanos"))) << nanos;
  }
}

TEST_F(AdmissionTest, RefusesWindowedEventsOlderThanThirtyDays) {
  const Timestamp oldest = kNow - limits::kMaxEventAge;
  const Timestamp too_old = oldest - Duration{1};
  EXPECT_EQ(Verdict(At(WithValue("flow", 1), oldest)), "ADMITTED");
  EXPECT_THAT(Verdict(At(WithValue("flow", 1), too_old)),
              AllOf(HasSubstr("TOO_OLD"), HasSubstr("30 days")));
  EXPECT_THAT(Verdict(At(WithParts("ratio", 1, 2), too_old)), HasSubstr("TOO_OLD"));
  EXPECT_THAT(Verdict(At(WithValue("duration", 1), too_old)), HasSubstr("TOO_OLD"));
}

TEST_F(AdmissionTest, TakesLatestValuesHoweverOldBackTo1900) {
  RawEvent raw = WithValue("coverage", 0.5);
  raw.seconds = limits::kMinEventUnixSeconds;
  EXPECT_EQ(Verdict(raw), "ADMITTED");
  raw.seconds -= 1;
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("TOO_OLD"), HasSubstr("1900")));
  raw.seconds = std::numeric_limits<std::int64_t>::min();
  EXPECT_THAT(Verdict(raw), HasSubstr("TOO_OLD"));
}

TEST_F(AdmissionTest, RefusesEveryKindMoreThanSixtySecondsAhead) {
  const Timestamp latest = kNow + limits::kMaxEventAhead;
  const RawEvent kinds[] = {WithValue("flow", 1),     WithParts("ratio", 1, 2),
                            WithValue("duration", 1), WithValue("stock", 1),
                            WithValue("coverage", 1), WithValue("score", 1),
                            WithValue("rank", 1),     WithValue("reported", 1)};
  for (const RawEvent& raw : kinds) {
    EXPECT_EQ(Verdict(At(raw, latest)), "ADMITTED") << raw.indicator;
    EXPECT_THAT(Verdict(At(raw, latest + Duration{1})), HasSubstr("IN_FUTURE")) << raw.indicator;
    EXPECT_THAT(Verdict(At(raw, latest + Duration::Seconds(1))), HasSubstr("IN_FUTURE"));
  }
}

TEST_F(AdmissionTest, RefusesMillisecondsThatWereSentAsSeconds) {
  RawEvent raw = WithValue("flow", 1);
  raw.seconds = kNow.nanos / 1'000'000;
  EXPECT_THAT(Verdict(raw), AllOf(HasSubstr("IN_FUTURE"), HasSubstr("seconds are expected")));
  raw.seconds = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(Verdict(raw), HasSubstr("IN_FUTURE"));
}

TEST_F(AdmissionTest, NamesTheFirstOfSeveralObjections) {
  RawEvent raw = WithValue("coverage", 46.32);
  raw.has_time = false;
  EXPECT_THAT(Verdict(raw), HasSubstr("OUT_OF_RANGE"));
  raw.value = std::nan("");
  EXPECT_THAT(Verdict(raw), HasSubstr("INVALID_VALUE"));
  raw.member = "moc_chau";
  EXPECT_THAT(Verdict(raw), HasSubstr("UNKNOWN_MEMBER"));
}

}  // namespace
}  // namespace iocd::domain

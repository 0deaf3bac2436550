#include "config/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "config/config_files.h"

namespace iocd::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCatalogue[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
  - {code: xa, name_vi: Xã, name_en: Commune, kind: xa, counts: false}
member_sets:
  - code: areas
    members:
      - {code: moc_chau, name_vi: Mộc Châu, name_en: Moc Chau}
indicators:
  - {code: received, name_vi: Hồ sơ, name_en: Dossiers, kind: flow, unit: dossier, direction: none,
     cadence: realtime, reporters: [so, xa]}
  - {code: users, name_vi: Người dùng, name_en: Users, kind: coverage, unit: percent,
     direction: higher, cadence: monthly, owner: stttt, members: areas}
targets:
  - {indicator: users, operator: '>=', value: 60%, deadline: 2030, document: QĐ 1,
     document_date: 2024-05-04, baseline: {value: 40%, date: 2023}}
)";

class ChangesTest : public ConfigFiles {
 protected:
  /// What is said when the texts on the left stand in the place of those on the right.
  std::vector<std::string> Changes(
      const std::vector<std::pair<absl::string_view, absl::string_view>>& edits) {
    return CatalogueChanges(Good(kCatalogue).catalogue.data(),
                            Good(absl::StrReplaceAll(kCatalogue, edits)).catalogue.data());
  }
  /// One edit, one sentence.
  void ExpectChange(absl::string_view before, absl::string_view after,
                    const std::string& sentence) {
    EXPECT_THAT(Changes({{before, after}}), ElementsAre(sentence));
  }
};

TEST_F(ChangesTest, WhatSaysTheSameIsNoChange) {
  EXPECT_THAT(Changes({}), IsEmpty());
  EXPECT_THAT(Changes({{"value: 60%", "value: 60.0%"}, {"cadence: monthly", "cadence:  monthly"}}),
              IsEmpty());
  // In another order, and with other indices behind the references.
  EXPECT_THAT(
      Changes(
          {{"  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}\n", ""},
           {"counts: false}\n",
            "counts: false}\n  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}\n"}}),
      IsEmpty());
}

TEST_F(ChangesTest, AnotherKindIsANewSeries) {
  ExpectChange("kind: flow", "kind: duration",
               "indicator 'received': kind is duration, was flow: a new series; the one of before "
               "stays, no longer shown, and goes on if the kind is changed back");
}

TEST_F(ChangesTest, WhatIsNewAndWhatIsGoneIsNamed) {
  constexpr absl::string_view kMore =
      "  - {code: more, name_vi: N, name_en: N, kind: flow, unit: x, direction: none, "
      "cadence: daily, owner: xa}\ntargets:";
  ExpectChange("targets:", kMore, "indicator 'more' is new");
  EXPECT_THAT(Changes({{"{code: moc_chau, name_vi: Mộc Châu", "{code: yen_chau, name_vi: Mộc Châu"},
                       {"code: xa, name_vi", "code: phuong, name_vi"}}),
              ElementsAre("department 'phuong' is new",
                          "department 'xa' is gone; what it had stays, no longer shown",
                          "member 'yen_chau' of 'areas' is new",
                          "member 'moc_chau' of 'areas' is gone; what it had stays, no longer "
                          "shown"));
}

TEST_F(ChangesTest, ChangedFieldsAreNamedAsInTheFiles) {
  ExpectChange("name_en: Here", "name_en: There", "territory: name_en is 'There', was 'Here'");
  ExpectChange("counts: false", "counts: true", "department 'xa': counts is true, was false");
  ExpectChange("reporters: [so, xa]", "reporters: all",
               "indicator 'received': reporters is all, was [so, xa]");
  ExpectChange("reporters: [so, xa]", "reporters: [so, xa], maximum: 1000",
               "indicator 'received': maximum is 1000, was none");
  ExpectChange(", members: areas", "",
               "indicator 'users': members is none, was 'areas'; what it had stays, no longer "
               "shown");
  ExpectChange("unit: dossier", "unit: case",
               "indicator 'received': unit is 'case', was 'dossier': values of before stay as they "
               "are, and are read in the new unit");
}

TEST_F(ChangesTest, TargetsAreNamedByWhatTheyAskAndWhere) {
  const std::string target =
      "target of 'province' for 'users', deadline 2030, of 'QĐ 1' (2024-05-04)";
  ExpectChange("value: 60%", "value: 65.25%", target + ": value is >= 65.25%, was >= 60%");
  ExpectChange("value: 40%, date: 2023", "value: 41%, date: 2023",
               target + ": baseline is 41% at 2024-01-01, was 40% at 2024-01-01");
  EXPECT_THAT(Changes({{"deadline: 2030", "deadline: 2031"}}),
              ElementsAre("target of 'province' for 'users', deadline 2031, of 'QĐ 1' "
                          "(2024-05-04) is new",
                          target + " is gone"));
}

TEST_F(ChangesTest, NumbersThatDifferReadDifferently) {
  EXPECT_THAT(Changes({{"value: 60%", "value: 60.0000001%"}}),
              ElementsAre(::testing::HasSubstr("value is >= 0.600000001, was >= 60%")));
}

TEST(SettingsChangesTest, SayWhichTakeEffectAtOnceAndWhichWaitForTheNextStart) {
  const Settings before;
  EXPECT_THAT(SettingsChanges(before, before), IsEmpty());
  EXPECT_THAT(ChangesAtNextStart(before, before), IsEmpty());
  Settings after;
  after.log_retention = Duration::Days(7);
  after.snapshot_every = Duration::Seconds(90);
  after.grpc_listen = "127.0.0.1:1";
  after.log_segment_bytes = 1 << 19;
  EXPECT_THAT(
      SettingsChanges(before, after),
      ElementsAre("log.retention_days is 7, was 35", "snapshots.every_minutes is 1.5, was 15"));
  EXPECT_THAT(ChangesAtNextStart(before, after),
              ElementsAre("grpc.listen is 127.0.0.1:1, was 127.0.0.1:7443: takes effect at the "
                          "next start",
                          "log.segment_mib is 0.5, was 256: takes effect at the next start"));
}

}  // namespace
}  // namespace iocd::config

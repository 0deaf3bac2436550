#include "config/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config_files.h"

namespace iocd::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kCatalogue[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
  - {code: xa, name_vi: Xã, name_en: Commune, kind: xa, counts: false}
member_sets:
  - code: areas
    members:
      - {code: moc_chau, name_vi: Mộc Châu, name_en: Moc Chau}
indicators:
  - code: received
    name_vi: Hồ sơ
    name_en: Dossiers
    kind: flow
    unit: dossier
    direction: none
    cadence: realtime
    reporters: [so, xa]
  - code: users
    name_vi: Người dùng
    name_en: Users
    kind: coverage
    unit: percent
    direction: higher
    cadence: monthly
    owner: stttt
    members: areas
)";

TEST_F(ConfigFiles, LoadsTheCatalogueWithItsReferencesResolved) {
  const Configuration configuration = Good(kCatalogue);
  const domain::CatalogueData& data = configuration.catalogue.data();
  EXPECT_EQ(data.territory, "here");
  EXPECT_EQ(data.name_vi, "Đây");
  ASSERT_THAT(data.departments, SizeIs(2));
  EXPECT_TRUE(data.departments[0].counts);
  EXPECT_FALSE(data.departments[1].counts);
  ASSERT_THAT(data.indicators, SizeIs(2));
  EXPECT_EQ(data.indicators[0].reporters, domain::Reporters::kKinds);
  EXPECT_THAT(data.indicators[0].reporter_kinds, ElementsAre("so", "xa"));
  EXPECT_EQ(data.indicators[1].reporters, domain::Reporters::kOwner);
  EXPECT_EQ(data.indicators[1].owner, 0u);
  EXPECT_EQ(data.indicators[1].member_set, 0u);
}

TEST_F(ConfigFiles, TakesTheDefaultsOfTheContractForWhatIsNotWritten) {
  const Settings settings = Good(kCatalogue).settings;
  EXPECT_EQ(settings.grpc_listen, "127.0.0.1:7443");
  EXPECT_EQ(settings.http_listen, "127.0.0.1:7480");
  EXPECT_EQ(settings.data_dir, "./var");
  EXPECT_THAT(settings.catalogue_files, ElementsAre(directory_.File("cat.yaml")));
  EXPECT_EQ(settings.log_segment_bytes, std::uint64_t{256} << 20);
  EXPECT_EQ(settings.log_retention, Duration::Days(35));
  EXPECT_EQ(settings.log_max_bytes, std::uint64_t{100} << 30);
  EXPECT_EQ(settings.snapshot_every_bytes, std::uint64_t{1} << 30);
  EXPECT_EQ(settings.snapshot_every, Duration::Seconds(900));
}

TEST_F(ConfigFiles, ReadsSettings) {
  Write("cat.yaml", kCatalogue);
  const auto loaded =
      Load(Write("iocd.yaml",
                 "grpc: {listen: 0.0.0.0:1}\nhttp:\n  listen: \"[::1]:0\"\ndata_dir: /data\n"
                 "catalogue: [./cat.yaml]\n"));
  ASSERT_TRUE(std::holds_alternative<Configuration>(loaded));
  const Settings& settings = std::get<Configuration>(loaded).settings;
  EXPECT_EQ(settings.grpc_listen, "0.0.0.0:1");
  EXPECT_EQ(settings.http_listen, "[::1]:0");
  EXPECT_EQ(settings.data_dir, "/data");
}

TEST_F(ConfigFiles, ReadsSizesAndTimesOfLogAndSnapshotsAlsoInParts) {
  Write("cat.yaml", kCatalogue);
  const auto loaded =
      Load(Write("iocd.yaml",
                 "log: {segment_mib: 0.25, retention_days: 0, max_gib: 0.5}\n"
                 "snapshots: {every_mib: 64, every_minutes: 0.5}\ncatalogue: [cat.yaml]\n"));
  ASSERT_TRUE(std::holds_alternative<Configuration>(loaded));
  const Settings& settings = std::get<Configuration>(loaded).settings;
  EXPECT_EQ(settings.log_segment_bytes, 256U * 1024);
  EXPECT_EQ(settings.log_retention, Duration{});
  EXPECT_EQ(settings.log_max_bytes, std::uint64_t{512} << 20);
  EXPECT_EQ(settings.snapshot_every_bytes, std::uint64_t{64} << 20);
  EXPECT_EQ(settings.snapshot_every, Duration::Seconds(30));
}

TEST_F(ConfigFiles, MergesTheContentsOfAllCatalogueFiles) {
  Write("more.yaml", "departments:\n  - {code: snv, name_vi: S, name_en: H, kind: so}\n");
  Write("cat.yaml", kCatalogue);
  const auto loaded = Load(Write("iocd.yaml", "catalogue: [cat.yaml, more.yaml]\n"));
  ASSERT_TRUE(std::holds_alternative<Configuration>(loaded));
  EXPECT_NE(std::get<Configuration>(loaded).catalogue.FindDepartment("snv"), nullptr);
}

TEST_F(ConfigFiles, PathsOfTlsAreRelativeToTheFile) {
  Write("cat.yaml", kCatalogue);
  const auto loaded = Load(Write("iocd.yaml",
                                 "tls: {certificate: tls/server.crt, key: /etc/iocd/server.key}\n"
                                 "catalogue: [cat.yaml]\n"));
  const Settings& settings = std::get<Configuration>(loaded).settings;
  ASSERT_TRUE(settings.tls.has_value());
  EXPECT_EQ(settings.tls->certificate, directory_.File("tls/server.crt"));
  EXPECT_EQ(settings.tls->key, "/etc/iocd/server.key");
  EXPECT_EQ(settings.tls->client_ca, "");
}

TEST_F(ConfigFiles, WithoutTlsNothingIsSetForIt) {
  EXPECT_FALSE(Good(kCatalogue).settings.tls.has_value());
}

TEST_F(ConfigFiles, TlsNeedsACertificateAndItsKey) {
  EXPECT_THAT(
      MistakesOf(kCatalogue, "tls: {certificate: a, client_cas: b}\ncatalogue: [cat.yaml]\n"),
      ElementsAre(AllOf(StartsWith("iocd.yaml:1:"), HasSubstr("'key'")),
                  AllOf(StartsWith("iocd.yaml:1:"), HasSubstr("client_ca"))));
}

// --- The main file ---

TEST_F(ConfigFiles, SaysWhichFileCannotBeRead) {
  const auto loaded = Load(directory_.File("none.yaml"));
  ASSERT_TRUE(std::holds_alternative<std::vector<Mistake>>(loaded));
  EXPECT_THAT(std::get<std::vector<Mistake>>(loaded)[0].ToText(),
              AllOf(HasSubstr("none.yaml: cannot read"), HasSubstr("No such file")));
  EXPECT_THAT(MistakesOf(kCatalogue, "catalogue:\n  - cat.yaml\n  - gone.yaml\n"),
              ElementsAre(AllOf(StartsWith("iocd.yaml:3:5: "), HasSubstr("'gone.yaml'"))));
  EXPECT_THAT(MistakesOf(kCatalogue, "catalogue: [.]\n"),
              ElementsAre(HasSubstr("it is a directory")));
}

TEST_F(ConfigFiles, RefusesEmptyFiles) {
  EXPECT_THAT(MistakesOf(kCatalogue, ""), ElementsAre("iocd.yaml: the file is empty"));
  EXPECT_THAT(MistakesOf("# only a comment\n"), ElementsAre("cat.yaml: the file is empty"));
}

TEST_F(ConfigFiles, SaysWhereTheSyntaxBreaks) {
  EXPECT_THAT(MistakesOf("territory: {code: here\ndepartments: [\n"),
              ElementsAre(AllOf(StartsWith("cat.yaml:"), HasSubstr("this is no YAML"))));
  EXPECT_THAT(MistakesOf("a: 1\n---\nb: 2\n"),
              ::testing::Contains(AllOf(StartsWith("cat.yaml:3"), HasSubstr("second document"))));
}

TEST_F(ConfigFiles, ExplainsAnOperatorWithoutQuotes) {
  EXPECT_THAT(MistakesOf("targets:\n  - operator: >=\n    value: 5\n"),
              ElementsAre(AllOf(StartsWith("cat.yaml:2:16: "), HasSubstr("in quotes: \">=\""))));
}

TEST_F(ConfigFiles, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(MistakesOf("territory:\n  name_vi: S\xECn La\n"),
              ElementsAre(AllOf(StartsWith("cat.yaml:2:1: "), HasSubstr("UTF-8"))));
}

TEST_F(ConfigFiles, RefusesUnknownKeysAndNamesTheNearest) {
  EXPECT_THAT(MistakesOf(kCatalogue, "grcp: {listen: a:1}\ncatalogue: [cat.yaml]\n"),
              ElementsAre("iocd.yaml:1:1: unknown key 'grcp' in the configuration; did you mean "
                          "'grpc'?; allowed: grpc, http, tls, data_dir, log, snapshots, limits, "
                          "access, catalogue"));
}

TEST_F(ConfigFiles, RefusesWhatIsNoAddress) {
  for (const char* bad :
       {"localhost", ":7443", "host:", "host:70000", "host:x", "host:-1", "::1:7443"}) {
    EXPECT_THAT(MistakesOf(kCatalogue,
                           absl::StrCat("grpc: {listen: '", bad, "'}\ncatalogue: [cat.yaml]\n")),
                ElementsAre(HasSubstr("HOST:PORT")))
        << bad;
  }
}

TEST_F(ConfigFiles, RefusesWrongTypesAndEmptyValues) {
  EXPECT_THAT(MistakesOf(kCatalogue, "- a list\n"), ElementsAre(HasSubstr("must be a map")));
  EXPECT_THAT(MistakesOf(kCatalogue, "data_dir:\ncatalogue: cat.yaml\n"),
              ElementsAre("iocd.yaml:1:1: 'data_dir' has no value",
                          "iocd.yaml:2:12: 'catalogue' must be a list"));
  EXPECT_THAT(MistakesOf(kCatalogue, "data_dir: [a]\ncatalogue: []\n"),
              ElementsAre(HasSubstr("is a list; one value"), HasSubstr("names no file")));
  EXPECT_THAT(MistakesOf(kCatalogue, "data_dir: x\n"),
              ElementsAre(HasSubstr("lacks the key 'catalogue'")));
}

TEST_F(ConfigFiles, RefusesSizesAndTimesThatCannotBe) {
  EXPECT_THAT(
      MistakesOf(kCatalogue,
                 "log:\n  segment_mib: 0\n  retention_days: -1\n  max_gib: 5 GiB\n"
                 "snapshots: {every_mib: .nan, every_minutes: 1e9}\ncatalogue: [cat.yaml]\n"),
      ElementsAre(
          "iocd.yaml:2:16: 'segment_mib' is '0'; a number from 0.0625 to 4096 is allowed",
          StartsWith("iocd.yaml:3:19: 'retention_days' is '-1'; a number from 0 to 36500"),
          StartsWith("iocd.yaml:4:12: 'max_gib' is '5 GiB'; a number from 0.001 to 100000 is"),
          StartsWith("iocd.yaml:5:24: 'every_mib' is '.nan'"),
          StartsWith("iocd.yaml:5:45: 'every_minutes' is '1e9'")));
  EXPECT_THAT(MistakesOf(kCatalogue, "log: {segments: 4}\ncatalogue: [cat.yaml]\n"),
              ElementsAre(HasSubstr("unknown key 'segments' in 'log'")));
  EXPECT_THAT(MistakesOf(kCatalogue, "snapshots: 5\ncatalogue: [cat.yaml]\n"),
              ElementsAre(HasSubstr("'snapshots' must be a map")));
}

TEST_F(ConfigFiles, RefusesAFileThatIsNamedTwiceAndAKeyThatStandsTwice) {
  EXPECT_THAT(MistakesOf(kCatalogue, "catalogue: [cat.yaml, ./cat.yaml]\n"),
              ElementsAre(AllOf(StartsWith("iocd.yaml:1:23: "), HasSubstr("named twice"))));
  EXPECT_THAT(MistakesOf(kCatalogue, "data_dir: a\ndata_dir: b\ncatalogue: [cat.yaml]\n"),
              ElementsAre("iocd.yaml:2:1: key 'data_dir' stands twice in the configuration"));
}

// --- Robustness ---

TEST_F(ConfigFiles, SurvivesAFileThatEndsAnywhere) {
  const std::string whole(kCatalogue);
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    MistakesOf(whole.substr(0, size));  // must return, whatever it finds
  }
  EXPECT_THAT(MistakesOf(whole), IsEmpty());
}

TEST_F(ConfigFiles, RefusesDeepNestingInsteadOfOverflowing) {
  EXPECT_THAT(MistakesOf("departments: " + std::string(20'000, '[')), SizeIs(1));
}

TEST_F(ConfigFiles, ReportsAllMistakesAtOnceInTheOrderOfFilesAndLines) {
  Write("second.yaml", "targets:\n  - {indicator: usres}\n");
  EXPECT_THAT(
      MistakesOf("departments:\n  - {code: A, name_vi: a, name_en: a, kind: k}\n  - {code: b}\n",
                 "http: {listen: 1}\ncatalogue: [cat.yaml, second.yaml]\n"),
      ElementsAre(StartsWith("iocd.yaml: no catalogue file gives the territory"),
                  StartsWith("iocd.yaml:1:16: "), StartsWith("cat.yaml:2:12: 'A' is no code"),
                  StartsWith("cat.yaml:3:5: a department lacks the key 'name_vi'"),
                  StartsWith("cat.yaml:3:5: a department lacks the key 'name_en'"),
                  StartsWith("cat.yaml:3:5: a department lacks the key 'kind'"),
                  StartsWith("second.yaml:2:5: a target lacks the key 'operator'"),
                  StartsWith("second.yaml:2:5: a target lacks the key 'value'"),
                  StartsWith("second.yaml:2:5: a target lacks the key 'deadline'"),
                  StartsWith("second.yaml:2:5: a target lacks the key 'document'"),
                  StartsWith("second.yaml:2:5: a target lacks the key 'document_date'")));
}

}  // namespace
}  // namespace iocd::config

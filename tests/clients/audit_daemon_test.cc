// The audit log of a real daemon: what is in it, that SIGKILL leaves it whole, and that iocctl
// finds what somebody changed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/parsed_json.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"
#include "support/daemon_process.h"
#include "support/program.h"
#include "support/temporary_directory.h"

namespace iocctl {
namespace {

using iocd::testing::DaemonProcess;
using iocd::testing::ProgramResult;
using iocd::testing::RunProgram;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditDaemonTest : public ::testing::Test {
 protected:
  AuditDaemonTest() : data_dir_(directory_.File("data")) {
    daemon_ = std::make_unique<DaemonProcess>(DaemonProcess::Options{.program = IOCD_PROGRAM,
                                                                     .config = "config/iocd.yaml",
                                                                     .data_dir = data_dir_,
                                                                     .host = "127.0.0.2"});
  }

  ProgramResult Push(const std::string& producer, int sequence,
                     const std::string& department = "stp") {
    return RunProgram({IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "push", "--department",
                       department, "--producer", producer, "--sequence", absl::StrCat(sequence),
                       "--indicator", "dossiers_received", "--value", absl::StrCat(sequence)});
  }
  ProgramResult Audit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {IOCCTL_PROGRAM, "audit"});
    arguments.insert(arguments.end(), {"--data-dir", data_dir_});
    return RunProgram(arguments);
  }
  /// Entries, as far as they are on the disk.
  std::vector<google::protobuf::Struct> Entries(std::vector<std::string> filters = {}) {
    filters.insert(filters.begin(), {"show", "--json"});
    const auto shown = Audit(filters);
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    std::vector<google::protobuf::Struct> entries;
    const auto object = ParseJson(shown.out);
    for (const auto& value : object.fields().at("entries").list_value().values()) {
      entries.push_back(value.struct_value());
    }
    return entries;
  }
  std::vector<std::string> Actions(std::vector<std::string> filters = {}) {
    std::vector<std::string> actions;
    for (const auto& entry : Entries(std::move(filters))) {
      actions.push_back(entry.fields().at("action").string_value());
    }
    return actions;
  }
  std::string Head() {
    return ParseJson(Audit({"verify", "--json"}).out).fields().at("head").string_value();
  }

  std::string File() const { return data_dir_ + "/audit/00000001.jsonl"; }
  std::string Contents() const {
    std::ifstream file(File(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void SetContents(const std::string& contents) const {
    std::ofstream(File(), std::ios::binary | std::ios::trunc) << contents;
  }

  const iocd::testing::TemporaryDirectory directory_;
  const std::string data_dir_;
  std::unique_ptr<DaemonProcess> daemon_;
};

TEST_F(AuditDaemonTest, HoldsWhatHappenedInItsOrder) {
  EXPECT_EQ(Push("mot-cua", 1).exit_code, 0);
  EXPECT_EQ(Push("mot-cua", 2).exit_code, 0);
  EXPECT_NE(Push("mot-cua", 3, "nowhere").exit_code, 0);
  RunProgram({IOCCTL_PROGRAM, "--target", daemon_->grpc_address(), "clock", "confirm"});
  EXPECT_EQ(daemon_->Stop(), 0);
  EXPECT_THAT(Actions(),
              ElementsAre("start", "first_push", "push_refused", "clock_confirm", "stop"));
  EXPECT_THAT(Actions({"--refused"}), ElementsAre("push_refused"));
  EXPECT_THAT(Actions({"--action", "stop"}), ElementsAre("stop"));
  EXPECT_THAT(Actions({"--who", ""}).size(), 5u);
  EXPECT_EQ(Entries()[1].fields().at("from").string_value(), "127.0.0.1");

  const auto shown = Audit({"show"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out, AllOf(HasSubstr("+07:00  (open)"), HasSubstr("first_push"),
                               HasSubstr("Push; department stp; producer mot-cua"),
                               HasSubstr("INVALID_ARGUMENT: department 'nowhere' is not in")));
  EXPECT_THAT(Audit({"show", "--until", "2024-01-01"}).err, HasSubstr("no entry matches"));

  const auto verified = Audit({"verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("sound: 1 file of "));
  EXPECT_THAT(verified.out, HasSubstr("5 entries; the last is entry 5 with the hash "));
}

TEST_F(AuditDaemonTest, IsNotSoundOnceItWasEmptied) {
  const std::string head = Head();
  EXPECT_EQ(daemon_->Stop(), 0);
  for (const auto& file : std::filesystem::directory_iterator(data_dir_ + "/audit")) {
    std::filesystem::remove(file.path());
  }
  const auto verified = Audit({"verify"});
  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.out, HasSubstr("empty, although each start of a daemon writes an entry"));
  daemon_->Start();
  const auto anew = Audit({"verify", "--head", head});
  EXPECT_EQ(anew.exit_code, 1);
  EXPECT_THAT(anew.out, AllOf(HasSubstr("not all is there"), HasSubstr("no entry has the hash")));
}

TEST_F(AuditDaemonTest, IsWholeAfterEachSigkillAndKeepsWhatWasOnTheDisk) {
  std::string head;
  for (int round = 0; round < 6; ++round) {
    EXPECT_EQ(Push(absl::StrCat("producer-", round), 1).exit_code, 0);
    const auto before = Actions();  // beside the daemon
    head = Head();
    std::thread pushing([&] {
      for (int i = 0; i < 6; ++i) Push(absl::StrCat("producer-", round, "-", i), 1);
    });
    daemon_->KillAfter(static_cast<std::uint64_t>(2 + 3 * round));
    pushing.join();
    const auto after = Actions();
    ASSERT_GE(after.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
    EXPECT_EQ(Audit({"verify", "--head", head}).exit_code, 0);
    daemon_->StartAndKill(0.15 * round);
    daemon_->Start();
  }
  EXPECT_EQ(daemon_->Stop(), 0);
  const auto verified = Audit({"verify", "--head", head});
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
}

TEST_F(AuditDaemonTest, ShowsWhatSomebodyChangedAndTheDaemonGoesOn) {
  EXPECT_EQ(Push("mot-cua", 1).exit_code, 0);
  EXPECT_EQ(daemon_->Stop(), 0);
  const std::string sound = Contents();
  std::string changed = sound;
  changed.replace(changed.find("mot-cua"), 7, "moc-tua");
  SetContents(changed);

  const auto verified = Audit({"verify"});
  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.out, AllOf(HasSubstr(File() + ", line 2: entry 2 is not what was written"),
                                  HasSubstr("1 broken place: ")));
  const auto json = ParseJson(Audit({"verify", "--json"}).out).fields();
  EXPECT_FALSE(json.at("sound").bool_value());
  EXPECT_EQ(
      json.at("breaks").list_value().values(0).struct_value().fields().at("line").number_value(),
      2);
  const auto shown = Audit({"show"});
  EXPECT_EQ(shown.exit_code, 1);
  EXPECT_THAT(shown.err, HasSubstr("line 2: entry 2 is not what was written"));

  daemon_->Start();
  EXPECT_EQ(Push("mot-cua", 2).exit_code, 0);
  EXPECT_EQ(daemon_->Stop(), 0);
  EXPECT_THAT(Contents(), HasSubstr("\"action\":\"chain_broken\",\"outcome\":\"failed\""));
  EXPECT_THAT(Audit({"verify"}).out, HasSubstr("1 broken place: "));
}

TEST_F(AuditDaemonTest, ShowsACutEndToWhoeverKeptTheHead) {
  EXPECT_EQ(Push("mot-cua", 1).exit_code, 0);
  EXPECT_EQ(daemon_->Stop(), 0);
  const std::string head = Head();
  const auto held = Audit({"verify", "--head", head});
  EXPECT_EQ(held.exit_code, 0);
  EXPECT_THAT(held.out, HasSubstr("has the hash that was asked for; 0 entries came after it"));

  const std::string whole = Contents();
  SetContents(whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1));
  EXPECT_EQ(Audit({"verify"}).exit_code, 0) << "the chain itself holds";
  const auto cut = Audit({"verify", "--head", head});
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_THAT(cut.out, HasSubstr("the end of the log was cut, or the log was written anew"));

  SetContents(whole.substr(0, whole.size() - 10));
  const auto torn = Audit({"verify"});
  EXPECT_EQ(torn.exit_code, 0);
  EXPECT_THAT(torn.out, HasSubstr("an unfinished entry; the next start cuts them"));
  daemon_->Start();
  EXPECT_EQ(daemon_->Stop(), 0);
  EXPECT_THAT(Actions(), ElementsAre("start", "first_push", "tail_cut", "start", "stop"));
}

TEST_F(AuditDaemonTest, SaysWhatIsWrongWithAFlagOrADirectory) {
  const auto head = Audit({"verify", "--head", "12ab"});
  EXPECT_EQ(head.exit_code, 2);
  EXPECT_THAT(head.err, HasSubstr("'12ab' is no hash: it has 64 hex digits"));
  const auto action = Audit({"show", "--action", "relod"});
  EXPECT_EQ(action.exit_code, 2);
  EXPECT_THAT(action.err, HasSubstr("did you mean 'reload'"));
  const auto nowhere = RunProgram({IOCCTL_PROGRAM, "audit", "verify", "--data-dir", "/no/such"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("/no/such is no directory"));
  const auto none =
      RunProgram({IOCCTL_PROGRAM, "audit", "show", "--data-dir", directory_.path(), "--json"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("holds no audit log"));
  EXPECT_THAT(none.out, Not(HasSubstr("entries")));
}

}  // namespace
}  // namespace iocctl

#include "iocctl/backup_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "iocctl/bytes_text.h"

namespace iocctl {
namespace {

using ::testing::HasSubstr;

ioc::v1::BackupManifest Manifest() {
  ioc::v1::BackupManifest manifest;
  manifest.set_iocd_version("1.2.3");
  manifest.set_daemon("127.0.0.1:7443");
  manifest.set_territory("son_la");
  manifest.mutable_made_at()->set_seconds(1'795'657'267);
  manifest.mutable_newest_arrival()->set_seconds(1'795'657'260);
  manifest.set_batches(12);
  manifest.set_events(345);
  manifest.set_position(6'789);
  manifest.set_state_digest("00ff");
  manifest.add_files()->set_bytes(1'536);
  manifest.mutable_files(0)->set_name("log/00000000000000000000.log");
  return manifest;
}

TEST(BackupViewTest, SaysWhatWasBackedUp) {
  const std::string text = BackupText("/b/today", Manifest());
  EXPECT_THAT(text, HasSubstr("Backed up and verified: /b/today\n"));
  EXPECT_THAT(text, HasSubstr("son_la at 127.0.0.1:7443, iocd 1.2.3\n"));
  EXPECT_THAT(text, HasSubstr("1, 1.5 KiB\n"));
  EXPECT_THAT(text, HasSubstr("12 batches, 345 events in the log\n"));
}

TEST(BackupViewTest, SaysWhatWasRestoredAndWhatIsLeftToDo) {
  const std::string text = RestoreText("/b/today", "/var/lib/iocd", Manifest());
  EXPECT_THAT(text,
              HasSubstr("Restored and verified: 12 batches, 345 events in the log, equal to the "
                        "backup\n"));
  EXPECT_THAT(text, HasSubstr("  Newest    arrived 2026-11-26 "));
  EXPECT_THAT(text, HasSubstr("--data-dir /var/lib/iocd\n"));
  EXPECT_THAT(text, HasSubstr("iocctl spool status"));
}

TEST(BackupViewTest, SaysThatTheLogDoesNotReachBackToTheFirstBatch) {
  ioc::v1::BackupManifest manifest = Manifest();
  const std::string words = "Older     than the log: in the snapshots alone\n";
  EXPECT_EQ(BackupText("/b", manifest).find(words), std::string::npos);
  manifest.mutable_files(0)->set_name("log/00000000000000004096.log");
  EXPECT_THAT(BackupText("/b", manifest), HasSubstr(words));
  EXPECT_THAT(RestoreText("/b", "/d", manifest), HasSubstr(words));
}

TEST(BackupViewTest, SaysThatTheLedgerIsMissing) {
  ioc::v1::BackupManifest manifest = Manifest();
  const std::string words = "Ledger    not in it";
  EXPECT_THAT(BackupText("/b", manifest), HasSubstr(words));
  manifest.add_files()->set_name("ledger.sqlite");
  EXPECT_EQ(BackupText("/b", manifest).find(words), std::string::npos);
}

TEST(BackupViewTest, IsOneObjectForScripts) {
  const std::string json = BackupJson("directory", "/b/today", Manifest());
  EXPECT_THAT(json, HasSubstr(R"("directory":"/b/today")"));
  EXPECT_THAT(json, HasSubstr(R"("batches":12)"));
  EXPECT_THAT(json, HasSubstr(R"("files":1)"));
  EXPECT_THAT(json, HasSubstr(R"("bytes":1536)"));
  EXPECT_EQ(json.find('\n'), std::string::npos);
}

TEST(BytesTextTest, IsShort) {
  EXPECT_EQ(BytesText(0), "0 bytes");
  EXPECT_EQ(BytesText(1'023), "1023 bytes");
  EXPECT_EQ(BytesText(1'536), "1.5 KiB");
  EXPECT_EQ(BytesText(std::uint64_t{5} << 30), "5.0 GiB");
  EXPECT_EQ(BytesText(std::uint64_t{5'000} << 40), "5000.0 TiB");
}

}  // namespace
}  // namespace iocctl

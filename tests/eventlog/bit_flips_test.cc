// Whatever bit of a log turns over: it is told, or it stood where nothing counts; and no record is
// ever visited that differs from what was written.

#include <algorithm>
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

constexpr int kFlips = 4'000;

class BitFlipsTest : public LogFixture {
 protected:
  /// A log of several segments, the first two of them abandoned. Ends with records or a mark.
  void WriteLog(bool marked) {
    disk_ = iocd::testing::MemoryFileSystem();
    written_.clear();
    segment_bytes_ = 400;
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < 30; ++i) {
      const std::vector<std::string> codes = {absl::StrCat("code ", i), absl::StrCat("and ", i)};
      if (i == 3 || i == 7) {
        i == 3 ? disk_.FailSync(1) : disk_.FailWrite(1);
        EXPECT_FALSE(Append({"unknown"}).ok());
      }
      ASSERT_TRUE(Append(codes).ok());
      written_.insert(written_.end(), codes.begin(), codes.end());
    }
    if (marked) {
      ASSERT_TRUE(log_->AppendMark().ok());
    }
    for (const std::string& path : disk_.Paths()) {
      files_[path] = disk_.Contents(path);
      paths_.push_back(path);
    }
    ASSERT_GT(paths_.size(), 4u);
  }

  /// Whether the byte stands behind what the next segment says to be the end of this one.
  bool IsAbandoned(std::size_t file, std::size_t offset) const {
    return file + 1 < paths_.size() && *ParseSegmentName(paths_[file].substr(5)) + offset >=
                                           *ParseSegmentName(paths_[file + 1].substr(5));
  }

  /// Flips bits one at a time; how often a torn tail was told.
  int FlipAndOpen(int flips) {
    std::mt19937 random(20261122);
    int torn = 0;
    for (int i = 0; i < flips; ++i) {
      const std::size_t file = random() % paths_.size();
      std::string bytes = files_[paths_[file]];
      const std::size_t offset = random() % bytes.size();
      bytes[offset] = static_cast<char>(bytes[offset] ^ (1 << random() % 8));
      for (const auto& [path, sound] : files_) disk_.SetContents(path, sound);
      disk_.SetContents(paths_[file], bytes);
      SCOPED_TRACE(absl::StrCat(paths_[file], " at byte ", offset));
      torn += CheckOpen(IsAbandoned(file, offset));
    }
    return torn;
  }

  /// Whether the log opened with a torn tail.
  bool CheckOpen(bool harmless) {
    const absl::Status status = Open();
    EXPECT_LE(codes_.size(), written_.size());
    EXPECT_TRUE(std::equal(codes_.begin(), codes_.end(), written_.begin()));
    if (!status.ok()) {
      EXPECT_TRUE(absl::IsDataLoss(status)) << status;
      EXPECT_FALSE(harmless) << status;
      return false;
    }
    EXPECT_EQ(harmless, replayed_.torn_bytes == 0);
    EXPECT_TRUE(!harmless || codes_.size() == written_.size());
    return !harmless;
  }

  std::vector<std::string> written_;
  std::map<std::string, std::string> files_;
  std::vector<std::string> paths_;
};

TEST_F(BitFlipsTest, AreToldOrHitNothingThatCounts) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(/*marked=*/false));
  EXPECT_GT(FlipAndOpen(kFlips), 0);
}

TEST_F(BitFlipsTest, TakeNoRecordInSilenceFromALogThatEndsWithAMark) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(/*marked=*/true));
  FlipAndOpen(kFlips);
  for (const auto& [path, sound] : files_) disk_.SetContents(path, sound);
  FlipByte(files_[paths_.back()].size() - 1, paths_.back());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(codes_, written_) << "the damage is in the mark";
}

}  // namespace
}  // namespace iocd::eventlog
